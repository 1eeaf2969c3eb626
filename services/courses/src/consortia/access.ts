import { allFields, signedIn } from '@shixun/runtime';
import { concerned, ownerSteps } from '../projects/access.ts';

/** Duties, hours and money of a consortium are for those concerned with its project. */
export const consortiumAccess = {
  types: {
    Consortium: { fields: allFields(signedIn) },
    ConsortiumMember: { fields: allFields(signedIn) },
    UncoveredPeriod: { fields: allFields(signedIn) },
    RecordConsortiumPayload: { fields: allFields(signedIn) },
  },
  Query: { consortium: concerned },
  Mutation: { recordConsortium: ownerSteps },
};
