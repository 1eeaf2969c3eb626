import { defineCollection, type RowBase } from '@shixun/runtime';
import type { Likeness } from './likeness.ts';

/** Two records that may be of one person. The id names both. [REG-16] */
export type PairRow = RowBase & {
  readonly teacherId: string;
  readonly otherId: string;
  /** The lowest region that both lie in: its bureau decides. */
  readonly regionCode: string;
  readonly likeness: readonly Likeness[];
  readonly state: 'open' | 'merged' | 'dismissed';
  readonly foundAt: Date;
  /** Why they are two, as the bureau said. */
  readonly reason: string | null;
};

const text = { type: String, required: true };

export const duplicatePairs = defineCollection<PairRow>(
  'duplicate_pairs',
  {
    teacherId: text,
    otherId: text,
    regionCode: text,
    likeness: { type: [String], required: true },
    state: text,
    foundAt: { type: Date, required: true },
    reason: { type: String, default: null },
  },
  [
    { keys: { state: 1, regionCode: 1, _id: 1 } },
    { keys: { teacherId: 1 } },
    { keys: { otherId: 1 } },
  ],
);

/** Records that came together and are still to be compared: a mark on each would cost more than writing it. [REG-16] */
export type NewcomersRow = RowBase & { readonly teacherIds: readonly string[] };

export const newcomers = defineCollection<NewcomersRow>(
  'newcomers',
  { teacherIds: { type: [String], required: true } },
  [],
);
