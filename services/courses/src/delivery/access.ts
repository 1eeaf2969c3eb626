import { allFields, by, defineAccess, everyone, type Row, signedIn } from '@shixun/runtime';

const classHead: Row = by('ClassHead', 'own');

/** Records of a class are the class head's; a trainee asks for leave and hands in homework. */
export const deliveryAccess = defineAccess({
  types: {
    // Reached only through an enrollment, whose own rows have let the caller in.
    Attendance: { fields: allFields(signedIn) },
    SessionAttendance: { fields: allFields(signedIn) },
    Leave: { fields: allFields(signedIn) },
    Homework: { fields: allFields(signedIn) },
    RecordAttendancePayload: { fields: allFields(everyone) },
    RequestLeavePayload: { fields: allFields(everyone) },
    DecideLeavePayload: { fields: allFields(everyone) },
    SubmitHomeworkPayload: { fields: allFields(everyone) },
    ReviewHomeworkPayload: { fields: allFields(everyone) },
    RecordCompletionAssessmentPayload: { fields: allFields(everyone) },
    EndForViolationPayload: { fields: allFields(everyone) },
  },
  Query: {},
  Mutation: {
    recordAttendance: classHead,
    requestLeave: by('Teacher', 'own'),
    decideLeave: classHead,
    submitHomework: by('Teacher', 'own'),
    reviewHomework: classHead,
    recordCompletionAssessment: classHead,
    endForViolation: classHead,
  },
});
