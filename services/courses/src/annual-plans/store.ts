import { defineCollection, type RowBase } from '@shixun/runtime';
import type { Sector } from '../projects/project.ts';
import type { BaseKind, Funding } from './funding.ts';
import type { AnnualPlanContent, AnnualPlanState, PlanStep } from './plan.ts';

/** The version that the superior has accepted; it holds until another is accepted. */
export type AcceptedVersion = AnnualPlanContent & {
  readonly receipt: string;
  readonly filedAt: Date;
  readonly acceptedAt: Date;
};

/** A body's plan of one year. */
export type AnnualPlanRow = RowBase &
  AnnualPlanContent & {
    readonly regionCode: string;
    readonly schoolId: string | null;
    readonly sector: Sector | null;
    /** Region of the bureau that accepts it; null for a province. */
    readonly superiorRegionCode: string | null;
    readonly year: number;
    readonly state: AnnualPlanState;
    /** How often it was filed, and the number of the last filing. */
    readonly filings: number;
    readonly receipt: string | null;
    readonly filedAt: Date | null;
    readonly late: boolean;
    /** As reckoned at the last filing. */
    readonly funding: Funding | null;
    /** What of it the roll-ups count: the first filing, then what is accepted. */
    readonly counted: Counted | null;
    /** Below its funding floor, and flagged, at the last filing. */
    readonly flaggedBelow: boolean;
    readonly accepted: AcceptedVersion | null;
    /** Why the accepted version is to be changed; null when none is on its way. */
    readonly amendmentReason: string | null;
    readonly policyVersion: string | null;
    readonly steps: readonly PlanStep[];
  };

/** True when an accepted version holds beside what is written or filed. */
export function isAmended({ accepted }: Pick<AnnualPlanRow, 'accepted'>): boolean {
  return (accepted ?? null) !== null;
}

/** What one plan adds to the roll-ups. */
export type Counted = { readonly funding: Funding; readonly places: number };

const optional = { type: String, default: null };

export const annualPlans = defineCollection<AnnualPlanRow>(
  'annualPlans',
  {
    regionCode: String,
    schoolId: optional,
    sector: optional,
    superiorRegionCode: optional,
    year: Number,
    state: String,
    items: [Object],
    budget: [Object],
    baseCents: Number,
    evidence: String,
    filings: Number,
    receipt: optional,
    filedAt: { type: Date, default: null },
    late: { type: Boolean, default: false },
    funding: { type: Object, default: null },
    counted: { type: Object, default: null },
    flaggedBelow: { type: Boolean, default: false },
    accepted: { type: Object, default: null },
    amendmentReason: optional,
    policyVersion: optional,
    steps: [Object],
  },
  [
    { keys: { superiorRegionCode: 1, year: 1, state: 1, _id: 1 } },
    { keys: { year: 1, regionCode: 1, _id: 1 } },
  ],
);

/** A bureau or school that makes plans, from the registry; and the years for which it has filed one. */
export type PlanningBodyRow = RowBase & {
  readonly kind: 'bureau' | 'school';
  readonly regionCode: string;
  readonly name: string;
  readonly sector: string | null;
  readonly filedYears?: readonly number[];
};

export const planningBodies = defineCollection<PlanningBodyRow>(
  'planningBodies',
  { kind: String, regionCode: String, name: String, sector: optional, filedYears: [Number] },
  [{ keys: { kind: 1, regionCode: 1, _id: 1 } }],
);

/** Sums over every plan filed in a region and below, by year and base. [PLN-04] */
export type FundingRollupRow = RowBase & {
  readonly year: number;
  readonly regionCode: string;
  readonly base: BaseKind;
  readonly plansCount: number;
  readonly belowCount: number;
  readonly baseCents: number;
  readonly requiredCents: number;
  readonly plannedCents: number;
  readonly gapCents: number;
  /** Places of all items; the denominator of the mandated share. [PLN-07] */
  readonly plannedPlaces?: number;
};

export const fundingRollups = defineCollection<FundingRollupRow>(
  'fundingRollups',
  {
    year: Number,
    regionCode: String,
    base: String,
    plansCount: Number,
    belowCount: Number,
    baseCents: Number,
    requiredCents: Number,
    plannedCents: Number,
    gapCents: Number,
    plannedPlaces: Number,
  },
  [{ keys: { regionCode: 1, year: 1, base: 1 } }],
);
