import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { Criterion, Sheet, TenderState } from './tender.ts';

export type ScoreBid = {
  readonly tenderId: string;
  readonly number: number;
  readonly points: Sheet['points'];
  readonly remarks: string;
};

export type ScoringFacts = {
  readonly tender: {
    readonly state: TenderState;
    readonly reviewerIds: readonly string[];
    readonly criteria: readonly Criterion[];
  };
  /** Whoever asks, as an expert; null for anybody else. */
  readonly reviewerId: string | null;
  readonly bidId: string | null;
};

/** One reviewer's sheet for one bid: points from 0 to 100 for every criterion; a later sheet replaces it. [CRS-02] */
export function scoreBid(
  { number, points }: ScoreBid,
  { tender, reviewerId, bidId }: ScoringFacts,
): Decision<{ readonly reviewerId: string; readonly bidId: string }> {
  const faults: Fault[] = [];
  if (tender.state !== 'opened') {
    const figures = { required: 'opened', actual: tender.state };
    faults.push(fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures));
  }
  if (reviewerId === null || !tender.reviewerIds.includes(reviewerId)) {
    faults.push(fault(codes.REVIEWER_NOT_APPOINTED, ['tenderId']));
  }
  if (bidId === null) faults.push(fault(codes.SHEET_BID_UNKNOWN, ['number'], { actual: number }));
  const required = tender.criteria.map(({ code }) => code).toSorted();
  const actual = points.map(({ criterion }) => criterion).toSorted();
  if (required.join() !== actual.join()) {
    const figures = { required: required.join(', '), actual: actual.join(', ') || '—' };
    faults.push(fault(codes.SHEET_INCOMPLETE, ['points'], figures));
  }
  return decide(faults, () => ({ reviewerId: reviewerId ?? '', bidId: bidId ?? '' }));
}
