import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { TenderState } from './tender.ts';

export type ReviewerFacts = {
  readonly tender: { readonly state: TenderState; readonly reviewerIds: readonly string[] };
  readonly reviewerId: string;
  /** The expert as the registry last told it; null when it knows none. */
  readonly expert: {
    readonly inPool: boolean;
    readonly institutionId: string | null;
  } | null;
  readonly bids: readonly {
    readonly number: number;
    readonly institutionId: string;
    readonly trainerIds: readonly string[];
  }[];
  /** Institutions in whose classes the expert taught in the years the policy looks back. */
  readonly taughtFor: ReadonlySet<string>;
};

/** Appoints an expert of the pool without a tie to any bidder; every tie that is found is named. [CRS-02] */
export function appointReviewer(facts: ReviewerFacts): Decision<string> {
  const { tender, reviewerId, expert } = facts;
  const faults: Fault[] = [];
  if (tender.state !== 'opened') {
    const figures = { required: 'opened', actual: tender.state };
    faults.push(fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures));
  }
  if (tender.reviewerIds.includes(reviewerId)) {
    faults.push(fault(codes.REVIEWER_APPOINTED, ['reviewerId']));
  }
  if (expert?.inPool !== true) faults.push(fault(codes.REVIEWER_NOT_IN_POOL, ['reviewerId']));
  for (const { number, tie } of tiesOf(facts)) {
    faults.push(fault(codes.REVIEWER_TIED, ['reviewerId'], { bid: number, tie }));
  }
  return decide(faults, () => reviewerId);
}

function tiesOf({ reviewerId, expert, bids, taughtFor }: ReviewerFacts) {
  return bids.flatMap(({ number, institutionId, trainerIds }) => {
    const ties: string[] = [];
    if (expert !== null && expert.institutionId === institutionId)
      ties.push('works there 在其任职');
    if (trainerIds.includes(reviewerId)) ties.push('member of its team 为其团队成员');
    if (taughtFor.has(institutionId)) ties.push('taught in its classes 近年为其授课');
    return ties.map((tie) => ({ number, tie }));
  });
}
