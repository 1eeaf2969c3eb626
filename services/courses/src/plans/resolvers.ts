import { centiText, explain } from '@shixun/kernel';
import { type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { concerned } from '../projects/access.ts';
import { scopeOf } from '../projects/commands.ts';
import { type ProjectRow, projects } from '../projects/store.ts';
import { nextActions } from '../projects/transitions.ts';
import { publishProjectCommand, reviewPlanCommand, submitPlanCommand } from './commands.ts';
import type { PlanModule, PlanSession, PlanTrainer } from './plan.ts';
import { bookingsOf } from './readers.ts';
import { finderOf, missingFor, policyOf, reviewOf } from './resolvers-missing.ts';
import { reviewPlan } from './review.ts';
import { bookingFaults } from './schedule.ts';
import { type PlanRow, plans } from './store.ts';

async function planOf(project: ProjectRow, context: GraphContext): Promise<PlanRow | null> {
  if (project.planId === null) return null;
  const open = project.publishedAt !== null;
  if (!open && !may(context.caller, concerned, scopeOf(project))) return null;
  return context.loadOne(plans, project.planId);
}

export const planResolvers: ResolverTable = {
  Mutation: {
    submitPlan: mutation(submitPlanCommand, 'project'),
    reviewPlan: mutation(reviewPlanCommand, 'project'),
    publishProject: mutation(publishProjectCommand, 'project'),
  },
  Project: {
    plan: (project: ProjectRow, _arguments, context) => planOf(project, context),
    nextActions: async (project: ProjectRow, _arguments, context) => {
      const { versionId } = policyOf(project, context);
      return nextActions(project, await missingFor(project, context)).map((action) => ({
        ...action,
        missing: action.missing.map((fault) => explain(fault, versionId)),
      }));
    },
  },
  TrainingPlan: {
    id: (plan: PlanRow) => plan._id,
    audienceDescription: ({ content }: PlanRow) => content.audienceDescription,
    goals: ({ content }: PlanRow) => content.goals,
    modules: ({ content }: PlanRow) => content.modules,
    trainers: ({ content }: PlanRow) => content.trainers,
    projectLeader: ({ content }: PlanRow) => content.projectLeader,
    chiefExpert: ({ content }: PlanRow) =>
      content.chiefExpertId ? { id: content.chiefExpertId } : null,
    completionAssessment: ({ content }: PlanRow) => content.completionAssessment,
    classes: ({ content }: PlanRow) => content.classes,
    warnings: async (plan: PlanRow, _arguments, context) => {
      const bookings = await bookingsOf(finderOf(context), plan.content, plan.projectId);
      return bookingFaults(plan.content, { bookings }).map((fault) => explain(fault));
    },
    faults: async (plan: PlanRow, _arguments, context) => {
      const project = await context.loadOne(projects, plan.projectId);
      if (project === null) return [];
      const { versionId } = policyOf(project, context);
      const { faults } = reviewPlan(plan.content, await reviewOf(plan, project, context));
      return faults.map((fault) => explain(fault, versionId));
    },
  },
  PlanModule: {
    hours: (module: PlanModule) => centiText(module.hoursCenti),
    trainers: (module: PlanModule) => module.trainerIds.map((id) => ({ id })),
    labels: (module: PlanModule) => module.labels ?? [],
  },
  PlanTrainer: { trainer: ({ trainerId }: PlanTrainer) => ({ id: trainerId }) },
  PlanSession: { trainer: ({ trainerId }: PlanSession) => ({ id: trainerId }) },
};
