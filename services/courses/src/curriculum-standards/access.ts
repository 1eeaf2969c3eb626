import { allFields, by, everyone, signedIn } from '@shixun/runtime';

/** Anybody reads the library; the province publishes what the nation issues. [CRS-20] */
export const curriculumAccess = {
  types: {
    CurriculumStandard: { fields: allFields(everyone) },
    CurriculumTopic: { fields: allFields(everyone) },
    CurriculumCoverage: { fields: allFields(everyone) },
    CoveredTopic: { fields: allFields(everyone) },
    ModuleTopic: { fields: allFields(everyone) },
    CurriculumStandardConnection: { fields: allFields(everyone) },
    CurriculumStandardEdge: { fields: allFields(everyone) },
    PublishCurriculumStandardPayload: { fields: allFields(signedIn) },
    ImportCurriculumStandardsPayload: { fields: allFields(signedIn) },
  },
  Query: { curriculumStandards: everyone },
  Mutation: {
    publishCurriculumStandard: by('ProvinceAdmin', 'any'),
    importCurriculumStandards: by('ProvinceAdmin', 'any'),
  },
};
