import {
  allFields,
  bureaus,
  by,
  defineAccess,
  everyone,
  type Row,
  signedIn,
} from '@shixun/runtime';
import type { EnrollmentRow } from './store.ts';

/** The teacher, the teacher's school, the bureaus above, the institution and the people of the class. */
export const parties: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
  by('InstitutionAdmin', 'institution'),
  by('ProjectLeader', 'institution'),
  by('ClassHead', 'institution'),
];

/** Where the teacher is now, for what was reached through the teacher: who may see the one may see the other. */
export type SeenThrough = {
  readonly seenIn?: { readonly schoolId: string; readonly regionCode: string };
};

/** Who sees what waits for a school's word. */
export const schoolReaders: Row = [by('SchoolAdmin', 'school'), ...bureaus];

/** Where an enrollment belongs. The owner's region: a bureau sees the enrollments of its own projects. */
export const enrollmentScope = (
  row: Pick<EnrollmentRow, 'teacherId' | 'schoolId' | 'ownerRegionCode' | 'institutionId'> &
    SeenThrough,
) => ({
  personId: row.teacherId,
  schoolId: row.seenIn?.schoolId ?? row.schoolId,
  regionCode: row.seenIn?.regionCode ?? row.ownerRegionCode,
  institutionId: row.institutionId,
});

export const enrollmentAccess = defineAccess({
  types: {
    Enrollment: { scope: enrollmentScope, fields: allFields(parties) },
    Teacher: {
      scope: (row: { id: string; schoolId?: string; regionCode?: string }) => ({
        personId: row.id,
        schoolId: row.schoolId,
        regionCode: row.regionCode,
      }),
      fields: {
        id: signedIn,
        enrollments: [
          by('Teacher', 'own'),
          by('SchoolAdmin', 'school'),
          ...bureaus,
          by('Auditor', 'region'),
        ],
      },
    },
    EnrollmentConnection: { fields: allFields(signedIn) },
    EnrollmentEdge: { fields: allFields(signedIn) },
    EnrollmentQueueTurn: { fields: allFields(everyone) },
    EnrollTeacherPayload: { fields: allFields(everyone) },
    WithdrawEnrollmentPayload: { fields: allFields(everyone) },
    AdjustPlacesPayload: { fields: allFields(everyone) },
    AnswerOfferPayload: { fields: allFields(everyone) },
    AnswerForSchoolPayload: { fields: allFields(everyone) },
  },
  Query: { enrollment: signedIn, schoolQuestions: schoolReaders },
  Mutation: {
    enrollTeacher: by('Teacher', 'own'),
    withdrawEnrollment: [by('Teacher', 'own'), ...bureaus],
    answerOffer: by('Teacher', 'own'),
    adjustPlaces: bureaus,
    answerForSchool: by('SchoolAdmin', 'school'),
  },
});
