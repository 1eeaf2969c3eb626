import { allFields, by, everyone, signedIn } from '@shixun/runtime';
import { ownerSteps } from '../projects/access.ts';

/** Rows of plans. `Project.plan` gives a plan only when it is published or its reader is concerned. */
export const plansAccess = {
  types: {
    TrainingPlan: { fields: allFields(everyone) },
    PlanModule: { fields: allFields(everyone) },
    PlanTrainer: { fields: allFields(everyone) },
    PlanClass: { fields: allFields(everyone) },
    PlanSession: { fields: allFields(everyone) },
    Segment: { fields: allFields(everyone) },
    Post: { fields: allFields(signedIn) },
    PlanReview: { fields: allFields(everyone) },
  },
  Query: {},
  Mutation: {
    submitPlan: [by('InstitutionAdmin', 'institution'), by('SchoolAdmin', 'school')],
    reviewPlan: ownerSteps,
    publishProject: ownerSteps,
  },
};
