/** The life of a yearly training plan 年度培训计划 as one table: commands obey it, clients read it. [PLN-03] */
import {
  type CivilDate,
  centiText,
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
} from '@shixun/kernel';
import type { Actor } from '../projects/owner.ts';
import {
  bureauRole,
  isBody,
  isBureau,
  type PlanningBody,
  sectorOfStage,
  sectorsOfBody,
  superiorOf,
} from './body.ts';
import { type FundingFigures, fundingFloorOf, fundingOf } from './funding.ts';
import { codes } from './refusals.ts';

export type AnnualPlanState = 'drafted' | 'filed' | 'returned' | 'accepted';

export const annualPlanCommands = [
  'draftAnnualPlan',
  'fileAnnualPlan',
  'returnAnnualPlan',
  'acceptAnnualPlan',
] as const;
export type AnnualPlanCommand = (typeof annualPlanCommands)[number];

type Transition = {
  readonly command: AnnualPlanCommand;
  /** Null: there is no plan yet. */
  readonly from: readonly (AnnualPlanState | null)[];
  readonly to: AnnualPlanState;
  readonly by: 'body' | 'superior';
  readonly needsReason?: boolean;
};

export const annualPlanTransitions: readonly Transition[] = [
  { command: 'draftAnnualPlan', from: [null, 'drafted', 'returned'], to: 'drafted', by: 'body' },
  { command: 'fileAnnualPlan', from: ['drafted'], to: 'filed', by: 'body' },
  {
    command: 'returnAnnualPlan',
    from: ['filed'],
    to: 'returned',
    by: 'superior',
    needsReason: true,
  },
  { command: 'acceptAnnualPlan', from: ['filed'], to: 'accepted', by: 'superior' },
];

export type PlanStep = {
  readonly command: AnnualPlanCommand;
  readonly from: AnnualPlanState | null;
  readonly to: AnnualPlanState;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
};

export type PlanStanding = PlanningBody & { readonly state: AnnualPlanState | null };
export type Asked = { readonly actor: Actor; readonly now: Instant };

/** Takes the next step, or names everything that speaks against it; `others` follow in the list. */
export function takePlanStep(
  { command, reason }: { readonly command: AnnualPlanCommand; readonly reason?: string | null },
  plan: PlanStanding,
  { actor, now }: Asked,
  others: readonly Fault[] = [],
): Decision<PlanStep> {
  const transition = annualPlanTransitions.find((row) => row.command === command);
  if (transition === undefined) throw new Error(`${command} is in no row of the table`);
  const faults: Fault[] = [];
  if (!transition.from.includes(plan.state)) {
    const required = transition.from.map((state) => state ?? 'none').join(' / ');
    const figures = { required, actual: plan.state ?? 'none' };
    faults.push(fault(codes.ANNUAL_PLAN_STEP_NOT_NEXT, ['planId'], figures));
  }
  if (!actsFor(transition, actor, plan)) {
    const required = roleFor(transition, plan);
    faults.push(fault(codes.ANNUAL_PLAN_STEP_OF_OTHERS, ['planId'], { required }));
  }
  const why = reason?.trim() ? reason.trim() : null;
  if (transition.needsReason === true && why === null) {
    faults.push(fault(codes.ANNUAL_PLAN_REASON_MISSING, ['reason']));
  }
  // Nobody on the platform is above a province: what it files stands.
  const to = transition.to === 'filed' && superiorOf(plan) === null ? 'accepted' : transition.to;
  const step = { command, from: plan.state, to, by: actor.subject, at: now, reason: why };
  return decide([...faults, ...others], () => step);
}

/** What can be done with a plan as it stands, and by whom, read from the table. */
export function nextPlanActions(plan: PlanStanding) {
  return annualPlanTransitions
    .filter(({ from }) => from.includes(plan.state))
    .map((row) => ({ command: row.command, role: roleFor(row, plan) }));
}

function actsFor({ by }: Transition, actor: Actor, plan: PlanningBody): boolean {
  return by === 'body' ? isBody(actor, plan) : isBureau(actor, superiorOf(plan));
}

function roleFor({ by }: Transition, plan: PlanningBody): string {
  if (by === 'superior') return bureauRole(superiorOf(plan) ?? plan.regionCode);
  return plan.schoolId === null ? bureauRole(plan.regionCode) : 'SchoolAdmin';
}

/** One project that a body intends. */
export type PlannedItem = {
  readonly code: string;
  readonly title: string;
  readonly stage: string;
  readonly subject: string;
  readonly audience: string;
  readonly places: number;
  readonly hoursCenti: number;
};

export type BudgetLine = { readonly title: string; readonly amountCents: number };

export type AnnualPlanContent = {
  readonly items: readonly PlannedItem[];
  readonly budget: readonly BudgetLine[];
  /** Payroll or public-funds budget of the year. */
  readonly baseCents: number;
  /** The document that declares it. */
  readonly evidence: string;
};

/** What is wrong with what a plan says. A level that a sector does not have plans nothing in it. [REG-02] */
export function contentFaults(
  { items, baseCents }: AnnualPlanContent,
  body: PlanningBody,
): readonly Fault[] {
  const sectors = sectorsOfBody(body);
  const faults: Fault[] = items.flatMap(({ stage }, index) => {
    const actual = sectorOfStage(stage);
    if (sectors.includes(actual)) return [];
    const path = ['items', String(index), 'stage'];
    const figures = { required: sectors.join(', '), actual };
    return [fault(codes.ANNUAL_PLAN_SECTOR_WITHOUT_LEVEL, path, figures)];
  });
  if (items.length === 0) faults.push(fault(codes.ANNUAL_PLAN_EMPTY, ['items']));
  for (const [index, { code }] of items.entries()) {
    if (items.findIndex((other) => other.code === code) === index) continue;
    const path = ['items', String(index), 'code'];
    faults.push(fault(codes.ANNUAL_PLAN_ITEM_REPEATED, path, { actual: code }));
  }
  if (baseCents <= 0) {
    const figures = { actual: centiText(baseCents) };
    faults.push(fault(codes.ANNUAL_PLAN_BASE_MISSING, ['base'], figures));
  }
  return faults;
}

export function plannedCentsOf({ budget }: Pick<AnnualPlanContent, 'budget'>): number {
  return budget.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

export type FilingFacts = {
  readonly plan: PlanStanding & AnnualPlanContent & { readonly flaggedBelow: boolean };
  readonly dueOn: CivilDate;
  readonly today: CivilDate;
  readonly figures: FundingFigures;
};

export type PlanFiled = {
  readonly step: PlanStep;
  readonly late: boolean;
  readonly funding: ReturnType<typeof fundingOf>;
};

/** Files a plan 备案 with the superior; below its funding floor it is filed all the same, and flagged once. [PLN-04] */
export function fileAnnualPlan(facts: FilingFacts, asked: Asked): Decision<PlanFiled> {
  const { plan, figures } = facts;
  const decision = takePlanStep({ command: 'fileAnnualPlan' }, plan, asked);
  if (!decision.accepted) return decision;
  const floor = fundingFloorOf(plan, figures);
  const funding = fundingOf(plan.baseCents, plannedCentsOf(plan), floor);
  const flags =
    funding.below && !plan.flaggedBelow
      ? [
          fault(codes.FUNDING_BELOW_FLOOR, ['budget'], {
            required: centiText(funding.requiredCents),
            actual: centiText(funding.plannedCents),
            base: centiText(funding.baseCents),
            gap: centiText(funding.gapCents),
          }),
        ]
      : [];
  const late = facts.today > facts.dueOn;
  return decide([], () => ({ step: decision.outcome, late, funding }), flags);
}

/** The flag of a project that is opened although its owner's plan of the year is not accepted. [PLN-03] */
export function unplannedFlags(
  state: AnnualPlanState | null,
  { regionCode, year }: { readonly regionCode: string; readonly year: number },
): readonly Fault[] {
  if (state === 'accepted') return [];
  const figures = { required: 'accepted', actual: state ?? 'none', region: regionCode, year };
  return [fault(codes.PROJECT_WITHOUT_ACCEPTED_PLAN, ['projectId'], figures)];
}
