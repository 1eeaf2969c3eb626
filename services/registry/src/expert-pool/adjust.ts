/**
 * The yearly dynamic adjustment 动态调整 of a pool: for each expert a proposal to keep or to remove, with the reasons;
 * the bureau confirms each line. [REG-10]
 */
import {
  centiText,
  type Decision,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type ExpertYear = {
  /** Sessions given in the year, as courses told them. */
  readonly sessions: number;
  /** Rating of the year in hundredths of a point; null when nobody gave one. */
  readonly ratingCenti: number | null;
  /** Breaches of discipline that a bureau recorded in the year. */
  readonly breaches: number;
};

export type AdjustmentReason = {
  readonly ground: 'rating' | 'workload' | 'discipline';
  readonly required: string;
  readonly actual: string;
};
export type Adjustment = {
  readonly proposal: 'keep' | 'remove';
  readonly reasons: readonly AdjustmentReason[];
};

/** Each of the three grounds is enough. Somebody without a rating is not proposed for removal because of it. */
export function proposeAdjustment(
  { sessions, ratingCenti, breaches }: ExpertYear,
  figures: Pick<PolicyFigures, 'poolRatingMinCenti' | 'poolYearlySessionsMin'>,
): Adjustment {
  const { poolRatingMinCenti, poolYearlySessionsMin } = figures;
  const reasons: AdjustmentReason[] = [];
  if (ratingCenti !== null && ratingCenti < poolRatingMinCenti) {
    const required = centiText(poolRatingMinCenti);
    reasons.push({ ground: 'rating', required, actual: centiText(ratingCenti) });
  }
  if (sessions < poolYearlySessionsMin) {
    const required = String(poolYearlySessionsMin);
    reasons.push({ ground: 'workload', required, actual: String(sessions) });
  }
  if (breaches > 0) reasons.push({ ground: 'discipline', required: '0', actual: String(breaches) });
  return { proposal: reasons.length > 0 ? 'remove' : 'keep', reasons };
}

export type AdjustmentDecided = { readonly state: 'confirmed' | 'rejected' };

/** The bureau confirms a line as proposed, or rejects it with a reason. */
export function decideAdjustment(
  { verdict, reason }: { readonly verdict: 'confirmed' | 'rejected'; readonly reason: string },
  { state }: { readonly state: string },
): Decision<AdjustmentDecided> {
  const faults: Fault[] = [];
  if (state !== 'proposed') {
    faults.push(fault(codes.ADJUSTMENT_DECIDED, ['adjustmentId'], { actual: state }));
  }
  if (verdict === 'rejected' && reason === '') {
    faults.push(fault(codes.POOL_REASON_MISSING, ['reason']));
  }
  return decide(faults, () => ({ state: verdict }));
}
