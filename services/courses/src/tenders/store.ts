import type { CivilDate } from '@shixun/kernel';
import { defineCollection } from '@shixun/runtime';
import type { BidContent, BidState, Criterion, RankedBid, Sheet, TenderState } from './tender.ts';

/** 招标 of one project. */
export type TenderRow = {
  readonly _id: string;
  readonly projectId: string;
  readonly ownerRegionCode: string;
  readonly regionPath: readonly string[];
  readonly state: TenderState;
  readonly announcedAt: Date;
  readonly closesAt: Date;
  /** The public key to which bids are sealed; the private one is kept nowhere. */
  readonly bidKey: string;
  readonly budgetCeilingCents: number | null;
  readonly requirements: string;
  readonly criteria: readonly Criterion[];
  readonly gradeWeightPercent: number;
  readonly reviewersMin: number;
  readonly reviewerIds: readonly string[];
  readonly openedAt: Date | null;
  readonly awardedAt: Date | null;
  readonly awardReason: string | null;
  /** Last day for objections. */
  readonly objectionsThrough: CivilDate | null;
  /** Published with the award. */
  readonly ranking: readonly RankedBid[];
  readonly policyVersion: string;
  /** Counts bids handed in, so that one that comes while bids are opened meets a changed row. */
  readonly bidsTaken: number;
};

export type BidRow = {
  readonly _id: string;
  readonly tenderId: string;
  readonly institutionId: string;
  readonly state: BidState;
  readonly sealed: string;
  readonly submittedAt: Date;
  readonly number: number | null;
  readonly content: BidContent | null;
  readonly fault: string | null;
};

export type SheetRow = Sheet & {
  readonly _id: string;
  readonly tenderId: string;
  readonly bidId: string;
  readonly remarks: string;
  readonly at: Date;
};

export type ObjectionRow = {
  readonly _id: string;
  readonly tenderId: string;
  readonly institutionId: string;
  readonly grounds: string;
  readonly state: 'open' | 'upheld' | 'dismissed';
  readonly madeAt: Date;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
};

export const tenders = defineCollection<TenderRow>(
  'tenders',
  {
    projectId: String,
    ownerRegionCode: String,
    regionPath: [String],
    state: String,
    announcedAt: Date,
    closesAt: Date,
    bidKey: String,
    budgetCeilingCents: { type: Number, default: null },
    requirements: String,
    criteria: [
      { _id: false, code: String, titleZh: String, titleEn: String, weightPercent: Number },
    ],
    gradeWeightPercent: Number,
    reviewersMin: Number,
    reviewerIds: [String],
    openedAt: { type: Date, default: null },
    awardedAt: { type: Date, default: null },
    awardReason: { type: String, default: null },
    objectionsThrough: { type: String, default: null },
    ranking: [Object],
    policyVersion: String,
    bidsTaken: Number,
  },
  [
    { keys: { projectId: 1, _id: 1 } },
    { keys: { regionPath: 1, _id: -1 } },
    { keys: { regionPath: 1, state: 1, _id: -1 } },
    { keys: { reviewerIds: 1, _id: -1 } },
  ],
);

export const bids = defineCollection<BidRow>(
  'bids',
  {
    tenderId: String,
    institutionId: String,
    state: String,
    sealed: String,
    submittedAt: Date,
    number: { type: Number, default: null },
    content: { type: Object, default: null },
    fault: { type: String, default: null },
  },
  [
    { keys: { tenderId: 1, institutionId: 1 }, unique: true },
    { keys: { institutionId: 1, _id: -1 } },
  ],
);

export const sheets = defineCollection<SheetRow>(
  'bid_sheets',
  {
    tenderId: String,
    bidId: String,
    reviewerId: String,
    points: [{ _id: false, criterion: String, pointsCenti: Number }],
    remarks: String,
    at: Date,
  },
  [{ keys: { tenderId: 1, reviewerId: 1 } }, { keys: { bidId: 1, reviewerId: 1 }, unique: true }],
);

export const objections = defineCollection<ObjectionRow>(
  'tender_objections',
  {
    tenderId: String,
    institutionId: String,
    grounds: String,
    state: String,
    madeAt: Date,
    decidedAt: { type: Date, default: null },
    reason: { type: String, default: null },
  },
  [{ keys: { tenderId: 1, institutionId: 1 } }],
);
