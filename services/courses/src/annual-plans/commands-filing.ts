/** Filing a yearly plan or its amendment with the superior, and what the superior says. [PLN-03, PLN-04] */
import { civilDateOf, regionPath } from '@shixun/kernel';
import {
  type CommandContext,
  defineCommand,
  type NotFound,
  notFound,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { actorOf } from '../projects/commands.ts';
import { id } from '../projects/input.ts';
import { bodyId } from './body.ts';
import { planDifference } from './difference.ts';
import { fundingFloorOf } from './funding.ts';
import { notices } from './notices.ts';
import {
  fileAnnualPlan,
  type PlanStanding,
  type PlanStep,
  plannedPlacesOf,
  takePlanStep,
} from './plan.ts';
import {
  type AnnualPlanRow,
  annualPlans,
  type Counted,
  fundingRollups,
  isAmended,
  planningBodies,
} from './store.ts';

export function recordStep(
  unit: Unit,
  plan: AnnualPlanRow,
  step: PlanStep,
  changes: Partial<AnnualPlanRow> = {},
): AnnualPlanRow {
  unit.update(
    annualPlans,
    { _id: plan._id, state: plan.state },
    { $set: { ...changes, state: step.to }, $push: { steps: step } },
  );
  return { ...plan, ...changes, state: step.to, steps: [...plan.steps, step] };
}

/** A plan as its table of steps looks at it. */
export function standingOf(plan: AnnualPlanRow) {
  return { ...plan, amends: isAmended(plan) } satisfies PlanStanding;
}

export async function gatherPlan(
  { planId }: { readonly planId: string },
  unit: Unit,
  { policies }: CommandContext,
) {
  const plan = await unit.findById(annualPlans, planId);
  if (plan === null) return notFound('annualPlan', planId, ['planId']);
  const today = civilDateOf(unit.now);
  return { plan, today, policy: policies.effective(plan.regionCode, today) };
}
type PlanFacts = Exclude<Awaited<ReturnType<typeof gatherPlan>>, NotFound>;

export const scopeOf = ({ plan: { regionCode, schoolId } }: PlanFacts) => ({
  regionCode,
  schoolId,
});
export const stepInput = z.strictObject({ planId: id });

export const fileAnnualPlanCommand = defineCommand({
  name: 'fileAnnualPlan',
  input: stepInput,
  gather: gatherPlan,
  scope: scopeOf,
  decide: (_input, { plan, today, policy: { figures } }, { now, caller }) =>
    fileAnnualPlan(
      {
        ...{ plan: standingOf(plan), today, figures },
        dueOn: `${plan.year}-${figures.annualPlanDeadlineMonthDay}`,
      },
      { actor: actorOf(caller), now },
    ),
  record: ({ step, late, funding }, { plan, policy }, unit): AnnualPlanRow => {
    const filings = plan.filings + 1;
    const receipt = `BA-${plan.year}-${bodyId(plan)}-${filings}`;
    unit.upsert(planningBodies, { _id: bodyId(plan) }, { $addToSet: { filedYears: plan.year } });
    tellSuperior(unit, plan, receipt);
    const filed = {
      ...{ filings, receipt, filedAt: unit.now, late, funding },
      flaggedBelow: funding.below,
      policyVersion: policy.versionId,
    };
    const row = { ...plan, ...filed };
    // An amendment is counted once it is accepted; a province's stands as it is filed.
    const counts = !isAmended(plan) || step.to === 'accepted';
    return recordStep(unit, plan, step, {
      ...filed,
      ...(counts ? { counted: countAnew(unit, row, policy.figures) } : {}),
      ...(step.to === 'accepted' ? acceptance(row, unit.now) : {}),
    });
  },
  stream: ({ plan }) => plan._id,
  policyVersion: ({ policy }) => policy.versionId,
});

function tellSuperior(unit: Unit, plan: AnnualPlanRow, receipt: string): void {
  if (plan.superiorRegionCode === null) return;
  const body = bodyId(plan);
  const about = { to: { regionCode: plan.superiorRegionCode }, subject: plan._id };
  const figures = { body, year: plan.year, receipt };
  if (!isAmended(plan)) {
    unit.notify({ ...about, notice: notices.ANNUAL_PLAN_FILED, figures });
    return;
  }
  const count = planDifference(plan.accepted?.items ?? [], plan.items).length;
  const reason = plan.amendmentReason ?? '';
  const notice = notices.ANNUAL_PLAN_AMENDMENT_FILED;
  unit.notify({ ...about, notice, figures: { ...figures, count, reason } });
}

/** What an acceptance writes beside the step: the version that holds from now on. */
function acceptance(
  { items, budget, baseCents, evidence, receipt, filedAt }: AnnualPlanRow,
  acceptedAt: Date,
): Partial<AnnualPlanRow> {
  const content = { items, budget, baseCents, evidence };
  const accepted = {
    ...content,
    receipt: receipt ?? '',
    filedAt: filedAt ?? acceptedAt,
    acceptedAt,
  };
  return { accepted, amendmentReason: null };
}

/** Puts what a plan says in the place of what the roll-ups of its region and all above it count of it. */
function countAnew(
  unit: Unit,
  plan: AnnualPlanRow,
  figures: Parameters<typeof fundingFloorOf>[1],
): Counted | null {
  const { funding, year } = plan;
  if (funding === null) return null;
  const counted = { funding, places: plannedPlacesOf(plan) };
  const { base } = fundingFloorOf(plan, figures);
  for (const regionCode of regionPath(plan.regionCode)) {
    rollUp(unit, { year, regionCode, base }, { before: plan.counted, now: counted });
  }
  return counted;
}

function rollUp(
  unit: Unit,
  key: { readonly year: number; readonly regionCode: string; readonly base: string },
  { before, now }: { readonly before: Counted | null; readonly now: Counted },
): void {
  const more = (name: 'baseCents' | 'requiredCents' | 'plannedCents' | 'gapCents') =>
    now.funding[name] - (before?.funding[name] ?? 0);
  unit.upsert(
    fundingRollups,
    { _id: `${key.year}/${key.regionCode}/${key.base}` },
    {
      $set: key,
      $inc: {
        plansCount: before === null ? 1 : 0,
        belowCount: Number(now.funding.below) - Number(before?.funding.below ?? false),
        baseCents: more('baseCents'),
        requiredCents: more('requiredCents'),
        plannedCents: more('plannedCents'),
        gapCents: more('gapCents'),
        plannedPlaces: now.places - (before?.places ?? 0),
      },
    },
  );
}

function verdictCommand(name: 'acceptAnnualPlan' | 'returnAnnualPlan') {
  return defineCommand({
    name,
    input: z.strictObject({
      planId: id,
      reason: z
        .string()
        .trim()
        .min(1)
        .max(2000)
        .nullish()
        .transform((value) => value ?? null),
    }),
    gather: gatherPlan,
    // The superior's say: a school's own grants don't count here.
    scope: ({ plan }: PlanFacts) => ({ regionCode: plan.regionCode }),
    decide: ({ reason }, { plan }, { now, caller }) =>
      takePlanStep({ command: name, reason }, standingOf(plan), { actor: actorOf(caller), now }),
    record: (step, { plan, policy }, unit): AnnualPlanRow => {
      const { schoolId, regionCode, year } = plan;
      const figures = { year, receipt: plan.receipt ?? '', reason: step.reason ?? '' };
      const accepted = name === 'acceptAnnualPlan';
      unit.notify({
        notice: accepted ? notices.ANNUAL_PLAN_ACCEPTED : notices.ANNUAL_PLAN_RETURNED,
        to: schoolId === null ? { regionCode } : { schoolId },
        subject: plan._id,
        figures,
      });
      if (!accepted) return recordStep(unit, plan, step);
      const counted = isAmended(plan) ? countAnew(unit, plan, policy.figures) : plan.counted;
      return recordStep(unit, plan, step, { counted, ...acceptance(plan, unit.now) });
    },
    stream: ({ plan }) => plan._id,
  });
}

export const acceptAnnualPlanCommand = verdictCommand('acceptAnnualPlan');
export const returnAnnualPlanCommand = verdictCommand('returnAnnualPlan');
