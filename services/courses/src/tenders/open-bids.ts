import { centiFrom, type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import { z } from 'zod';
import { codes } from './refusals.ts';
import type { BidContent, TenderState } from './tender.ts';

/** A sealed bid with what came out of it; `plain` is null when it could not be opened. */
export type BroughtBid = {
  readonly bidId: string;
  /** Digest of the sealed text, which orders the bids. */
  readonly digest: string;
  readonly institutionName: string;
  readonly plain: string | null;
};

export type OpenedBid = {
  readonly bidId: string;
  /** The number under which experts know it: in an order that tells nothing of the bidders. */
  readonly number: number | null;
  readonly content: BidContent | null;
  /** Why it is invalid; null for a bid that counts. */
  readonly fault: string | null;
};

const bidSchema = z.strictObject({
  price: z
    .string()
    .transform((written) => centiFrom(written) ?? -1)
    .pipe(z.int().min(1).max(1_000_000_000_000)),
  proposal: z.string().trim().min(1).max(20_000),
  trainerIds: z.array(z.string().min(1).max(64)).max(100),
});

/** True from the closing time on, that instant included: only then may a key be made at all. [CRS-02] */
export function mayOpen(closesAt: Instant, now: Instant): boolean {
  return now >= closesAt;
}

/** Opens all bids at once, from the closing time on, and gives them numbers. [CRS-02] */
export function openBids(
  tender: {
    readonly state: TenderState;
    readonly closesAt: Instant;
    readonly budgetCeilingCents: number | null;
  },
  bids: readonly BroughtBid[],
  now: Instant,
): Decision<readonly OpenedBid[]> {
  const faults: Fault[] = [];
  if (tender.state !== 'announced') {
    const figures = { required: 'announced', actual: tender.state };
    faults.push(fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures));
  } else if (!mayOpen(tender.closesAt, now)) {
    const figures = { required: tender.closesAt.toISOString(), actual: now.toISOString() };
    faults.push(fault(codes.TENDER_STILL_SEALED, ['tenderId'], figures));
  }
  return decide(faults, () => {
    const opened = inNeutralOrder(bids).map((bid) => read(bid, tender.budgetCeilingCents));
    let number = 0;
    return opened.map((bid) => {
      if (bid.content === null) return { ...bid, number: null };
      number += 1;
      return { ...bid, number };
    });
  });
}

function read(
  { bidId, plain, institutionName }: BroughtBid,
  ceiling: number | null,
): Omit<OpenedBid, 'number'> {
  const invalid = (why: string) => ({ bidId, content: null, fault: why });
  if (plain === null) return invalid('not sealed for this tender by this bidder');
  const parsed = bidSchema.safeParse(asJson(plain));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(`${issue?.path.join('.') || 'content'}: ${issue?.message ?? 'unreadable'}`);
  }
  const { price: priceCents, proposal, trainerIds } = parsed.data;
  if (ceiling !== null && priceCents > ceiling) return invalid('price above the ceiling');
  const content = { priceCents, proposal: withoutName(proposal, institutionName), trainerIds };
  return { bidId, content, fault: null };
}

function asJson(plain: string): unknown {
  try {
    return JSON.parse(plain);
  } catch {
    return null;
  }
}

/** Experts see no institution's name, also where the bidder wrote it into the proposal. [CRS-02] */
function withoutName(proposal: string, name: string): string {
  return name === '' ? proposal : proposal.replaceAll(name, '〔投标人〕');
}

/** By the digest of the sealed text: neither by name nor by time, and the same for everyone who looks. */
function inNeutralOrder(bids: readonly BroughtBid[]): readonly BroughtBid[] {
  return bids.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
}
