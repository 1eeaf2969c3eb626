import { civilDateOf, explain, type Fault } from '@shixun/kernel';
import { type CommandContext, defineCommand, type Unit } from '@shixun/runtime';
import { topicsOffered, versionsNamed } from '../curriculum-standards/readers.ts';
import { topicFaults } from '../curriculum-standards/standard.ts';
import { actorOf, gatherProject, type ProjectFacts, scopeOf } from '../projects/commands.ts';
import { recordClass, recordStep } from '../projects/commands-record.ts';
import { stepInput } from '../projects/input.ts';
import type { Step } from '../projects/project.ts';
import type { ProjectRow } from '../projects/store.ts';
import { takeStep } from '../projects/transitions.ts';
import { waivedFigures } from '../waivers/store.ts';
import { figuresWithout } from '../waivers/waive.ts';
import { tellSchedule } from './commands-schedule.ts';
import { reviewPlanInput, submitPlanInput } from './input.ts';
import type { PlanContent, PlanFacts } from './plan.ts';
import { classesOfPlan } from './publish.ts';
import { reviewFacts } from './readers.ts';
import { reviewPlan } from './review.ts';
import { type PlanRow, plans } from './store.ts';

type PlanCommandFacts = ProjectFacts & {
  /** The plan last handed in. */
  readonly plan: PlanRow | null;
  /** What the plan is reviewed against; null while there is none. */
  readonly review: PlanFacts | null;
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
  // What stands in principle and was waived for this project asks for nothing.
  const waived = await waivedFigures(unit, facts.project._id);
  const policy = { ...facts.policy, figures: figuresWithout(facts.policy.figures, waived) };
  const reviewed = plan && { ...facts, content: plan.content, figures: policy.figures };
  const finder = { find: unit.find.bind(unit) };
  return { ...facts, policy, plan, review: reviewed && (await reviewFacts(finder, reviewed)) };
}

export const submitPlanCommand = defineCommand({
  name: 'submitPlan',
  input: submitPlanInput,
  gather: async (input, unit, context) => {
    const facts = await gatherPlan(input, unit, context);
    if (!('project' in facts)) return facts;
    return { ...facts, standards: await versionsNamed(unit, topicsOffered(input.plan)) };
  },
  scope: ({ project }) => scopeOf(project),
  decide: ({ plan }, { project, standards }, { now, caller }) =>
    takeStep(
      { command: 'submitPlan' },
      project,
      { actor: actorOf(caller), now },
      topicFaults(plan.modules, standards, civilDateOf(now)),
    ),
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
function findingsOf({ plan, review }: PlanCommandFacts) {
  if (plan === null || review === null) return { faults: [], flags: [] };
  return reviewPlan(plan.content, review);
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
    // Plan and stages are held against the version of the modality under which the plan was accepted.
    const templateId = facts.review?.templateId ?? null;
    const accepted = verdict === 'accept' ? { policyVersion, templateId } : {};
    return recordStep(unit, facts, step, accepted);
  },
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});

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
