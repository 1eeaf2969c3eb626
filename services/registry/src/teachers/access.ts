import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';
import type { TeacherRow } from './store.ts';

/** Who may list teachers, each within the own scope. */
export const teacherListReaders = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
  by('SchoolAdmin', 'school'),
];

/** The person, the own school, the bureaus above. */
const keepers: Row = [by('Teacher', 'own'), by('SchoolAdmin', 'school'), ...bureaus];

/**
 * Who works with teachers by name. The people of a project meet them by the ids of their own class lists, which
 * courses guards; the registry does not know who is in whose class.
 */
const colleagues: Row = [
  by('Teacher', 'own'),
  ...teacherListReaders,
  by('InstitutionAdmin', 'any'),
  by('ProjectLeader', 'any'),
  by('ClassHead', 'any'),
  by('Trainer', 'any'),
  by('WorkshopHost', 'any'),
];

/** Roles that need the number itself: the owner, and who enters and checks it. [REG-05] */
const numberReaders: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  by('CountyAdmin', 'region'),
];

export const teacherAccess = defineAccess({
  types: {
    Teacher: {
      scope: ({ _id, schoolId, regionCode }: TeacherRow) => ({
        personId: _id,
        schoolId,
        regionCode,
      }),
      fields: {
        id: signedIn,
        name: colleagues,
        identityNumberMasked: keepers,
        identityNumber: numberReaders,
        phoneMasked: keepers,
        phone: numberReaders,
        status: colleagues,
        sector: colleagues,
        stage: colleagues,
        subjects: colleagues,
        title: colleagues,
        careerStage: colleagues,
        rural: colleagues,
        minorityBilingual: colleagues,
        dualQualified: colleagues,
        principal: colleagues,
        graduatingClass: colleagues,
        school: colleagues,
        region: colleagues,
        postings: keepers,
      },
    },
    Posting: { fields: allFields(signedIn) },
    TeacherConnection: { fields: allFields(signedIn) },
    TeacherEdge: { fields: allFields(signedIn) },
    RegisterTeacherPayload: { fields: allFields(signedIn) },
    TransferTeacherPayload: { fields: allFields(signedIn) },
  },
  Query: { teacher: signedIn, me: by('Teacher', 'own'), teachers: teacherListReaders },
  Mutation: {
    registerTeacher: [by('SchoolAdmin', 'school'), ...bureaus],
    transferTeacher: bureaus,
  },
});
