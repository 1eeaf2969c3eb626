import { allFields, bureaus, by, defineAccess, signedIn } from '@shixun/runtime';

/** Who may list teaching assignments, each within the own scope. */
export const assignmentReaders = [...bureaus, by('SchoolAdmin', 'school')];

export const assignmentAccess = defineAccess({
  types: {
    TeachingAssignment: { fields: allFields(signedIn) },
    TeachingAssignmentConnection: { fields: allFields(signedIn) },
    TeachingAssignmentEdge: { fields: allFields(signedIn) },
    AssignTeachingPayload: { fields: allFields(signedIn) },
  },
  Query: { teachingAssignments: assignmentReaders },
  Mutation: { assignTeaching: [by('SchoolAdmin', 'school'), ...bureaus] },
});
