import { registry } from '@shixun/contracts';
import type { RegionLevel } from '@shixun/kernel';
import { defineCollection, type EventHandler, on } from '@shixun/runtime';
import { newest } from './newest.ts';

/** What courses knows of a region 行政区划: the registry's latest word. */
export type RegionRow = {
  readonly _id: string;
  readonly name: string;
  readonly level: RegionLevel;
  /** First day on which the code is no longer in force; null while it is. */
  readonly abolishedOn: string | null;
  readonly successorCodes: readonly string[];
};

export const regions = defineCollection<RegionRow>(
  'regions',
  {
    name: String,
    level: String,
    abolishedOn: { type: String, default: null },
    successorCodes: [String],
  },
  [],
);

export const regionRecordedHandler: EventHandler = on(registry.regionRecorded, (events, unit) => {
  for (const { code, name, level, abolishedOn, successorCodes } of newest(events, 'code')) {
    const $set = { name, level, abolishedOn: abolishedOn ?? null };
    unit.upsert(
      regions,
      { _id: code },
      { $set: { ...$set, successorCodes: successorCodes ?? [] } },
    );
  }
});
