import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import {
  type PersonalField,
  type SubjectKey,
  sealingWith,
  type WrappedKey,
} from '../teachers/sealing.ts';

/** One reading of a number that names a person. Only ever added. [GOV-03] */
export type DisclosureRow = RowBase & {
  readonly teacherId: string;
  readonly fields: readonly PersonalField[];
  readonly purpose: string;
  /** Who read: the token's subject. */
  readonly reader: string;
  readonly requestId: string | null;
  readonly at: Date;
};

const text = { type: String, required: true };

export const disclosures = defineCollection<DisclosureRow>(
  'disclosures',
  {
    teacherId: text,
    fields: { type: [String], required: true },
    purpose: text,
    reader: text,
    requestId: { type: String, default: null },
    at: { type: Date, required: true },
  },
  [{ keys: { teacherId: 1, at: -1, _id: -1 } }],
);

/** What the owner wants to have in the record, what became of it, and how the record read before and after. */
export type CorrectionRow = RowBase & {
  readonly teacherId: string;
  readonly schoolId: string;
  readonly regionCode: string;
  readonly state: 'requested' | 'applied' | 'declined';
  /** The name asked for; null leaves it. */
  readonly name: string | null;
  readonly identitySealed: string | null;
  readonly identityMasked: string | null;
  readonly phoneSealed: string | null;
  readonly phoneMasked: string | null;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly note: string | null;
  /** How the record read before the correction was applied. */
  readonly before: Before | null;
};

export type Before = {
  readonly name: string;
  readonly identityMasked: string | null;
  readonly phoneMasked: string | null;
};

const optionalText = { type: String, default: null };

export const corrections = defineCollection<CorrectionRow>(
  'corrections',
  {
    teacherId: text,
    schoolId: text,
    regionCode: text,
    state: text,
    name: optionalText,
    identitySealed: optionalText,
    identityMasked: optionalText,
    phoneSealed: optionalText,
    phoneMasked: optionalText,
    reason: text,
    requestedAt: { type: Date, required: true },
    decidedAt: { type: Date, default: null },
    decidedBy: optionalText,
    note: optionalText,
    before: { type: Object, default: null },
  },
  [
    // One that waits per person, whoever asks at once.
    { keys: { teacherId: 1 }, unique: true, partialFilterExpression: { state: 'requested' } },
    { keys: { teacherId: 1, requestedAt: -1, _id: -1 } },
    { keys: { regionCode: 1, requestedAt: 1, _id: 1 } },
    { keys: { schoolId: 1, regionCode: 1, requestedAt: 1, _id: 1 } },
    { keys: { state: 1, regionCode: 1, requestedAt: 1, _id: 1 } },
  ],
);

/** Writes down that somebody reads what names the person. */
export function recordDisclosure(unit: Unit, row: Omit<DisclosureRow, '_id' | 'at'>): string {
  const _id = unit.newId('disclosure');
  unit.insert(disclosures, { _id, ...row, at: unit.now });
  return _id;
}

/**
 * The key of one person, wrapped. Kept apart from what it seals, so that destroying it here is enough; backups of this
 * collection are to be kept no longer than a destroyed key may come back. [GOV-03]
 */
export type PersonalKeyRow = RowBase & {
  readonly masterId: string | null;
  /** Null once destroyed. */
  readonly wrapped: string | null;
  readonly destroyedAt: Date | null;
};

export const personalKeys = defineCollection<PersonalKeyRow>(
  'personal_keys',
  {
    masterId: { type: String, default: null },
    wrapped: { type: String, default: null },
    destroyedAt: { type: Date, default: null },
  },
  [{ keys: { masterId: 1, _id: 1 } }],
);

/** The wrapped key of the row; null when it was destroyed. */
export function wrappedIn(row: PersonalKeyRow | null): WrappedKey | null {
  if (row === null || row.wrapped === null || row.masterId === null) return null;
  return { masterId: row.masterId, wrapped: row.wrapped };
}

/** The person's key, or null when it was destroyed. */
export async function subjectKey(
  unit: Unit,
  personalDataKey: Buffer,
  personId: string,
): Promise<SubjectKey | null> {
  const wrapped = wrappedIn(await unit.findById(personalKeys, personId));
  return wrapped === null ? null : sealingWith(personalDataKey).unwrap(personId, wrapped);
}
