/** What is still missing for each step that can be taken next, by the same decisions that refuse it. [CRS-01] */
import { civilDateOf, type Fault } from '@shixun/kernel';
import type { Collection, Filter, GraphContext, RowBase, Unit } from '@shixun/runtime';
import { seatRows } from '../enrollment/store.ts';
import { pendingFaults } from '../plan-changes/decide-change.ts';
import { codes as changeCodes } from '../plan-changes/refusals.ts';
import { pendingStates } from '../plan-changes/request-change.ts';
import { planChanges } from '../plan-changes/store.ts';
import { archivingFaults, openingFaults, type ProjectFacts } from '../projects/commands.ts';
import { jointFaults } from '../projects/joint.ts';
import { classes, type ProjectRow } from '../projects/store.ts';
import { projectConfirmations } from '../projects/store-joint.ts';
import type { ProjectCommand } from '../projects/transitions.ts';
import { awardFaults, confirmationFaults } from '../tenders/award.ts';
import { undecidedFaults } from '../tenders/object.ts';
import { rankingOf } from '../tenders/readers.ts';
import { objections, tenders } from '../tenders/store.ts';
import { figureWaivers } from '../waivers/store.ts';
import { figuresWithout } from '../waivers/waive.ts';
import type { PlanFacts } from './plan.ts';
import { type Finder, reviewFacts } from './readers.ts';
import { reviewPlan } from './review.ts';
import { type PlanRow, plans } from './store.ts';

type Missing = Partial<Record<ProjectCommand, readonly Fault[]>>;

type FindOptions = NonNullable<Parameters<Unit['find']>[2]>;

/** Rows as the graph finds them, outside a transaction. */
export function finderOf({ db }: GraphContext) {
  return {
    find: async <Row extends RowBase>(
      collection: Collection<Row>,
      filter: Filter,
      { sort = {}, limit = 0 }: FindOptions = {},
    ): Promise<Row[]> => {
      const found = db.connection.collection(collection.name).find(filter as object);
      return (await found.sort(sort).limit(limit).toArray()) as unknown as Row[];
    },
  } satisfies Finder;
}

/** The policy in force for a project's owner today. */
export function policyOf(project: ProjectRow, { policies, now }: GraphContext) {
  return policies.effective(project.ownerRegionCode, civilDateOf(now));
}

/** What a plan is reviewed against today; what was waived for the project asks for nothing. */
export async function reviewOf(
  { content }: PlanRow,
  project: ProjectRow,
  context: GraphContext,
): Promise<PlanFacts> {
  const waivers = await context.loadMany(figureWaivers, 'projectId', project._id);
  const names = waivers.map(({ figure }) => figure);
  const figures = figuresWithout(policyOf(project, context).figures, names);
  return reviewFacts(finderOf(context), { content, project, figures });
}

export async function missingFor(project: ProjectRow, context: GraphContext): Promise<Missing> {
  switch (project.state) {
    case 'draft':
      return forSubmission(project, context);
    case 'tendering':
    case 'awarded':
      return forTender(project, context);
    case 'plan_review':
      return forPlan(project, context);
    case 'published':
      return { ...(await forChange(project, context)), ...(await forOpening(project, context)) };
    case 'open':
    case 'running':
      return forChange(project, context);
    case 'evaluated':
      return forOpening(project, context);
    default:
      return {};
  }
}

/** Schools that have not confirmed yet, and the survey that the submission has to name. [PLN-02] */
async function forSubmission(project: ProjectRow, context: GraphContext): Promise<Missing> {
  const asked = await context.loadMany(projectConfirmations, 'projectId', project._id);
  const joint = {
    survey: undefined,
    schools: asked.map(({ answer }) => answer),
    figures: policyOf(project, context).figures,
  };
  return { submitProject: jointFaults(project, joint) };
}

/** The sheets that experts have not filled in yet; the days and objections that an award waits for. [CRS-02] */
async function forTender(project: ProjectRow, context: GraphContext): Promise<Missing> {
  const all = await context.loadMany(tenders, 'projectId', project._id);
  const tender = all.find(({ state }) => state !== 'abandoned' && state !== 'closed');
  if (tender === undefined) return {};
  const facts = { tender, project, classes: [], policy: policyOf(project, context) };
  if (project.state === 'tendering') {
    const ranking = await rankingOf(finderOf(context), facts);
    const first = ranking.find(({ rank }) => rank === 1);
    // Whom the owner would award is the first of the ranking; the reason comes with the award.
    const award = { number: first?.number ?? 0, reason: 'award' };
    return { awardTender: awardFaults(award, tender, ranking) };
  }
  const made = await finderOf(context).find(objections, { tenderId: tender._id });
  const open = made.filter(({ state }) => state === 'open').length;
  return {
    confirmAward: confirmationFaults(tender, open, civilDateOf(context.now)),
    decideObjection: open > 0 ? [] : undecidedFaults({ state: 'none' }),
  };
}

async function forPlan(project: ProjectRow, context: GraphContext): Promise<Missing> {
  const plan = project.planId === null ? null : await context.loadOne(plans, project.planId);
  if (plan === null) return {};
  const facts = await reviewOf(plan, project, context);
  return { reviewPlan: reviewPlan(plan.content, facts).faults };
}

/** One change at a time: asking needs that none is under way, deciding that one waits. [CRS-19] */
async function forChange({ _id: projectId }: ProjectRow, context: GraphContext): Promise<Missing> {
  const [change] = await finderOf(context).find(
    planChanges,
    { projectId, state: { $in: pendingStates } },
    { limit: 1 },
  );
  const state = change?.state ?? null;
  const waits = pendingFaults(state, 'requested');
  const underWay = changeCodes.PLAN_CHANGE_PENDING;
  const path = ['projectId'];
  return {
    requestPlanChange: state === null ? [] : [{ code: underWay, path, figures: { actual: state } }],
    decidePlanChange: waits,
    withdrawPlanChange: waits,
  };
}

async function forOpening(project: ProjectRow, context: GraphContext): Promise<Missing> {
  const own = await context.loadMany(classes, 'projectId', project._id);
  const seats = await Promise.all(own.map(({ _id }) => context.loadOne(seatRows, _id)));
  const facts: ProjectFacts = {
    project,
    policy: policyOf(project, context),
    classes: own,
    trainees: seats.reduce((sum, row) => sum + (row?.taken ?? 0), 0),
  };
  return { openProject: openingFaults(facts), archiveProject: archivingFaults(facts) };
}
