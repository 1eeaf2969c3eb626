import { centiFrom, civilDateOf, regionPath } from '@shixun/kernel';
import {
  type CommandContext,
  defineCommand,
  type NotFound,
  notFound,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { schools } from '../projections/schools.ts';
import { actorOf } from '../projects/commands.ts';
import { hoursCenti, id } from '../projects/input.ts';
import type { Sector } from '../projects/project.ts';
import { annualPlanId, bodyId, type PlanningBody, superiorOf } from './body.ts';
import { type Funding, fundingFloorOf, isBureauRegion } from './funding.ts';
import { notices } from './notices.ts';
import { contentFaults, fileAnnualPlan, type PlanStep, takePlanStep } from './plan.ts';
import { type AnnualPlanRow, annualPlans, fundingRollups, planningBodies } from './store.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
/** A decimal of yuan, kept as fen. */
const cents = z
  .string()
  .transform((written) => centiFrom(written) ?? -1)
  .pipe(z.int().min(0));

const draftInput = z
  .strictObject({
    regionCode: z.string().refine(isBureauRegion).nullish(),
    schoolId: id.nullish(),
    year: z.int().min(2000).max(2100),
    items: z
      .array(
        z
          .strictObject({
            code: z.string().regex(/^[a-z0-9-]{1,64}$/, 'is no content code'),
            title: text(200),
            stage: z.string(),
            subject: z.string().regex(/^[a-z][a-z_]*$/, 'is no subject code'),
            audience: text(500),
            places: z.int().min(1).max(1_000_000),
            hours: hoursCenti,
          })
          .transform(({ hours, ...item }) => ({ ...item, hoursCenti: hours })),
      )
      .max(500),
    budget: z
      .array(
        z
          .strictObject({ title: text(200), amount: cents })
          .transform(({ title, amount }) => ({ title, amountCents: amount })),
      )
      .max(200),
    base: cents,
    evidence: text(300),
  })
  .refine(({ regionCode, schoolId }) => (regionCode == null) !== (schoolId == null), {
    message: 'names either a region or a school',
  })
  .transform(({ base, regionCode, schoolId, ...rest }) => ({
    ...rest,
    regionCode: regionCode ?? null,
    schoolId: schoolId ?? null,
    baseCents: base,
  }));

async function bodyOf(
  { regionCode, schoolId }: { regionCode: string | null; schoolId: string | null },
  unit: Unit,
): Promise<PlanningBody | null> {
  if (regionCode !== null) return { regionCode, schoolId: null, sector: null };
  const school = await unit.findById(schools, schoolId ?? '');
  if (school === null) return null;
  return { regionCode: school.regionCode, schoolId, sector: school.sector as Sector };
}

export const draftAnnualPlanCommand = defineCommand({
  name: 'draftAnnualPlan',
  input: draftInput,
  gather: async (input, unit) => {
    const body = await bodyOf(input, unit);
    if (body === null) return notFound('school', input.schoolId ?? '', ['schoolId']);
    return { body, known: await unit.findById(annualPlans, annualPlanId(body, input.year)) };
  },
  scope: ({ body: { regionCode, schoolId } }) => ({ regionCode, schoolId }),
  decide: (input, { body, known }, { now, caller }) =>
    takePlanStep(
      { command: 'draftAnnualPlan' },
      { ...body, state: known?.state ?? null },
      { actor: actorOf(caller), now },
      contentFaults(input, body),
    ),
  record: (step, { body, known }, unit, input): AnnualPlanRow => {
    const { items, budget, baseCents, evidence, year } = input;
    const content = { items, budget, baseCents, evidence };
    if (known !== null) return recordStep(unit, known, step, content);
    const row: AnnualPlanRow = {
      _id: annualPlanId(body, year),
      ...body,
      superiorRegionCode: superiorOf(body),
      year,
      ...content,
      state: step.to,
      filings: 0,
      receipt: null,
      filedAt: null,
      late: false,
      funding: null,
      flaggedBelow: false,
      policyVersion: null,
      steps: [step],
    };
    unit.insert(annualPlans, row);
    return row;
  },
  stream: (_facts, _outcome, { _id }) => _id,
});

function recordStep(
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

async function gatherPlan(
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

const scopeOf = ({ plan: { regionCode, schoolId } }: PlanFacts) => ({ regionCode, schoolId });
const stepInput = z.strictObject({ planId: id });

export const fileAnnualPlanCommand = defineCommand({
  name: 'fileAnnualPlan',
  input: stepInput,
  gather: gatherPlan,
  scope: scopeOf,
  decide: (_input, { plan, today, policy: { figures } }, { now, caller }) =>
    fileAnnualPlan(
      { plan, today, figures, dueOn: `${plan.year}-${figures.annualPlanDeadlineMonthDay}` },
      { actor: actorOf(caller), now },
    ),
  record: ({ step, late, funding }, { plan, policy }, unit): AnnualPlanRow => {
    const filings = plan.filings + 1;
    const receipt = `BA-${plan.year}-${bodyId(plan)}-${filings}`;
    const base = fundingFloorOf(plan, policy.figures).base;
    for (const regionCode of regionPath(plan.regionCode)) {
      rollUp(unit, { year: plan.year, regionCode, base }, { before: plan.funding, now: funding });
    }
    const _id = bodyId(plan);
    unit.upsert(planningBodies, { _id }, { $addToSet: { filedYears: plan.year } });
    if (plan.superiorRegionCode !== null) {
      unit.notify({
        notice: notices.ANNUAL_PLAN_FILED,
        to: { regionCode: plan.superiorRegionCode },
        subject: plan._id,
        figures: { body: _id, year: plan.year, receipt },
      });
    }
    return recordStep(unit, plan, step, {
      filings,
      receipt,
      filedAt: unit.now,
      late,
      funding,
      flaggedBelow: plan.flaggedBelow || funding.below,
      policyVersion: policy.versionId,
    });
  },
  stream: ({ plan }) => plan._id,
  policyVersion: ({ policy }) => policy.versionId,
});

/** Puts what was filed in the place of what the same plan had filed before. */
function rollUp(
  unit: Unit,
  key: { readonly year: number; readonly regionCode: string; readonly base: string },
  { before, now }: { readonly before: Funding | null; readonly now: Funding },
): void {
  const more = (name: 'baseCents' | 'requiredCents' | 'plannedCents' | 'gapCents') =>
    now[name] - (before?.[name] ?? 0);
  unit.upsert(
    fundingRollups,
    { _id: `${key.year}/${key.regionCode}/${key.base}` },
    {
      $set: key,
      $inc: {
        plansCount: before === null ? 1 : 0,
        belowCount: Number(now.below) - Number(before?.below ?? false),
        baseCents: more('baseCents'),
        requiredCents: more('requiredCents'),
        plannedCents: more('plannedCents'),
        gapCents: more('gapCents'),
      },
    },
  );
}

function verdictCommand(name: 'acceptAnnualPlan' | 'returnAnnualPlan') {
  return defineCommand({
    name,
    input: z.strictObject({
      planId: id,
      reason: text(2000)
        .nullish()
        .transform((value) => value ?? null),
    }),
    gather: gatherPlan,
    // The superior's say: a school's own grants don't count here.
    scope: ({ plan }: PlanFacts) => ({ regionCode: plan.regionCode }),
    decide: ({ reason }, { plan }, { now, caller }) =>
      takePlanStep({ command: name, reason }, plan, { actor: actorOf(caller), now }),
    record: (step, { plan }, unit): AnnualPlanRow => {
      const { schoolId, regionCode, year } = plan;
      const figures = { year, receipt: plan.receipt ?? '', reason: step.reason ?? '' };
      unit.notify({
        notice:
          name === 'acceptAnnualPlan' ? notices.ANNUAL_PLAN_ACCEPTED : notices.ANNUAL_PLAN_RETURNED,
        to: schoolId === null ? { regionCode } : { schoolId },
        subject: plan._id,
        figures,
      });
      return recordStep(unit, plan, step);
    },
    stream: ({ plan }) => plan._id,
  });
}

export const acceptAnnualPlanCommand = verdictCommand('acceptAnnualPlan');
export const returnAnnualPlanCommand = verdictCommand('returnAnnualPlan');
