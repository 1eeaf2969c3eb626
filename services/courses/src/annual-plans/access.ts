import { allFields, bureaus, by, type Row, type Scope, signedIn } from '@shixun/runtime';
import type { AnnualPlanRow } from './store.ts';

const bodies: Row = [...bureaus, by('SchoolAdmin', 'school')];
/** The body, those above it, and those who supervise. */
export const annualPlanReaders: Row = [
  ...bodies,
  by('Auditor', 'region'),
  by('QualityMonitor', 'region'),
];
const reached = { fields: allFields(signedIn) };

export const annualPlanAccess = {
  types: {
    AnnualPlan: {
      scope: ({ regionCode, schoolId }: AnnualPlanRow): Scope => ({ regionCode, schoolId }),
      fields: allFields(annualPlanReaders),
    },
    AcceptedAnnualPlan: reached,
    AnnualPlanAmendment: reached,
    PlannedItem: reached,
    AnnualBudgetLine: reached,
    AnnualFunding: reached,
    PlanChange: reached,
    AnnualPlanStep: reached,
    AnnualPlanAction: reached,
    AnnualPlanConnection: reached,
    AnnualPlanEdge: reached,
    AnnualPlanPayload: reached,
    PlanningBody: reached,
    PlanningBodyConnection: reached,
    PlanningBodyEdge: reached,
    FundingIndicator: reached,
  },
  Query: {
    annualPlan: signedIn,
    annualPlansFiledWith: bureaus,
    planningBodies: bureaus,
    fundingIndicators: signedIn,
  },
  Mutation: {
    draftAnnualPlan: bodies,
    amendAnnualPlan: bodies,
    discardAnnualPlanAmendment: bodies,
    fileAnnualPlan: bodies,
    acceptAnnualPlan: bureaus,
    returnAnnualPlan: bureaus,
  },
};
