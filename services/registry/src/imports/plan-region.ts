/** One row of a file of regions against the table. [REG-06] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type RegionLevel,
  regionLevel,
  regionPath,
} from '@shixun/kernel';
import { type Area, isInArea } from './area.ts';
import type { RowValues } from './read-row.ts';
import { codes } from './refusals.ts';

export type RegionFacts = {
  readonly area: Area;
  readonly known: { readonly name: string; readonly abolishedOn: CivilDate | null } | null;
  /** True when the region above is in force, or added by an earlier row of the file. */
  readonly parentKnown: boolean;
};

export type RegionPlan =
  | {
      readonly verdict: 'added';
      readonly region: {
        readonly code: string;
        readonly name: string;
        readonly level: RegionLevel;
        readonly parentCode: string | null;
      };
    }
  | { readonly verdict: 'unchanged'; readonly code: string };

export function planRegion(row: RowValues, facts: RegionFacts): Decision<RegionPlan> {
  const code = row.text('code') ?? '';
  const name = row.text('name') ?? '';
  const { area, known, parentKnown } = facts;
  const faults: Fault[] = [];
  if (area.schoolId !== null || !isInArea(area, { regionCode: code })) {
    faults.push(fault(codes.IMPORT_OUTSIDE_AREA, ['code'], { required: area.regionCode }));
  }
  if (known !== null && known.abolishedOn !== null) {
    faults.push(fault(codes.IMPORT_REGION_ABOLISHED, ['code'], { actual: known.abolishedOn }));
  } else if (known !== null && known.name !== name) {
    faults.push(fault(codes.IMPORT_REGION_RENAMED, ['name'], { required: known.name }));
  }
  const parentCode = parentOf(code);
  if (known === null && parentCode !== null && !parentKnown) {
    faults.push(fault(codes.IMPORT_REGION_PARENT, ['code'], { required: parentCode }));
  }
  return decide(faults, () => {
    if (known !== null) return { verdict: 'unchanged', code };
    const level = regionLevel(code) ?? 'county';
    return { verdict: 'added', region: { code, name, level, parentCode } };
  });
}

/** The code of the region above; null for a province. */
export function parentOf(code: string): string | null {
  return regionPath(code).at(-2) ?? null;
}
