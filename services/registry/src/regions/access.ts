import { allFields, by, defineAccess, everyone } from '@shixun/runtime';

/** The official table is public. */
export const regionAccess = defineAccess({
  types: {
    Region: { fields: allFields(everyone) },
    RegionConnection: { fields: allFields(everyone) },
    RegionEdge: { fields: allFields(everyone) },
    RegionVersion: { fields: allFields(everyone) },
    RegionOn: { fields: allFields(everyone) },
    ChangeRegionsPayload: { fields: allFields(everyone) },
  },
  Query: { region: everyone, regionOn: everyone, regions: everyone },
  Mutation: { changeRegions: by('ProvinceAdmin', 'region') },
});
