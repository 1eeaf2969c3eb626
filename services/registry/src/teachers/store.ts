import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import { type Likeness, likenessTexts, phoneText } from '../identities/likeness.ts';
import { personalKeys } from '../personal-data/store.ts';
import type { Sector } from '../regions/sector-chain.ts';
import { birthDateOf, maskIdentityNumber } from './identity-number.ts';
import { maskPhone } from './phone.ts';
import type { Sealing, WrappedKey } from './sealing.ts';
import type { Posting, Profession, TeacherStatus } from './teacher.ts';

/**
 * What names the person, at rest: sealed with the person's own key, masked for showing, and a keyed index for "is
 * there one already". After an erasure the sealed and masked forms are null and the index says nothing. [REG-05]
 */
export type SealedPerson = {
  readonly identitySealed: string | null;
  readonly identityMasked: string | null;
  readonly identityIndex: string;
  readonly phoneSealed: string | null;
  readonly phoneMasked: string | null;
};

/** What `sealPerson` makes: the row's part, and the key that `recordTeacher` keeps apart from it. */
export type PersonToRecord = SealedPerson & {
  readonly personalKey: WrappedKey;
  readonly likeness?: readonly string[];
};

export type TeacherRow = RowBase &
  Profession &
  SealedPerson & {
    /** Open, for people work with each other by it; empty after an erasure. [GOV-03] */
    readonly name: string;
    readonly status: TeacherStatus;
    readonly mergedInto: string | null;
    readonly sector: Sector;
    readonly schoolId: string;
    readonly regionCode: string;
    /** Earliest first; the last is the present one. */
    readonly postings: readonly Posting[];
    readonly registeredAt: Date;
    /** When the person's key was destroyed; absent as long as it is there. [GOV-03] */
    readonly personalDataErasedAt?: Date | null;
    /** Keyed digests by which probable duplicates are found; see `identities/likeness.ts`. [REG-16] */
    readonly likeness?: readonly string[];
    /** There until the record has been compared with the others. */
    readonly likenessPending?: true;
    /** The last school year with a graduating class assigned. [REG-07] */
    readonly graduatingYear?: number;
    /** What a merged record was before, for an unmerge. [REG-16] */
    readonly beforeMerge?: TeacherStatus;
  };

const text = { type: String, required: true };
const flag = { type: Boolean, required: true };

export const teachers = defineCollection<TeacherRow>(
  'teachers',
  {
    name: text,
    identitySealed: { type: String, default: null },
    identityMasked: { type: String, default: null },
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
    personalDataErasedAt: { type: Date, default: null },
    likeness: { type: [String], default: undefined },
    likenessPending: { type: Boolean },
    graduatingYear: { type: Number },
    beforeMerge: { type: String },
  },
  [
    { keys: { identityIndex: 1 }, unique: true },
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { schoolId: 1, regionCode: 1, _id: 1 } },
    { keys: { stage: 1, regionCode: 1, _id: 1 } },
    { keys: { subjects: 1, regionCode: 1, _id: 1 } },
    { keys: { careerStage: 1, regionCode: 1, _id: 1 } },
    { keys: { status: 1, regionCode: 1, _id: 1 } },
    { keys: { 'postings.schoolId': 1, _id: 1 } },
    { keys: { likeness: 1 }, partialFilterExpression: { likeness: { $exists: true } } },
    { keys: { likenessPending: 1, _id: 1 }, partialFilterExpression: { likenessPending: true } },
    {
      keys: { mergedInto: 1, _id: 1 },
      partialFilterExpression: { mergedInto: { $type: 'string' } },
    },
    {
      keys: { graduatingYear: 1, _id: 1 },
      partialFilterExpression: { graduatingClass: true, graduatingYear: { $exists: true } },
    },
  ],
);

/** Seals what names the person; both values are in their normal form. */
export function sealPerson(
  sealing: Sealing,
  personId: string,
  person: {
    readonly identityNumber: string;
    readonly phone: string | null;
    /** Given, the record is compared with others by it: same name and birth date, same name and phone. [REG-16] */
    readonly name?: string;
  },
): PersonToRecord {
  const { identityNumber, phone, name } = person;
  const { key, wrapped } = sealing.newKey(personId);
  return {
    identitySealed: key.seal(identityNumber, 'identity_number'),
    identityMasked: maskIdentityNumber(identityNumber),
    identityIndex: sealing.blindIndex(identityNumber, 'identity_number'),
    phoneSealed: phone === null ? null : key.seal(phone, 'phone'),
    phoneMasked: phone === null ? null : maskPhone(phone),
    personalKey: wrapped,
    ...(name === undefined
      ? {}
      : { likeness: likenessOf(sealing, { identityNumber, phone, name }) }),
  };
}

/** Keyed digests of what two records of one person share; they say nothing without the key. [REG-16] */
export function likenessOf(
  sealing: Sealing,
  person: { readonly identityNumber: string; readonly phone: string | null; readonly name: string },
): readonly string[] {
  const birthDate = birthDateOf(person.identityNumber);
  return likenessTexts({ ...person, birthDate }).map(([kind, text]) =>
    digestOf(sealing, kind, text),
  );
}

/** The digest of that name with that number, as it stands among a record's likenesses. */
export function phoneLikeness(
  sealing: Sealing,
  { name, phone }: { readonly name: string; readonly phone: string },
): string {
  return digestOf(sealing, 'phone', phoneText(name, phone));
}

function digestOf(sealing: Sealing, kind: Likeness, text: string): string {
  return `${kind}:${sealing.blindIndex(text, 'likeness')}`;
}

/** Adds a teacher with the person's key and tells it. `marked`: to be compared with others, unless somebody else notes it. */
export function recordTeacher(
  unit: Unit,
  { personalKey, ...row }: TeacherRow & { readonly personalKey: WrappedKey },
  { marked = true }: { readonly marked?: boolean } = {},
): void {
  unit.insert(personalKeys, { _id: row._id, ...personalKey, destroyedAt: null });
  const compare = marked && row.likeness !== undefined;
  const pending = compare ? ({ likenessPending: true } as const) : {};
  unit.insert(teachers, { ...row, ...pending });
  tellTeacher(unit, row);
}

/** Writes a change of a teacher and tells the record as it now stands. The posting and status read are the guard. */
export function rewriteTeacher(unit: Unit, row: TeacherRow, change: Partial<TeacherRow>): void {
  const { _id, schoolId, regionCode, status } = row;
  unit.update(teachers, { _id, schoolId, regionCode, status }, { $set: change });
  tellTeacher(unit, { ...row, ...change });
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
