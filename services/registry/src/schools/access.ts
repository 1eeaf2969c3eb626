import {
  allFields,
  auditReaders,
  bureaus,
  defineAccess,
  everyone,
  signedIn,
} from '@shixun/runtime';
import type { SchoolRow } from './store.ts';

export const schoolAccess = defineAccess({
  types: {
    School: {
      scope: ({ _id, regionCode }: SchoolRow) => ({ schoolId: _id, regionCode }),
      fields: {
        id: everyone,
        code: everyone,
        name: everyone,
        kind: everyone,
        sector: everyone,
        region: everyone,
        rural: everyone,
        centralSchool: everyone,
        teachingPoints: everyone,
        state: everyone,
        successors: everyone,
        history: everyone,
        on: everyone,
        auditTrail: auditReaders,
      },
    },
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
