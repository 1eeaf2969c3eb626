import { type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import {
  type Candidate,
  type CommissionedProject,
  commissionFaults,
} from '../projects/commission.ts';
import { codes } from './refusals.ts';
import { type BidState, sealedBidMaxBytes, type TenderState } from './tender.ts';

export type SubmitBid = {
  readonly tenderId: string;
  readonly institutionId: string;
  readonly sealedBid: string;
};

export type BidFacts = {
  readonly tender: { readonly state: TenderState; readonly closesAt: Instant };
  readonly project: CommissionedProject;
  readonly bidder: Candidate;
};

/**
 * Takes a sealed bid until the closing time; a later one replaces an earlier. The bidder is qualified for the whole
 * project [REG-08] and, if it is a university, bids as one. [REG-17, CRS-02]
 */
export function submitBid(
  command: SubmitBid,
  { tender, project, bidder }: BidFacts,
  now: Instant,
): Decision<{ readonly sealed: string; readonly submittedAt: Instant }> {
  const faults = [...openForBids(tender, now), ...commissionFaults(project, bidder)];
  if (command.sealedBid.length > sealedBidMaxBytes) {
    const figures = { required: sealedBidMaxBytes, actual: command.sealedBid.length };
    faults.push(fault(codes.BID_TOO_LONG, ['sealedBid'], figures));
  }
  return decide(faults, () => ({ sealed: command.sealedBid, submittedAt: now }));
}

/** Takes a bid back, as long as it could still be replaced. */
export function withdrawBid(
  tender: BidFacts['tender'],
  bid: { readonly state: BidState } | null,
  now: Instant,
): Decision<'withdrawn'> {
  const faults = [...openForBids(tender, now)];
  if (bid === null || bid.state !== 'sealed') {
    faults.push(fault(codes.BID_MISSING, ['institutionId']));
  }
  return decide(faults, () => 'withdrawn');
}

/** Bids are taken while the tender is announced and before its closing time; at that instant no more. */
function openForBids({ state, closesAt }: BidFacts['tender'], now: Instant): readonly Fault[] {
  if (state !== 'announced') {
    const figures = { required: 'announced', actual: state };
    return [fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures)];
  }
  if (now < closesAt) return [];
  const figures = { required: closesAt.toISOString(), actual: now.toISOString() };
  return [fault(codes.TENDER_CLOSED_FOR_BIDS, ['tenderId'], figures)];
}
