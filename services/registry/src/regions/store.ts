/** The regions of GB/T 2260; the code is the id. [REG-01] */
import { registry } from '@shixun/contracts';
import type { RegionLevel } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';

export type RegionRow = RowBase & {
  readonly name: string;
  readonly level: RegionLevel;
  readonly parentCode: string | null;
};

export const regions = defineCollection<RegionRow>(
  'regions',
  {
    name: { type: String, required: true },
    level: { type: String, required: true },
    parentCode: { type: String, default: null },
  },
  [{ keys: { parentCode: 1, _id: 1 } }],
);

/** Adds a region and tells it. */
export function recordRegion(unit: Unit, row: RegionRow): void {
  unit.insert(regions, row);
  unit.emit(registry.regionRecorded, row._id, {
    code: row._id,
    name: row.name,
    level: row.level,
    parentCode: row.parentCode,
  });
}
