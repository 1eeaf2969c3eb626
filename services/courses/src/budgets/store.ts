import type { BudgetCategory, CivilDate } from '@shixun/kernel';
import { defineCollection } from '@shixun/runtime';
import type { BudgetLine } from './budget.ts';
import type { ReallocationState } from './reallocate.ts';

/** Where a row of a project's money belongs, for lists of a region's subtree and for whom they are. */
type Place = {
  readonly ownerRegionCode: string;
  readonly regionPath: readonly string[];
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  readonly year: number;
};

/** 项目预算; its id is the project's. Amounts are fen. */
export type BudgetRow = Place & {
  readonly _id: string;
  readonly lines: readonly BudgetLine[];
  readonly plannedCents: number;
  readonly spentCents: number;
  readonly unspentCents: number;
  /** What of it stands in the region's tally as planned, by line: nothing before approval. */
  readonly counted: Readonly<Partial<Record<BudgetCategory, number>>>;
  /** Grows with every change, so that two at the same moment don't both see the same money left. */
  readonly revision: number;
};

/** 支出: an entry of the books, never changed. A reversal carries the opposite amount. */
export type ExpenditureRow = Place & {
  readonly _id: string;
  readonly projectId: string;
  readonly category: BudgetCategory;
  readonly kind: 'expenditure' | 'reversal';
  readonly amountCents: number;
  readonly spentOn: CivilDate;
  readonly persons: number | null;
  readonly days: number | null;
  readonly purpose: string;
  readonly voucher: string;
  readonly aboveCeiling: boolean;
  /** The entry that a reversal takes back, otherwise null. */
  readonly reverses: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
};

/** 预算调剂: money asked for from one line for another. */
export type ReallocationRow = {
  readonly _id: string;
  readonly projectId: string;
  readonly from: BudgetCategory;
  readonly to: BudgetCategory;
  readonly amountCents: number;
  readonly reason: string;
  readonly state: ReallocationState;
  readonly proposedAt: Date;
  readonly proposedBy: string;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
};

/** Planned and spent money of one owner's projects of one year, by line: counters, moved with every entry. */
export type BudgetTallyRow = {
  readonly _id: string;
  readonly regionCode: string;
  readonly year: number;
  readonly planned: Readonly<Partial<Record<BudgetCategory, number>>>;
  readonly spent: Readonly<Partial<Record<BudgetCategory, number>>>;
};

const place = {
  ownerRegionCode: String,
  regionPath: [String],
  schoolId: { type: String, default: null },
  institutionId: { type: String, default: null },
  year: Number,
};

export const budgets = defineCollection<BudgetRow>(
  'budgets',
  {
    ...place,
    lines: [{ _id: false, category: String, plannedCents: Number, spentCents: Number }],
    plannedCents: Number,
    spentCents: Number,
    unspentCents: Number,
    counted: Object,
    revision: Number,
  },
  [
    { keys: { regionPath: 1, year: 1, _id: -1 } },
    { keys: { regionPath: 1, year: 1, unspentCents: -1, _id: -1 } },
  ],
);

export const expenditures = defineCollection<ExpenditureRow>(
  'expenditures',
  {
    ...place,
    projectId: String,
    category: String,
    kind: String,
    amountCents: Number,
    spentOn: String,
    persons: { type: Number, default: null },
    days: { type: Number, default: null },
    purpose: String,
    voucher: String,
    aboveCeiling: Boolean,
    reverses: { type: String, default: null },
    recordedAt: Date,
    recordedBy: String,
  },
  [
    { keys: { regionPath: 1, year: 1, _id: -1 } },
    { keys: { regionPath: 1, year: 1, amountCents: -1, _id: -1 } },
    { keys: { regionPath: 1, year: 1, category: 1, _id: -1 } },
    { keys: { regionPath: 1, year: 1, category: 1, amountCents: -1, _id: -1 } },
    { keys: { projectId: 1, _id: -1 } },
    { keys: { projectId: 1, amountCents: -1, _id: -1 } },
    { keys: { projectId: 1, category: 1, _id: -1 } },
    { keys: { projectId: 1, category: 1, amountCents: -1, _id: -1 } },
    {
      keys: { reverses: 1 },
      unique: true,
      partialFilterExpression: { kind: 'reversal' },
    },
  ],
);

export const reallocations = defineCollection<ReallocationRow>(
  'reallocations',
  {
    projectId: String,
    from: String,
    to: String,
    amountCents: Number,
    reason: String,
    state: String,
    proposedAt: Date,
    proposedBy: String,
    answeredAt: { type: Date, default: null },
    answeredBy: { type: String, default: null },
  },
  [{ keys: { projectId: 1, _id: -1 } }],
);

export const budgetTallies = defineCollection<BudgetTallyRow>(
  'budgetTallies',
  { regionCode: String, year: Number, planned: Object, spent: Object },
  [{ keys: { year: 1, regionCode: 1 } }],
);
