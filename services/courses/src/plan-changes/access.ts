import { allFields, bureaus, by, everyone, signedIn } from '@shixun/runtime';
import { concerned } from '../projects/access.ts';
import type { PlanChangeRow } from './store.ts';

/** A change is everybody's once trainees are told of it; before that its resolver gives it to those concerned only. */
export const planChangesAccess = {
  types: {
    TrainingPlanChange: {
      scope: ({ ownerRegionCode, schoolId, institutionId }: PlanChangeRow) => ({
        regionCode: ownerRegionCode,
        schoolId,
        institutionId,
      }),
      fields: {
        id: everyone,
        project: everyone,
        state: everyone,
        severity: everyone,
        explanation: everyone,
        differences: everyone,
        substitutedSessions: everyone,
        sessions: everyone,
        substitutedShare: everyone,
        requestedAt: everyone,
        decidedAt: everyone,
        decisionReason: concerned,
        announcedAt: everyone,
        freeWithdrawalUntil: everyone,
        appliedAt: everyone,
        lapsedBecause: everyone,
        policyVersion: everyone,
        warnings: concerned,
        clashes: concerned,
      },
    },
    PlanDifference: { fields: allFields(everyone) },
    TrainingPlanChangeConnection: { fields: allFields(everyone) },
    TrainingPlanChangeEdge: { fields: allFields(everyone) },
    PlanChangeClash: { fields: allFields(signedIn) },
    PlanChangeClashConnection: { fields: allFields(signedIn) },
    PlanChangeClashEdge: { fields: allFields(signedIn) },
    PlanChangePayload: { fields: allFields(signedIn) },
  },
  Query: { planChange: everyone, planChanges: everyone },
  Mutation: {
    requestPlanChange: [by('InstitutionAdmin', 'institution'), by('SchoolAdmin', 'school')],
    withdrawPlanChange: [by('InstitutionAdmin', 'institution'), by('SchoolAdmin', 'school')],
    decidePlanChange: bureaus,
  },
};
