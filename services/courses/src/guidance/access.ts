import { allFields, by, defineAccess, everyone, signedIn } from '@shixun/runtime';

/** The school sees its own teachers' gaps and may advise; what it advised is the teacher's to read. */
export const guidanceAccess = defineAccess({
  types: {
    TeacherGuidance: { fields: allFields(signedIn) },
    TeacherGuidanceConnection: { fields: allFields(signedIn) },
    TeacherGuidanceEdge: { fields: allFields(signedIn) },
    FittingItem: { fields: allFields(signedIn) },
    Fit: { fields: allFields(signedIn) },
    Advice: { fields: allFields(signedIn) },
    AdviceConnection: { fields: allFields(signedIn) },
    AdviceEdge: { fields: allFields(signedIn) },
    AdviseTeacherPayload: { fields: allFields(everyone) },
  },
  Query: { schoolGuidance: by('SchoolAdmin', 'school'), myAdvice: by('Teacher', 'any') },
  Mutation: { adviseTeacher: by('SchoolAdmin', 'school') },
});
