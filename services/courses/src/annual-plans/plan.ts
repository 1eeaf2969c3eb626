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
  'amendAnnualPlan',
  'discardAnnualPlanAmendment',
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
  /** True: only where an accepted version stands, which a new one is to follow. */
  readonly amending?: boolean;
};

export const annualPlanTransitions: readonly Transition[] = [
  { command: 'draftAnnualPlan', from: [null, 'drafted', 'returned'], to: 'drafted', by: 'body' },
  {
    command: 'amendAnnualPlan',
    from: ['accepted'],
    to: 'drafted',
    by: 'body',
    needsReason: true,
    amending: true,
  },
  {
    command: 'discardAnnualPlanAmendment',
    from: ['drafted', 'returned'],
    to: 'accepted',
    by: 'body',
    amending: true,
  },
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

/** Where a plan stands; `amends` when an accepted version holds beside the one that is written or filed. */
export type PlanStanding = PlanningBody & {
  readonly state: AnnualPlanState | null;
  readonly amends?: boolean;
};
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
  if (!isNext(transition, plan)) {
    const required = transition.from.map((state) => state ?? 'none').join(' / ');
    const figures = { required, actual: plan.state ?? 'none' };
    const code = transition.from.includes(plan.state)
      ? codes.ANNUAL_PLAN_NOT_AMENDED
      : codes.ANNUAL_PLAN_STEP_NOT_NEXT;
    faults.push(fault(code, ['planId'], figures));
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
    .filter((row) => isNext(row, plan))
    .map((row) => ({ command: row.command, role: roleFor(row, plan) }));
}

function isNext({ from, amending }: Transition, { state, amends = false }: PlanStanding): boolean {
  return from.includes(state) && (amending !== true || state === 'accepted' || amends);
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

/** Faults of an amendment that leaves everything as it was accepted. [PLN-03] */
export function amendmentFaults(
  content: AnnualPlanContent,
  accepted: AnnualPlanContent | null,
): readonly Fault[] {
  if (accepted === null || said(content) !== said(accepted)) return [];
  return [fault(codes.ANNUAL_PLAN_AMENDMENT_EMPTY, ['items'])];
}

function said({ items, budget, baseCents, evidence }: AnnualPlanContent): string {
  const projects = items.map(({ code, title, stage, subject, audience, places, hoursCenti }) => [
    ...[code, title, stage, subject, audience, places, hoursCenti],
  ]);
  const lines = budget.map(({ title, amountCents }) => [title, amountCents]);
  return JSON.stringify([projects.toSorted(), lines, baseCents, evidence]);
}

export function plannedPlacesOf({ items }: Pick<AnnualPlanContent, 'items'>): number {
  return items.reduce((sum, { places }) => sum + places, 0);
}

export function plannedCentsOf({ budget }: Pick<AnnualPlanContent, 'budget'>): number {
  return budget.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

export type FilingFacts = {
  readonly plan: PlanStanding &
    AnnualPlanContent & {
      readonly flaggedBelow: boolean;
      /** The version that holds while an amendment is on its way. */
      readonly accepted?: AnnualPlanContent | null;
      readonly late?: boolean;
    };
  readonly dueOn: CivilDate;
  readonly today: CivilDate;
  readonly figures: FundingFigures;
};

export type PlanFiled = {
  readonly step: PlanStep;
  readonly late: boolean;
  readonly funding: ReturnType<typeof fundingOf>;
};

/**
 * Files a plan or its amendment 备案 with the superior. Below its funding floor it is filed all the same, and flagged
 * when it was not below before. [PLN-03, PLN-04]
 */
export function fileAnnualPlan(facts: FilingFacts, asked: Asked): Decision<PlanFiled> {
  const { plan, figures } = facts;
  const accepted = plan.accepted ?? null;
  const others = amendmentFaults(plan, accepted);
  const decision = takePlanStep({ command: 'fileAnnualPlan' }, plan, asked, others);
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
  // An amendment has no deadline: the plan itself was in time or was not.
  const late = accepted === null ? facts.today > facts.dueOn : (plan.late ?? false);
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
