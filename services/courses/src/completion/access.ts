import { allFields, bureaus, by, defineAccess, everyone, signedIn } from '@shixun/runtime';
import { enrollmentScope, parties } from '../enrollment/access.ts';

/** Who sees a decision is who sees the enrollment; the class decides, the bureau can take back. */
export const completionAccess = defineAccess({
  types: {
    // An entity: it can be reached by its id alone, so it looks at its own parties.
    Completion: { scope: enrollmentScope, fields: allFields(parties) },
    CompletionCondition: { fields: allFields(signedIn) },
    CompletionConnection: { fields: allFields(signedIn) },
    CompletionEdge: { fields: allFields(signedIn) },
    DecideCompletionsPayload: { fields: allFields(everyone) },
    WithdrawCompletionPayload: { fields: allFields(everyone) },
  },
  Query: {},
  Mutation: {
    decideCompletions: [by('ClassHead', 'own'), by('InstitutionAdmin', 'institution'), ...bureaus],
    withdrawCompletion: bureaus,
  },
});
