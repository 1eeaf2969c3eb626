import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { Sector } from '../regions/sector-chain.ts';
import { maskIdentityNumber } from './identity-number.ts';
import { maskPhone } from './phone.ts';
import type { Sealing } from './sealing.ts';
import type { Posting, Profession, TeacherStatus } from './teacher.ts';

/** What names the person, at rest: sealed, masked for showing, and a keyed index for "is there one already". [REG-05] */
export type SealedPerson = {
  readonly identitySealed: string;
  readonly identityMasked: string;
  readonly identityIndex: string;
  readonly phoneSealed: string | null;
  readonly phoneMasked: string | null;
};

export type TeacherRow = RowBase &
  Profession &
  SealedPerson & {
    readonly name: string;
    readonly status: TeacherStatus;
    readonly mergedInto: string | null;
    readonly sector: Sector;
    readonly schoolId: string;
    readonly regionCode: string;
    /** Earliest first; the last is the present one. */
    readonly postings: readonly Posting[];
    readonly registeredAt: Date;
  };

const text = { type: String, required: true };
const flag = { type: Boolean, required: true };

export const teachers = defineCollection<TeacherRow>(
  'teachers',
  {
    name: text,
    identitySealed: text,
    identityMasked: text,
    identityIndex: text,
    phoneSealed: { type: String, default: null },
    phoneMasked: { type: String, default: null },
    status: text,
    mergedInto: { type: String, default: null },
    sector: text,
    stage: text,
    subjects: { type: [String], required: true },
    title: text,
    careerStage: text,
    rural: flag,
    minorityBilingual: flag,
    dualQualified: flag,
    principal: flag,
    graduatingClass: flag,
    schoolId: text,
    regionCode: text,
    postings: { type: [Object], required: true },
    registeredAt: { type: Date, required: true },
  },
  [
    { keys: { identityIndex: 1 }, unique: true },
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { schoolId: 1, regionCode: 1, _id: 1 } },
    { keys: { stage: 1, regionCode: 1, _id: 1 } },
    { keys: { subjects: 1, regionCode: 1, _id: 1 } },
    { keys: { careerStage: 1, regionCode: 1, _id: 1 } },
    { keys: { status: 1, regionCode: 1, _id: 1 } },
  ],
);

/** Seals what names the person; both values are in their normal form. */
export function sealPerson(
  sealing: Sealing,
  personId: string,
  person: { readonly identityNumber: string; readonly phone: string | null },
): SealedPerson {
  const { identityNumber, phone } = person;
  return {
    identitySealed: sealing.seal(identityNumber, { personId, field: 'identity_number' }),
    identityMasked: maskIdentityNumber(identityNumber),
    identityIndex: sealing.blindIndex(identityNumber, 'identity_number'),
    phoneSealed: phone === null ? null : sealing.seal(phone, { personId, field: 'phone' }),
    phoneMasked: phone === null ? null : maskPhone(phone),
  };
}

/** Adds a teacher and tells it. */
export function recordTeacher(unit: Unit, row: TeacherRow): void {
  unit.insert(teachers, row);
  tellTeacher(unit, row);
}

/** The compacted state event: nothing in it names the person. */
export function tellTeacher(unit: Unit, row: TeacherRow): void {
  unit.emit(registry.teacherRecorded, row._id, {
    teacherId: row._id,
    status: row.status,
    mergedInto: row.mergedInto,
    sector: row.sector,
    stage: row.stage,
    subjects: [...row.subjects],
    careerStage: row.careerStage,
    rural: row.rural,
    minorityBilingual: row.minorityBilingual,
    dualQualified: row.dualQualified,
    principal: row.principal,
    graduatingClass: row.graduatingClass,
    schoolId: row.schoolId,
    regionCode: row.regionCode,
  });
}
