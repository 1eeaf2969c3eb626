import type { RegionLevel } from '@shixun/kernel';
import { defineCollection, type RowBase } from '@shixun/runtime';
import type { AppealState } from './appeal.ts';

/** An appeal against one move of a qualification. */
export type AppealRow = RowBase & {
  readonly institutionId: string;
  readonly regionCode: string;
  readonly moveId: string;
  readonly grounds: string;
  readonly state: AppealState;
  readonly decidedByLevel: RegionLevel;
  readonly lodgedAt: Date;
  readonly decidedAt: Date | null;
  readonly decision: string | null;
};

export const appeals = defineCollection<AppealRow>(
  'qualification_appeals',
  {
    institutionId: { type: String, required: true },
    regionCode: { type: String, required: true },
    moveId: { type: String, required: true },
    grounds: { type: String, required: true },
    state: { type: String, required: true },
    decidedByLevel: { type: String, required: true },
    lodgedAt: { type: Date, required: true },
    decidedAt: { type: Date, default: null },
    decision: { type: String, default: null },
  },
  [
    // One appeal a move, whoever is quicker.
    { keys: { moveId: 1 }, unique: true },
    { keys: { institutionId: 1, _id: 1 } },
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { state: 1, regionCode: 1, _id: 1 } },
  ],
);
