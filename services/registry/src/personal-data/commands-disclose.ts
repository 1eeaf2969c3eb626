import { type Caller, currentRequestId, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import type { PersonalField } from '../teachers/sealing.ts';
import type { TeacherRow } from '../teachers/store.ts';
import { findPerson, findRecordsOf } from '../teachers/store-person.ts';
import { disclose } from './disclose.ts';
import { recordDisclosure } from './store.ts';

/** What is stored with the key: the number itself is read anew for the payload, behind this very record. */
export type DisclosureAnswer = { readonly teacherId: string; readonly disclosureId: string };

export const id = z.string().min(1).max(64);
export const words = z.string().trim().min(4).max(200);

/** The record, and the id it was asked for by. */
export type OnePerson = { readonly teacher: TeacherRow; readonly askedId: string };

/** The scope of everything that concerns one person's record. */
export function scopeOf({ teacher, askedId }: OnePerson) {
  return {
    personId: askedId,
    schoolId: teacher.schoolId,
    regionCode: teacher.regionCode,
  };
}

/** The person of that id: whoever is known by the id of a merged record still owns the one that stands. */
export async function personOf(teacherId: string, unit: Unit): Promise<OnePerson | null> {
  const teacher = await findPerson(unit, teacherId);
  return teacher === null ? null : { teacher, askedId: teacherId };
}

/** The facts of a command about one person's record. */
export async function gatherTeacher({ teacherId }: { readonly teacherId: string }, unit: Unit) {
  return (await personOf(teacherId, unit)) ?? notFound('teacher', teacherId, ['teacherId']);
}

export const isErased = ({ personalDataErasedAt }: TeacherRow): boolean =>
  personalDataErasedAt !== undefined && personalDataErasedAt !== null;

/** A command that writes down who reads a number of whom and what for. [GOV-03] */
function readingCommand(name: string, field: PersonalField) {
  return defineCommand({
    name,
    input: z.strictObject({ teacherId: id, purpose: words }),
    gather: async (input, unit, { caller }) => {
      const facts = await gatherTeacher(input, unit);
      return 'teacher' in facts ? { ...facts, reader: caller?.subject ?? '' } : facts;
    },
    scope: scopeOf,
    decide: ({ purpose }, { teacher }) => {
      const recorded = field === 'identity_number' || teacher.phoneSealed !== null;
      return disclose({ field, purpose }, { erased: isErased(teacher), recorded });
    },
    record: ({ purpose }, { teacher, reader }, unit): DisclosureAnswer => {
      const teacherId = teacher._id;
      const requestId = currentRequestId();
      const fields = [field];
      const row = { teacherId, fields, purpose, reader, requestId };
      return { teacherId, disclosureId: recordDisclosure(unit, row) };
    },
    stream: ({ teacher }) => teacher._id,
    audited: ({ purpose }, answer) => ({ ...answer, purpose, requestId: currentRequestId() }),
  });
}

export const readIdentityNumberCommand = readingCommand('readIdentityNumber', 'identity_number');
export const readPhoneCommand = readingCommand('readPhone', 'phone');

/** The record that the caller is the subject of. */
export function ownTeacherId(caller: Caller | null): string {
  const own = caller?.grants.find(({ role }) => role === 'Teacher');
  return own?.personId ?? caller?.subject ?? '';
}

/** The owner takes a copy of everything; that is a reading of each record with a number. [GOV-03] */
export const exportMyPersonalDataCommand = defineCommand({
  name: 'exportMyPersonalData',
  input: z.strictObject({}),
  gather: async (_input, unit, { caller }) => {
    const facts = await gatherTeacher({ teacherId: ownTeacherId(caller) }, unit);
    if (!('teacher' in facts)) return facts;
    const records = await findRecordsOf(unit, facts.teacher);
    return { ...facts, records, reader: caller?.subject ?? '' };
  },
  scope: scopeOf,
  decide: () => ({ accepted: true, outcome: {}, flags: [] }) as const,
  record: (_outcome, { teacher, records, reader }, unit): DisclosureAnswer => {
    const purpose = '本人导出 export by the owner';
    const requestId = currentRequestId();
    const [disclosureId = ''] = records.flatMap((row) => {
      const fields = numbersIn(row);
      if (fields.length === 0 && row !== teacher) return [];
      return recordDisclosure(unit, { teacherId: row._id, fields, purpose, reader, requestId });
    });
    return { teacherId: teacher._id, disclosureId };
  },
  stream: ({ teacher }) => teacher._id,
  audited: (_input, answer) => answer,
});

function numbersIn({ identitySealed, phoneSealed }: TeacherRow): readonly PersonalField[] {
  return [
    ...(identitySealed === null ? [] : (['identity_number'] as const)),
    ...(phoneSealed === null ? [] : (['phone'] as const)),
  ];
}
