/** Writing a yearly plan, and writing an accepted one anew. [PLN-03] */
import { centiFrom } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { schools } from '../projections/schools.ts';
import { actorOf } from '../projects/commands.ts';
import { hoursCenti, id } from '../projects/input.ts';
import type { Sector } from '../projects/project.ts';
import { annualPlanId, type PlanningBody, superiorOf } from './body.ts';
import { gatherPlan, recordStep, scopeOf, standingOf, stepInput } from './commands-filing.ts';
import { isBureauRegion } from './funding.ts';
import { contentFaults, takePlanStep } from './plan.ts';
import { type AnnualPlanRow, annualPlans } from './store.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
/** A decimal of yuan, kept as fen. */
const cents = z
  .string()
  .transform((written) => centiFrom(written) ?? -1)
  .pipe(z.int().min(0));

/** What a plan says, as the mutations take it. */
const contentInput = {
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
};

const draftInput = z
  .strictObject({
    regionCode: z.string().refine(isBureauRegion).nullish(),
    schoolId: id.nullish(),
    year: z.int().min(2000).max(2100),
    ...contentInput,
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
      counted: null,
      flaggedBelow: false,
      accepted: null,
      amendmentReason: null,
      policyVersion: null,
      steps: [step],
    };
    unit.insert(annualPlans, row);
    return row;
  },
  stream: (_facts, _outcome, { _id }) => _id,
});

/** Writes an accepted plan anew; what was accepted holds until the superior accepts the amendment. [PLN-03] */
export const amendAnnualPlanCommand = defineCommand({
  name: 'amendAnnualPlan',
  input: z
    .strictObject({ planId: id, reason: text(2000), ...contentInput })
    .transform(({ base, ...rest }) => ({ ...rest, baseCents: base })),
  gather: gatherPlan,
  scope: scopeOf,
  decide: (input, { plan }, { now, caller }) =>
    takePlanStep(
      { command: 'amendAnnualPlan', reason: input.reason },
      standingOf(plan),
      { actor: actorOf(caller), now },
      contentFaults(input, plan),
    ),
  record: (step, { plan }, unit, { items, budget, baseCents, evidence }): AnnualPlanRow => {
    const content = { items, budget, baseCents, evidence };
    return recordStep(unit, plan, step, { ...content, amendmentReason: step.reason });
  },
  stream: ({ plan }) => plan._id,
});

/** Drops an amendment that is not filed: the plan is what was accepted. */
export const discardAnnualPlanAmendmentCommand = defineCommand({
  name: 'discardAnnualPlanAmendment',
  input: stepInput,
  gather: gatherPlan,
  scope: scopeOf,
  decide: (_input, { plan }, { now, caller }) =>
    takePlanStep({ command: 'discardAnnualPlanAmendment' }, standingOf(plan), {
      ...{ actor: actorOf(caller), now },
    }),
  record: (step, { plan }, unit): AnnualPlanRow => {
    if (plan.accepted === null) throw new Error('an amendment follows an accepted version');
    const { items, budget, baseCents, evidence, receipt, filedAt } = plan.accepted;
    const content = { items, budget, baseCents, evidence, receipt, filedAt };
    return recordStep(unit, plan, step, { ...content, amendmentReason: null });
  },
  stream: ({ plan }) => plan._id,
});
