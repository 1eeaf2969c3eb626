import { defineCollection } from '@shixun/runtime';
import type { Seats } from '../enrollment/seating.ts';
import type { DrawState } from './apply.ts';
import type { DrawOutcome } from './draw.ts';

/** A draw 抽签 for the places of one class on a menu. */
export type DrawRow = {
  readonly _id: string;
  readonly menuItemId: string;
  readonly classId: string;
  readonly regionCode: string;
  readonly closesAt: Date;
  readonly state: DrawState;
  /** Null before the draw has run; until then it lies in `sealedSeed`. Draws of earlier releases have it from the start. */
  readonly seed: string | null;
  readonly sealedSeed?: string | null;
  readonly commitment: string;
  readonly applicantsCount: number;
  /** The places as they stood when it ran. */
  readonly seats: Seats | null;
  readonly drawnAt: Date | null;
};

export const draws = defineCollection<DrawRow>(
  'draws',
  {
    menuItemId: String,
    classId: String,
    regionCode: String,
    closesAt: Date,
    state: String,
    seed: { type: String, default: null },
    sealedSeed: { type: String, default: null },
    commitment: String,
    applicantsCount: Number,
    seats: { type: Object, default: null },
    drawnAt: { type: Date, default: null },
  },
  [
    { keys: { menuItemId: 1 }, unique: true },
    { keys: { closesAt: 1, _id: 1 }, partialFilterExpression: { state: 'announced' } },
  ],
);

/** A teacher's application for a draw; the id is draw/pseudonym. */
export type DrawApplicationRow = {
  readonly _id: string;
  readonly drawId: string;
  readonly pseudonym: string;
  readonly teacherId: string;
  readonly appliedAt: Date;
  readonly rank: number | null;
  readonly outcome: DrawOutcome | null;
  readonly bucket: string | null;
};

export const drawApplications = defineCollection<DrawApplicationRow>(
  'drawApplications',
  {
    drawId: String,
    pseudonym: String,
    teacherId: String,
    appliedAt: Date,
    rank: { type: Number, default: null },
    outcome: { type: String, default: null },
    bucket: { type: String, default: null },
  },
  [{ keys: { drawId: 1, rank: 1, _id: 1 } }],
);
