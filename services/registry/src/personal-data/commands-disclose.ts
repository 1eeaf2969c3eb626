import { type Caller, currentRequestId, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import type { PersonalField } from '../teachers/sealing.ts';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { disclose, erase } from './disclose.ts';
import { corrections, personalKeys, recordDisclosure } from './store.ts';

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

/** A chain of merges longer than this is no chain of merges. */
const mergesMax = 20;

/** The record of that id, or the one it was merged into: whoever is known by the old id still owns the record. */
export async function personOf(teacherId: string, unit: Unit): Promise<OnePerson | null> {
  let teacher = await unit.findById(teachers, teacherId);
  for (let merges = 0; teacher?.mergedInto && merges < mergesMax; merges += 1) {
    teacher = await unit.findById(teachers, teacher.mergedInto);
  }
  return teacher === null ? null : { teacher, askedId: teacherId };
}

async function gatherTeacher({ teacherId }: { readonly teacherId: string }, unit: Unit) {
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

/** The owner takes a copy of everything; that is a reading, too. [GOV-03] */
export const exportMyPersonalDataCommand = defineCommand({
  name: 'exportMyPersonalData',
  input: z.strictObject({}),
  gather: async (_input, unit, { caller }) => {
    const facts = await gatherTeacher({ teacherId: ownTeacherId(caller) }, unit);
    return 'teacher' in facts ? { ...facts, reader: caller?.subject ?? '' } : facts;
  },
  scope: scopeOf,
  decide: () => ({ accepted: true, outcome: {}, flags: [] }) as const,
  record: (_outcome, { teacher, reader }, unit): DisclosureAnswer => {
    const teacherId = teacher._id;
    const fields = (
      [
        ['identity_number', teacher.identitySealed],
        ['phone', teacher.phoneSealed],
      ] as const
    ).flatMap(([field, sealed]) => (sealed === null ? [] : [field]));
    const purpose = '本人导出 export by the owner';
    const row = { teacherId, fields, purpose, reader, requestId: currentRequestId() };
    return { teacherId, disclosureId: recordDisclosure(unit, row) };
  },
  stream: ({ teacher }) => teacher._id,
  audited: (_input, answer) => answer,
});

/** What waits or was decided of one person's corrections; an erasure clears it of numbers, masked ones too. */
const correctionsMax = 1_000;

export const erasePersonalDataCommand = defineCommand({
  name: 'erasePersonalData',
  input: z.strictObject({ teacherId: id, reason: words }),
  gather: async (input, unit) => {
    const facts = await gatherTeacher(input, unit);
    if (!('teacher' in facts)) return facts;
    const asked = await unit.find(
      corrections,
      { teacherId: facts.teacher._id },
      { limit: correctionsMax },
    );
    return { ...facts, asked };
  },
  scope: scopeOf,
  decide: ({ reason }, { teacher }) => erase({ reason }, { erased: isErased(teacher) }),
  record: (_outcome, { teacher, asked }, unit) => {
    const teacherId = teacher._id;
    const none = {
      identitySealed: null,
      identityMasked: null,
      phoneSealed: null,
      phoneMasked: null,
    };
    const index = { identityIndex: `erased_${teacherId}`, personalDataErasedAt: unit.now };
    unit.update(
      teachers,
      { _id: teacherId },
      { $set: { ...none, ...index }, $unset: { likeness: '', likenessPending: '' } },
    );
    const destroyed = { masterId: null, wrapped: null, destroyedAt: unit.now };
    unit.upsert(personalKeys, { _id: teacherId }, { $set: destroyed });
    for (const { _id, before } of asked) {
      const blank = before && { ...before, identityMasked: null, phoneMasked: null };
      unit.update(corrections, { _id }, { $set: { ...none, before: blank } });
    }
    return { teacherId };
  },
  stream: ({ teacher }) => teacher._id,
  audited: ({ teacherId, reason }) => ({ teacherId, reason }),
});
