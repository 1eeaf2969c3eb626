import { allFields, defineAccess, everyone } from '@shixun/runtime';

/** The official table is public. */
export const regionAccess = defineAccess({
  types: {
    Region: { fields: allFields(everyone) },
    RegionConnection: { fields: allFields(everyone) },
    RegionEdge: { fields: allFields(everyone) },
  },
  Query: { region: everyone, regions: everyone },
  Mutation: {},
});
