/** What the decisions on a change look at, gathered once for all of them. */
import { civilDateOf } from '@shixun/kernel';
import { type CommandContext, type NotFound, notFound, type Unit } from '@shixun/runtime';
import type { PlanContent } from '../plans/plan.ts';
import { reviewFacts } from '../plans/readers.ts';
import { type PlanRow, plans } from '../plans/store.ts';
import { gatherProject, type ProjectFacts } from '../projects/commands.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { waivedFigures } from '../waivers/store.ts';
import { figuresWithout } from '../waivers/waive.ts';
import { type ChangeFacts, pendingStates } from './request-change.ts';
import { rowsOfPlan, sessionIdsOf } from './revise.ts';
import { type PlanChangeRow, planChanges } from './store.ts';

export type ChangeOfProject = ProjectFacts & {
  /** The plan that is published, and the class of each of its classes. */
  readonly plan: PlanRow | null;
  readonly rows: readonly (TrainingClassRow | undefined)[];
  /** The change under way. */
  readonly change: PlanChangeRow | null;
};

export async function gatherChange(
  input: { readonly projectId: string },
  unit: Unit,
  context: CommandContext,
): Promise<ChangeOfProject | NotFound> {
  const facts = await gatherProject(input, unit, context);
  if (!('project' in facts)) return facts;
  const { planId, publishedAt, _id: projectId } = facts.project;
  const plan = planId === null || publishedAt === null ? null : await unit.findById(plans, planId);
  const change = await unit.findOne(planChanges, { projectId, state: { $in: pendingStates } });
  const rows = plan === null ? [] : rowsOfPlan(plan.content, facts.classes);
  return { ...facts, plan, rows, change };
}

/** The change by its id, with its project. */
export async function gatherChangeById(
  { changeId }: { readonly changeId: string },
  unit: Unit,
  context: CommandContext,
): Promise<(ChangeOfProject & { readonly asked: PlanChangeRow }) | NotFound> {
  const asked = await unit.findById(planChanges, changeId);
  const facts = asked && (await gatherChange(asked, unit, context));
  if (asked === null || facts === null || !('project' in facts)) {
    return notFound('planChange', changeId, ['changeId']);
  }
  return { ...facts, asked };
}

/**
 * What the new version is held against: the rules of a plan as they were when it was accepted, and of a change as they
 * are today. What a stricter policy asks of later plans does not reach back into a published one.
 */
export async function changeFacts(
  after: PlanContent,
  { project, policy, plan, rows, change }: ChangeOfProject,
  unit: Unit,
  { policies }: Pick<CommandContext, 'policies'>,
): Promise<ChangeFacts> {
  const published = plan?.content ?? after;
  const acceptedOn = civilDateOf(plan?.review?.at ?? unit.now);
  const accepted = policies.effective(project.ownerRegionCode, acceptedOn);
  const waived = await waivedFigures(unit, project._id);
  const figures = figuresWithout(accepted.figures, waived);
  const both = [...published.trainers, ...after.trainers];
  const content = { ...after, trainers: both };
  const find = { find: unit.find.bind(unit) };
  const minor = await unit.find(planChanges, {
    projectId: project._id,
    state: 'applied',
    severity: 'minor',
  });
  return {
    published,
    review: await reviewFacts(find, { content, project, figures }),
    substitution: {
      sessionIds: rows.map((row, at) => (row ? sessionIdsOf(row, published, at) : [])),
      substitutedBefore: new Set(minor.flatMap(({ substituted }) => substituted)),
      substituteSessionsShareMax: policy.figures.substituteSessionsShareMax,
    },
    windowDays: policy.figures.changeWithdrawalWindowMinDays,
    scheduleDays: policy.figures.schedulePublishedBeforeMinDays,
    pending: change?.state ?? null,
  };
}
