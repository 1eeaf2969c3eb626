import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { Adjustment } from './adjust.ts';
import { type MembershipState, termEnd } from './expert.ts';

/** A trainer in the pool of a region, from nomination to the end of the term. */
export type PoolMembershipRow = RowBase & {
  readonly trainerId: string;
  readonly regionCode: string;
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly stages: readonly string[];
  /** Comes from another province than the pool's. */
  readonly outOfProvince: boolean;
  readonly grounds: string;
  readonly nominatedBy: string;
  readonly state: MembershipState;
  readonly admittedOn: CivilDate | null;
  readonly termEndsOn: CivilDate | null;
  /** Why it was refused or ended. */
  readonly reason: string | null;
  /** The last year for which an adjustment was proposed. */
  readonly adjustedYear: number;
};

export const poolMemberships = defineCollection<PoolMembershipRow>(
  'pool_memberships',
  {
    trainerId: { type: String, required: true },
    regionCode: { type: String, required: true },
    kind: { type: String, required: true },
    subjects: { type: [String], required: true },
    stages: { type: [String], required: true },
    outOfProvince: { type: Boolean, required: true },
    grounds: { type: String, required: true },
    nominatedBy: { type: String, required: true },
    state: { type: String, required: true },
    admittedOn: { type: String, default: null },
    termEndsOn: { type: String, default: null },
    reason: { type: String, default: null },
    adjustedYear: { type: Number, required: true },
  },
  [
    { keys: { trainerId: 1, state: 1 } },
    { keys: { state: 1, regionCode: 1, _id: 1 } },
    { keys: { state: 1, subjects: 1, regionCode: 1, _id: 1 } },
    { keys: { state: 1, kind: 1, regionCode: 1, _id: 1 } },
    { keys: { state: 1, stages: 1, regionCode: 1, _id: 1 } },
    { keys: { state: 1, outOfProvince: 1, regionCode: 1, _id: 1 } },
    { keys: { state: 1, termEndsOn: 1 } },
    { keys: { state: 1, adjustedYear: 1, _id: 1 } },
  ],
);

/** Puts a trainer into a pool for a term, as a review that admits does. For loaders. */
export function recordExpert(
  unit: Unit,
  expert: Pick<
    PoolMembershipRow,
    '_id' | 'trainerId' | 'regionCode' | 'kind' | 'subjects' | 'stages' | 'outOfProvince'
  >,
  { admittedOn, termYears }: { readonly admittedOn: CivilDate; readonly termYears: number },
): void {
  unit.insert(poolMemberships, {
    ...expert,
    grounds: '',
    nominatedBy: '',
    state: 'admitted',
    admittedOn,
    termEndsOn: termEnd(admittedOn, termYears),
    reason: null,
    // The year of admission is not adjusted: it has not been a whole one.
    adjustedYear: Number(admittedOn.slice(0, 4)),
  });
}

/** What a bureau recorded about an expert in a year; the id is trainer and year. */
export type ExpertYearRow = RowBase & {
  readonly trainerId: string;
  readonly year: number;
  readonly ratingCenti: number | null;
  readonly breaches: number;
};

export const expertYears = defineCollection<ExpertYearRow>(
  'expert_years',
  {
    trainerId: { type: String, required: true },
    year: { type: Number, required: true },
    ratingCenti: { type: Number, default: null },
    breaches: { type: Number, default: 0 },
  },
  [],
);

/** A line of the yearly adjustment; the id is membership and year, so a year proposes once. */
export type PoolAdjustmentRow = RowBase &
  Adjustment & {
    readonly membershipId: string;
    readonly trainerId: string;
    readonly regionCode: string;
    readonly year: number;
    readonly state: 'proposed' | 'confirmed' | 'rejected';
    readonly reason: string | null;
  };

export const poolAdjustments = defineCollection<PoolAdjustmentRow>(
  'pool_adjustments',
  {
    membershipId: { type: String, required: true },
    trainerId: { type: String, required: true },
    regionCode: { type: String, required: true },
    year: { type: Number, required: true },
    proposal: { type: String, required: true },
    reasons: { type: [Object], required: true },
    state: { type: String, required: true },
    reason: { type: String, default: null },
  },
  [
    { keys: { year: 1, regionCode: 1, _id: 1 } },
    { keys: { year: 1, proposal: 1, regionCode: 1, _id: 1 } },
  ],
);
