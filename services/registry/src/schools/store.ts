import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { Sector } from '../regions/sector-chain.ts';
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
  },
  [
    { keys: { code: 1 }, unique: true },
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { kind: 1, regionCode: 1, _id: 1 } },
    { keys: { sector: 1, regionCode: 1, _id: 1 } },
    { keys: { centralSchoolId: 1, _id: 1 } },
  ],
);

/** Adds a school and tells it. */
export function recordSchool(unit: Unit, row: SchoolRow): void {
  unit.insert(schools, row);
  unit.emit(registry.schoolRecorded, row._id, {
    schoolId: row._id,
    name: row.name,
    kind: row.kind,
    regionCode: row.regionCode,
    sector: row.sector,
    centralSchoolId: row.centralSchoolId,
  });
}
