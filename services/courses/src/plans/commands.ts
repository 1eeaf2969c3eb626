import { courses } from '@shixun/contracts';
import { explain, type Fault } from '@shixun/kernel';
import { type CommandContext, defineCommand, type Unit } from '@shixun/runtime';
import { trainers } from '../projections/trainers.ts';
import { actorOf, gatherProject, type ProjectFacts, scopeOf } from '../projects/commands.ts';
import { recordClass, recordStep } from '../projects/commands-record.ts';
import { stepInput } from '../projects/input.ts';
import type { Step } from '../projects/project.ts';
import type { ProjectRow, TrainingClassRow } from '../projects/store.ts';
import { takeStep } from '../projects/transitions.ts';
import { waivedFigures } from '../waivers/store.ts';
import { figuresWithout } from '../waivers/waive.ts';
import { reviewPlanInput, submitPlanInput } from './input.ts';
import type { KnownTrainer, PlanContent } from './plan.ts';
import { classesOfPlan } from './publish.ts';
import { reviewPlan } from './review.ts';
import { type PlanRow, plans } from './store.ts';

type PlanCommandFacts = ProjectFacts & {
  /** The plan last handed in. */
  readonly plan: PlanRow | null;
  readonly trainers: ReadonlyMap<string, KnownTrainer>;
};

async function gatherPlan(
  input: { readonly projectId: string },
  unit: Unit,
  context: CommandContext,
): Promise<PlanCommandFacts | Exclude<Awaited<ReturnType<typeof gatherProject>>, ProjectFacts>> {
  const facts = await gatherProject(input, unit, context);
  if (!('project' in facts)) return facts;
  const { planId } = facts.project;
  const plan = planId === null ? null : await unit.findById(plans, planId);
  const ids = plan?.content.trainers.map(({ trainerId }) => trainerId) ?? [];
  const known = ids.length === 0 ? [] : await unit.find(trainers, { _id: { $in: ids } });
  // What stands in principle and was waived for this project asks for nothing.
  const waived = await waivedFigures(unit, facts.project._id);
  const policy = { ...facts.policy, figures: figuresWithout(facts.policy.figures, waived) };
  return { ...facts, policy, plan, trainers: new Map(known.map((row) => [row._id, row])) };
}

export const submitPlanCommand = defineCommand({
  name: 'submitPlan',
  input: submitPlanInput,
  gather: gatherPlan,
  scope: ({ project }) => scopeOf(project),
  decide: (_input, { project }, { now, caller }) =>
    takeStep({ command: 'submitPlan' }, project, { actor: actorOf(caller), now }),
  record: (step, facts, unit, { plan: content }): ProjectRow => {
    const planId = unit.newId('plan');
    unit.insert(plans, {
      _id: planId,
      projectId: facts.project._id,
      round: (facts.plan?.round ?? 0) + 1,
      content,
      submittedBy: step.by,
      submittedAt: step.at,
      review: null,
    });
    return recordStep(unit, facts, step, { planId });
  },
  stream: ({ project }) => project._id,
  audited: ({ projectId }, { planId }) => ({ projectId, planId }),
});

/** What the rules find in the plan that lies before the reviewer. */
function findingsOf({ plan, project, policy, trainers: known }: PlanCommandFacts) {
  if (plan === null) return { faults: [], flags: [] };
  return reviewPlan(plan.content, { project, policy: policy.figures, trainers: known });
}

type PlanReviewed = { readonly step: Step; readonly faults: readonly Fault[] };

export const reviewPlanCommand = defineCommand({
  name: 'reviewPlan',
  input: reviewPlanInput,
  gather: gatherPlan,
  scope: ({ project }) => scopeOf(project),
  decide: ({ verdict, reason }, facts, { now, caller }) => {
    const accepting = verdict === 'accept';
    const { faults, flags } = findingsOf(facts);
    const decision = takeStep(
      { command: 'reviewPlan', to: accepting ? 'plan_accepted' : 'plan_returned', reason },
      facts.project,
      { actor: actorOf(caller), now },
      accepting ? faults : [],
    );
    if (!decision.accepted) return decision;
    const outcome: PlanReviewed = { step: decision.outcome, faults };
    return { accepted: true, outcome, flags: accepting ? flags : [] };
  },
  record: ({ step, faults }, facts, unit, { verdict }): ProjectRow => {
    const policyVersion = facts.policy.versionId;
    const review = {
      verdict,
      role: step.role,
      by: step.by,
      at: step.at,
      reason: step.reason,
      refusals: faults.map((fault) => explain(fault, policyVersion)),
      policyVersion,
      minutesPerHour: facts.policy.figures.minutesPerHour,
    };
    unit.update(plans, { _id: facts.project.planId, review: null }, { $set: { review } });
    return recordStep(unit, facts, step, verdict === 'accept' ? { policyVersion } : {});
  },
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});

/** Tells who gives which session: workload and yearly adjustment of trainers are counted from it. [REG-10, REG-12] */
export function tellSchedule(unit: Unit, { _id, projectId, level, sessions }: TrainingClassRow) {
  unit.emit(courses.classScheduled, _id, {
    classId: _id,
    projectId,
    level,
    sessions: sessions.map(({ _id: sessionId, trainerId, date, minutes }) => ({
      sessionId,
      trainerId,
      date,
      minutes,
    })),
  });
}

export const publishProjectCommand = defineCommand({
  name: 'publishProject',
  input: stepInput,
  gather: gatherPlan,
  scope: ({ project }) => scopeOf(project),
  decide: (_input, { project }, { now, caller }) =>
    takeStep({ command: 'publishProject' }, project, { actor: actorOf(caller), now }),
  record: (step, facts, unit): ProjectRow => {
    const content: PlanContent | undefined = facts.plan?.content;
    const publication = {
      project: facts.project,
      publishedAt: step.at,
      policyVersion: facts.project.policyVersion ?? facts.policy.versionId,
      minutesPerHour: facts.plan?.review?.minutesPerHour ?? facts.policy.figures.minutesPerHour,
    };
    const made = content ? classesOfPlan(content, publication, (kind) => unit.newId(kind)) : [];
    for (const row of made) {
      recordClass(unit, row);
      tellSchedule(unit, row);
    }
    return recordStep(unit, facts, step, { publishedAt: step.at });
  },
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});
