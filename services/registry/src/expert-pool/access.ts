import { allFields, bureaus, by, defineAccess, signedIn } from '@shixun/runtime';

/** Whoever is signed in may look for experts of any pool; how they are judged is for the bureaus. */
export const expertPoolAccess = defineAccess({
  types: {
    Expert: { fields: allFields(signedIn) },
    ExpertConnection: { fields: allFields(signedIn) },
    ExpertEdge: { fields: allFields(signedIn) },
    ExpertPayload: { fields: allFields(signedIn) },
    PoolAdjustment: { fields: allFields(signedIn) },
    PoolAdjustmentReason: { fields: allFields(signedIn) },
    PoolAdjustmentConnection: { fields: allFields(signedIn) },
    PoolAdjustmentEdge: { fields: allFields(signedIn) },
  },
  Query: { experts: signedIn, poolNominations: bureaus, poolAdjustments: bureaus },
  Mutation: {
    nominateExpert: [by('InstitutionAdmin', 'institution'), ...bureaus],
    reviewNomination: bureaus,
    recordExpertYear: bureaus,
    decidePoolAdjustment: bureaus,
  },
});
