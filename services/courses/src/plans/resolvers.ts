import { centiText, civilDateOf, explain, type Fault } from '@shixun/kernel';
import { type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { seatRows } from '../enrollment/store.ts';
import { trainers } from '../projections/trainers.ts';
import { concerned } from '../projects/access.ts';
import { archivingFaults, openingFaults, scopeOf } from '../projects/commands.ts';
import { classes, type ProjectRow, projects } from '../projects/store.ts';
import { nextActions } from '../projects/transitions.ts';
import { publishProjectCommand, reviewPlanCommand, submitPlanCommand } from './commands.ts';
import type { PlanModule, PlanSession, PlanTrainer } from './plan.ts';
import { reviewPlan } from './review.ts';
import { type PlanRow, plans } from './store.ts';

async function planOf(project: ProjectRow, context: GraphContext): Promise<PlanRow | null> {
  if (project.planId === null) return null;
  const open = project.publishedAt !== null;
  if (!open && !may(context.caller, concerned, scopeOf(project))) return null;
  return context.loadOne(plans, project.planId);
}

async function faultsOf(
  plan: PlanRow,
  project: ProjectRow,
  context: GraphContext,
): Promise<readonly Fault[]> {
  const known = await Promise.all(
    plan.content.trainers.map(({ trainerId }) => context.loadOne(trainers, trainerId)),
  );
  const policy = policyOf(project, context);
  return reviewPlan(plan.content, {
    project,
    policy: policy.figures,
    trainers: new Map(known.flatMap((row) => (row === null ? [] : [[row._id, row]]))),
  }).faults;
}

function policyOf(project: ProjectRow, { policies, now }: GraphContext) {
  return policies.effective(project.ownerRegionCode, civilDateOf(now));
}

/** What is missing for the steps that look at more than the project's state. */
async function missingFor(project: ProjectRow, context: GraphContext) {
  const { state } = project;
  if (state === 'plan_review') {
    const plan = await planOf(project, context);
    return { reviewPlan: plan === null ? [] : await faultsOf(plan, project, context) };
  }
  if (state !== 'published' && state !== 'evaluated') return {};
  const own = await context.loadMany(classes, 'projectId', project._id);
  const seats = await Promise.all(own.map(({ _id }) => context.loadOne(seatRows, _id)));
  const facts = {
    project,
    policy: policyOf(project, context),
    classes: own,
    trainees: seats.reduce((sum, row) => sum + (row?.taken ?? 0), 0),
  };
  return { openProject: openingFaults(facts, context.now), archiveProject: archivingFaults(facts) };
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
    completionAssessment: ({ content }: PlanRow) => content.completionAssessment,
    classes: ({ content }: PlanRow) => content.classes,
    faults: async (plan: PlanRow, _arguments, context) => {
      const project = await context.loadOne(projects, plan.projectId);
      if (project === null) return [];
      const { versionId } = policyOf(project, context);
      const faults = await faultsOf(plan, project, context);
      return faults.map((fault) => explain(fault, versionId));
    },
  },
  PlanModule: {
    hours: (module: PlanModule) => centiText(module.hoursCenti),
    trainers: (module: PlanModule) => module.trainerIds.map((id) => ({ id })),
  },
  PlanTrainer: { trainer: ({ trainerId }: PlanTrainer) => ({ id: trainerId }) },
  PlanSession: { trainer: ({ trainerId }: PlanSession) => ({ id: trainerId }) },
};
