/** The regions of GB/T 2260; the code is the id. Earlier versions of a code stay on record. [REG-01] */
import { registry } from '@shixun/contracts';
import type { CivilDate, RegionLevel } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { RegionVersion } from './history.ts';

export type RegionRow = RowBase & {
  readonly name: string;
  readonly level: RegionLevel;
  readonly parentCode: string | null;
  /** First day of the present name and area; not there when it was so before anything is recorded. */
  readonly since?: CivilDate | null;
  /** First day on which the code is no longer in force. */
  readonly abolishedOn?: CivilDate | null;
  /** The regions that took its area over. */
  readonly successors?: readonly string[];
  /** There while organisations have still to be moved to the one successor. */
  readonly relocating?: true;
};

export const regions = defineCollection<RegionRow>(
  'regions',
  {
    name: { type: String, required: true },
    level: { type: String, required: true },
    parentCode: { type: String, default: null },
    since: { type: String },
    abolishedOn: { type: String },
    successors: { type: [String], default: undefined },
    relocating: { type: Boolean },
  },
  [
    { keys: { parentCode: 1, _id: 1 } },
    { keys: { parentCode: 1, abolishedOn: 1, _id: 1 } },
    { keys: { relocating: 1, _id: 1 }, partialFilterExpression: { relocating: true } },
  ],
);

/** An ended version of a code; never changed. */
export type RegionPastRow = RowBase & RegionVersion & { readonly to: CivilDate };

export const regionPast = defineCollection<RegionPastRow>(
  'region_past',
  {
    code: { type: String, required: true },
    name: { type: String, required: true },
    level: { type: String, required: true },
    parentCode: { type: String, default: null },
    from: { type: String, default: null },
    to: { type: String, required: true },
    successors: { type: [String], required: true },
    basis: { type: String, default: null },
  },
  [{ keys: { code: 1, to: 1 } }, { keys: { successors: 1, to: 1 } }],
);

/** Adds a region and tells it. */
export function recordRegion(unit: Unit, row: RegionRow): void {
  unit.insert(regions, row);
  tellRegion(unit, row);
}

/** Adds what a code stood for before. */
export function recordRegionPast(unit: Unit, version: RegionVersion & { to: CivilDate }): void {
  unit.insert(regionPast, { _id: `${version.code}/${version.to}`, ...version });
}

/** The compacted state event. */
export function tellRegion(unit: Unit, row: RegionRow): void {
  unit.emit(registry.regionRecorded, row._id, {
    code: row._id,
    name: row.name,
    level: row.level,
    parentCode: row.parentCode,
    ...(row.abolishedOn ? { abolishedOn: row.abolishedOn } : {}),
    ...(row.successors ? { successorCodes: [...row.successors] } : {}),
  });
}
