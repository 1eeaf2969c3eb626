import { defineCommand, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { findRecordsOf } from '../teachers/store-person.ts';
import { gatherTeacher, id, isErased, scopeOf, words } from './commands-disclose.ts';
import { erase } from './disclose.ts';
import { type CorrectionRow, corrections, personalKeys } from './store.ts';

/** More than one person's records have ever had. */
const correctionsMax = 1_000;

const noNumbers = {
  identitySealed: null,
  identityMasked: null,
  phoneSealed: null,
  phoneMasked: null,
};

/**
 * The key is destroyed, so that not even a copy of the row says the numbers; the name, which stands open because people
 * work with each other by it, is taken out. The id stays, and with it everything that only knows the id. [GOV-03]
 */
function eraseRecord(unit: Unit, { _id }: TeacherRow): void {
  const gone = { name: '', identityIndex: `erased_${_id}`, personalDataErasedAt: unit.now };
  unit.update(
    teachers,
    { _id },
    { $set: { ...noNumbers, ...gone }, $unset: { likeness: '', likenessPending: '' } },
  );
  const destroyed = { masterId: null, wrapped: null, destroyedAt: unit.now };
  unit.upsert(personalKeys, { _id }, { $set: destroyed });
}

/** That something was corrected stays; what it said is gone, its reasons too, which are free words about the person. */
function eraseCorrection(unit: Unit, { _id, before, note }: CorrectionRow): void {
  const blank = before && { name: '', identityMasked: null, phoneMasked: null };
  const said = { name: null, reason: '', note: note === null ? null : '', before: blank };
  unit.update(corrections, { _id }, { $set: { ...noNumbers, ...said } });
}

export const erasePersonalDataCommand = defineCommand({
  name: 'erasePersonalData',
  input: z.strictObject({ teacherId: id, reason: words }),
  gather: async (input, unit) => {
    const facts = await gatherTeacher(input, unit);
    if (!('teacher' in facts)) return facts;
    const records = await findRecordsOf(unit, facts.teacher);
    const among = { teacherId: { $in: records.map(({ _id }) => _id) } };
    const asked = await unit.find(corrections, among, { limit: correctionsMax });
    return { ...facts, records, asked };
  },
  scope: scopeOf,
  decide: ({ reason }, { records }) => erase({ reason }, { erased: records.every(isErased) }),
  record: (_outcome, { teacher, records, asked }, unit) => {
    for (const each of records.filter((row) => !isErased(row))) eraseRecord(unit, each);
    for (const each of asked) eraseCorrection(unit, each);
    return { teacherId: teacher._id };
  },
  stream: ({ teacher }) => teacher._id,
  audited: ({ teacherId, reason }) => ({ teacherId, reason }),
});
