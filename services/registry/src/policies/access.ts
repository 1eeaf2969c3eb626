import { allFields, bureaus, defineAccess, everyone, signedIn } from '@shixun/runtime';

/** A policy is published: everyone may read what decides. */
export const policyAccess = defineAccess({
  types: {
    Policy: { fields: allFields(everyone) },
    EffectivePolicy: { fields: allFields(everyone) },
    PolicyFigure: { fields: allFields(everyone) },
    Ratio: { fields: allFields(everyone) },
    PolicyConnection: { fields: allFields(everyone) },
    PolicyEdge: { fields: allFields(everyone) },
    PublishPolicyPayload: { fields: allFields(signedIn) },
  },
  Query: { policy: everyone, policies: everyone },
  Mutation: { publishPolicy: bureaus },
});
