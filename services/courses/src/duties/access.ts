import { allFields, defineAccess, signedIn } from '@shixun/runtime';

/** Everybody sees the duties of the own roles; whose they are follows from the caller. */
export const dutiesAccess = defineAccess({
  types: {
    Duty: { fields: allFields(signedIn) },
    DutyConnection: { fields: allFields(signedIn) },
    DutyEdge: { fields: allFields(signedIn) },
  },
  Query: { myDuties: signedIn },
  Mutation: {},
});
