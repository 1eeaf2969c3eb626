import {
  allFields,
  auditReaders,
  bureaus,
  by,
  defineAccess,
  type Row,
  signedIn,
} from '@shixun/runtime';
import { disclosureReaders } from '../personal-data/access.ts';
import type { ShownTeacher } from './readers.ts';

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

export const teacherAccess = defineAccess({
  types: {
    Teacher: {
      scope: ({ _id, ownId, schoolId, regionCode }: ShownTeacher) => ({
        personId: ownId ?? _id,
        schoolId,
        regionCode,
      }),
      fields: {
        id: signedIn,
        redirectedFrom: signedIn,
        name: colleagues,
        identityNumberMasked: keepers,
        phoneMasked: keepers,
        personalDataErasedAt: keepers,
        disclosures: disclosureReaders,
        corrections: keepers,
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
        employments: keepers,
        teachingAssignments: keepers,
        auditTrail: auditReaders,
      },
    },
    Posting: { fields: allFields(signedIn) },
    TeacherConnection: { fields: allFields(signedIn) },
    TeacherEdge: { fields: allFields(signedIn) },
    RegisterTeacherPayload: { fields: allFields(signedIn) },
    TransferTeacherPayload: { fields: allFields(signedIn) },
    EndServicePayload: { fields: allFields(signedIn) },
    ReturnTeacherPayload: { fields: allFields(signedIn) },
    StaffMember: { fields: allFields(signedIn) },
    StaffMemberConnection: { fields: allFields(signedIn) },
    StaffMemberEdge: { fields: allFields(signedIn) },
  },
  Query: {
    teacher: signedIn,
    me: by('Teacher', 'own'),
    teachers: teacherListReaders,
    schoolStaffOn: [by('SchoolAdmin', 'school'), ...bureaus],
  },
  Mutation: {
    registerTeacher: [by('SchoolAdmin', 'school'), ...bureaus],
    transferTeacher: bureaus,
    endService: [by('SchoolAdmin', 'school'), ...bureaus],
    returnTeacher: bureaus,
  },
});
