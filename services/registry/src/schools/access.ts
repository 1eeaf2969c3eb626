import { allFields, bureaus, defineAccess, everyone, signedIn } from '@shixun/runtime';

export const schoolAccess = defineAccess({
  types: {
    School: { fields: allFields(everyone) },
    SchoolConnection: { fields: allFields(signedIn) },
    SchoolEdge: { fields: allFields(signedIn) },
    SchoolVersion: { fields: allFields(everyone) },
    RegisterSchoolPayload: { fields: allFields(signedIn) },
    RenameSchoolPayload: { fields: allFields(signedIn) },
    RelocateSchoolPayload: { fields: allFields(signedIn) },
    MergeSchoolsPayload: { fields: allFields(signedIn) },
    SplitSchoolPayload: { fields: allFields(signedIn) },
    CloseSchoolPayload: { fields: allFields(signedIn) },
  },
  Query: { school: everyone, schools: signedIn },
  Mutation: {
    registerSchool: bureaus,
    renameSchool: bureaus,
    relocateSchool: bureaus,
    mergeSchools: bureaus,
    splitSchool: bureaus,
    closeSchool: bureaus,
  },
});
