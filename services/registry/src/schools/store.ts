import { registry } from '@shixun/contracts';
import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { Sector } from '../regions/sector-chain.ts';
import type { SchoolState, SchoolVersion } from './history.ts';
import type { SchoolKind } from './kinds.ts';

export type SchoolRow = RowBase & {
  /** 学校标识码, ten digits. */
  readonly code: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly sector: Sector;
  readonly regionCode: string;
  readonly rural: boolean;
  readonly centralSchoolId: string | null;
  readonly registeredAt: Date;
  /** Open when not there. */
  readonly state?: SchoolState;
  /** Schools that took its people over. */
  readonly successors?: readonly string[];
  /** First day of the present version; not there when nothing has changed since the school is on record. */
  readonly since?: CivilDate | null;
  /** Earlier versions, the earliest first. [REG-05] */
  readonly past?: readonly SchoolVersion[];
};

export const schools = defineCollection<SchoolRow>(
  'schools',
  {
    code: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    sector: { type: String, required: true },
    regionCode: { type: String, required: true },
    rural: { type: Boolean, required: true },
    centralSchoolId: { type: String, default: null },
    registeredAt: { type: Date, required: true },
    state: { type: String },
    successors: { type: [String], default: undefined },
    since: { type: String },
    past: { type: [Object], default: undefined },
  },
  [
    { keys: { code: 1 }, unique: true },
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { kind: 1, regionCode: 1, _id: 1 } },
    { keys: { sector: 1, regionCode: 1, _id: 1 } },
    { keys: { centralSchoolId: 1, _id: 1 } },
    { keys: { state: 1, regionCode: 1, _id: 1 } },
  ],
);

/** Adds a school and tells it. */
export function recordSchool(unit: Unit, row: SchoolRow): void {
  unit.insert(schools, row);
  tellSchool(unit, row);
}

/** Writes a change of the school and tells how it now stands. The version read is the guard. */
export function rewriteSchool(unit: Unit, row: SchoolRow, change: Partial<SchoolRow>): void {
  unit.update(schools, { _id: row._id, since: row.since ?? null }, { $set: change });
  tellSchool(unit, { ...row, ...change });
}

/** The compacted state event. */
function tellSchool(unit: Unit, row: SchoolRow): void {
  unit.emit(registry.schoolRecorded, row._id, {
    schoolId: row._id,
    name: row.name,
    kind: row.kind,
    regionCode: row.regionCode,
    sector: row.sector,
    centralSchoolId: row.centralSchoolId,
    state: row.state ?? 'open',
    successorIds: [...(row.successors ?? [])],
  });
}
