import { allFields, bureaus, defineAccess, signedIn } from '@shixun/runtime';

/** Pairs are the business of the lowest bureau above both records, and of those above it. */
export const duplicateReaders = bureaus;

export const identityAccess = defineAccess({
  types: {
    ProbableDuplicate: { fields: allFields(signedIn) },
    ProbableDuplicateConnection: { fields: allFields(signedIn) },
    ProbableDuplicateEdge: { fields: allFields(signedIn) },
    MergeTeachersPayload: { fields: allFields(signedIn) },
    UnmergeTeacherPayload: { fields: allFields(signedIn) },
    DismissDuplicatePayload: { fields: allFields(signedIn) },
  },
  Query: { probableDuplicates: duplicateReaders },
  Mutation: { mergeTeachers: bureaus, unmergeTeacher: bureaus, dismissDuplicate: bureaus },
});
