import { allFields, bureaus, defineAccess, everyone, signedIn } from '@shixun/runtime';
import type { PolicyDraftRow } from './store.ts';

/** A policy is published: everyone may read what decides. A draft is its bureau's, and those above see it. */
export const policyAccess = defineAccess({
  types: {
    Policy: { fields: allFields(everyone) },
    EffectivePolicy: { fields: allFields(everyone) },
    PolicyFigure: { fields: allFields(everyone) },
    Ratio: { fields: allFields(everyone) },
    PolicyConnection: { fields: allFields(everyone) },
    PolicyEdge: { fields: allFields(everyone) },
    PolicyDraft: {
      scope: ({ regionCode }: PolicyDraftRow) => ({ regionCode }),
      fields: allFields(bureaus),
    },
    PolicyDraftStep: { fields: allFields(signedIn) },
    PolicyDraftConnection: { fields: allFields(signedIn) },
    PolicyDraftEdge: { fields: allFields(signedIn) },
    PolicyWhatIf: { fields: allFields(signedIn) },
    PolicyReach: { fields: allFields(signedIn) },
    PolicyFigureChange: { fields: allFields(signedIn) },
    PolicyFigureLost: { fields: allFields(signedIn) },
    RegionPolicyWhatIf: { fields: allFields(signedIn) },
    DraftPolicyPayload: { fields: allFields(signedIn) },
    EditPolicyDraftPayload: { fields: allFields(signedIn) },
    SubmitPolicyDraftPayload: { fields: allFields(signedIn) },
    DiscardPolicyDraftPayload: { fields: allFields(signedIn) },
    ApprovePolicyDraftPayload: { fields: allFields(signedIn) },
    ReturnPolicyDraftPayload: { fields: allFields(signedIn) },
  },
  Query: {
    policy: everyone,
    policies: everyone,
    policyDraft: bureaus,
    policyDrafts: bureaus,
    policyWhatIf: bureaus,
  },
  Mutation: {
    draftPolicy: bureaus,
    editPolicyDraft: bureaus,
    submitPolicyDraft: bureaus,
    discardPolicyDraft: bureaus,
    approvePolicyDraft: bureaus,
    returnPolicyDraft: bureaus,
  },
});
