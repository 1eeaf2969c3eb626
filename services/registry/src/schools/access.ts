import { allFields, bureaus, defineAccess, everyone, signedIn } from '@shixun/runtime';

export const schoolAccess = defineAccess({
  types: {
    School: { fields: allFields(everyone) },
    SchoolConnection: { fields: allFields(signedIn) },
    SchoolEdge: { fields: allFields(signedIn) },
    RegisterSchoolPayload: { fields: allFields(signedIn) },
  },
  Query: { school: everyone, schools: signedIn },
  Mutation: { registerSchool: bureaus },
});
