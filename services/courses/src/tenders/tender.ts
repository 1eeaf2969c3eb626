import type { Instant } from '@shixun/kernel';

/** The stations of a tender 招投标, in order. `opened`: bids are open and experts score them. [CRS-02] */
export const tenderStates = ['announced', 'opened', 'awarded', 'closed', 'abandoned'] as const;
export type TenderState = (typeof tenderStates)[number];

/** One thing that experts give points for; the weights of all of them and of the last grade sum to 100. */
export type Criterion = {
  readonly code: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly weightPercent: number;
};

/** What a bid says, once it is open. */
export type BidContent = {
  readonly priceCents: number;
  readonly proposal: string;
  /** Trainers of the bid: none of them may score it. */
  readonly trainerIds: readonly string[];
};

/** Room for a proposal of 20,000 characters and its team; what is longer is refused unread. */
export const sealedBidMaxBytes = 128 * 1024;

/** `sealed` until the tender closes; `invalid` when it could not be read then. */
export type BidState = 'sealed' | 'withdrawn' | 'open' | 'invalid';

export type Grade = 'A' | 'B' | 'C' | 'D';

/** Points of one reviewer for one bid, each in hundredths of a point of 0 to 100. */
export type Sheet = {
  readonly reviewerId: string;
  readonly points: readonly { readonly criterion: string; readonly pointsCenti: number }[];
};

/** A bid as the ranking sees it. */
export type ScoredBid = {
  readonly bidId: string;
  readonly number: number;
  readonly institutionId: string;
  readonly priceCents: number;
  readonly submittedAt: Instant;
  readonly sheets: readonly Sheet[];
  /** The institution's last published grade; null when it has none yet. */
  readonly grade: Grade | null;
  /** Why the bid can't win although it is open: its institution is not covered any more. */
  readonly excluded: string | null;
};

/** One line of the published ranking. */
export type RankedBid = {
  readonly bidId: string;
  readonly number: number;
  readonly institutionId: string;
  /** 1 is the best; null for an excluded bid. */
  readonly rank: number | null;
  readonly totalCenti: number;
  readonly priceCents: number;
  readonly sheets: number;
  readonly grade: Grade | null;
  readonly components: readonly {
    readonly criterion: string;
    readonly pointsCenti: number;
    readonly weightPercent: number;
  }[];
  readonly excluded: string | null;
};
