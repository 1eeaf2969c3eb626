import { defineCollection, type RowBase } from '@shixun/runtime';

/** A draw of spot checks 抽查. Nothing ever updates it. */
export type SpotCheckDrawRow = RowBase & {
  /** The bureau that drew, from its own projects. */
  readonly regionCode: string;
  readonly year: number;
  readonly seed: string;
  readonly projectsCount: number;
  readonly drawnCount: number;
  readonly drawnAt: Date;
  readonly policyVersion: string;
};

/** One project's lot in a draw; each project is in one draw at most, so the id is the project's. */
export type SpotCheckLotRow = RowBase & {
  readonly drawId: string;
  readonly stratum: string;
  readonly rank: number;
  readonly drawn: boolean;
};

const text = { type: String, required: true };
const number = { type: Number, required: true };

export const spotCheckDraws = defineCollection<SpotCheckDrawRow>(
  'spotCheckDraws',
  {
    regionCode: text,
    year: number,
    seed: text,
    projectsCount: number,
    drawnCount: number,
    drawnAt: { type: Date, required: true },
    policyVersion: text,
  },
  [{ keys: { regionCode: 1, _id: 1 } }, { keys: { year: 1, regionCode: 1, _id: 1 } }],
);

export const spotCheckLots = defineCollection<SpotCheckLotRow>(
  'spotCheckLots',
  { drawId: text, stratum: text, rank: number, drawn: { type: Boolean, required: true } },
  [{ keys: { drawId: 1, stratum: 1, rank: 1 } }],
);
