import {
  allFields,
  bureaus,
  by,
  defineAccess,
  everyone,
  type Row,
  signedIn,
} from '@shixun/runtime';
import type { PracticeResultRow } from './store.ts';

/** Graded results are for every teacher; before, for the author and those who review. */
export const resultReaders: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
  by('ClassHead', 'institution'),
  ...bureaus,
  by('QualityMonitor', 'region'),
];

export const resourcesAccess = defineAccess({
  types: {
    // What the resolvers give is graded, or its reader is concerned.
    PracticeResult: { fields: allFields(signedIn) },
    PracticeResultConnection: { fields: allFields(signedIn) },
    PracticeResultEdge: { fields: allFields(signedIn) },
    ResourcePackage: { fields: allFields(signedIn) },
    ResourcePackageConnection: { fields: allFields(signedIn) },
    ResourcePackageEdge: { fields: allFields(signedIn) },
    SubmitResultPayload: { fields: allFields(everyone) },
    GradeResultPayload: { fields: allFields(everyone) },
    PublishResourcePackagePayload: { fields: allFields(everyone) },
  },
  Query: { practiceResults: signedIn, resourcePackages: signedIn },
  Mutation: {
    submitResult: by('Teacher', 'own'),
    gradeResult: [by('InstitutionAdmin', 'institution'), ...bureaus],
    publishResourcePackage: bureaus,
  },
});

export const resultScope = (row: PracticeResultRow) => ({
  personId: row.teacherId,
  schoolId: row.schoolId,
  institutionId: row.institutionId,
  regionCode: row.ownerRegionCode,
});
