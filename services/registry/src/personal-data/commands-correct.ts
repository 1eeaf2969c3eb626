import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { maskIdentityNumber, normalizeIdentityNumber } from '../teachers/identity-number.ts';
import { maskPhone } from '../teachers/phone.ts';
import { type Sealing, type SubjectKey, sealingWith } from '../teachers/sealing.ts';
import { likenessOf, type TeacherRow, teachers } from '../teachers/store.ts';
import { id, isErased, ownTeacherId, personOf, scopeOf, words } from './commands-disclose.ts';
import { askCorrection, decideCorrection } from './correct.ts';
import { type CorrectionRow, corrections, subjectKey } from './store.ts';

export type CorrectionAnswer = { readonly correctionId: string };

function optional<T>(type: z.ZodType<T>) {
  return type.nullish().transform((value) => value ?? null);
}

export const requestCorrectionCommand = defineCommand({
  name: 'requestCorrection',
  input: z.strictObject({
    name: optional(z.string().trim().min(2).max(50)),
    identityNumber: optional(z.string().max(64)),
    phone: optional(z.string().max(40)),
    reason: words,
  }),
  gather: async ({ identityNumber }, unit, { caller, personalDataKey }) => {
    const askedId = ownTeacherId(caller);
    const person = await personOf(askedId, unit);
    if (person === null) return notFound('teacher', askedId, []);
    const teacherId = person.teacher._id;
    const key = await subjectKey(unit, personalDataKey, teacherId);
    const waiting = await unit.findOne(corrections, { teacherId, state: 'requested' });
    const number = identityNumber === null ? null : normalizeIdentityNumber(identityNumber);
    const indexes =
      number === null ? [] : sealingWith(personalDataKey).blindIndexes(number, 'identity_number');
    const holder =
      number === null
        ? null
        : await unit.findOne(teachers, { identityIndex: { $in: [...indexes] } });
    return { ...person, key, waiting, taken: holder !== null && holder._id !== teacherId };
  },
  scope: scopeOf,
  decide: (input, { teacher, key, waiting, taken }, { now }) =>
    askCorrection(
      input,
      {
        erased: isErased(teacher) || key === null,
        open: waiting?._id ?? null,
        identityNumberTaken: taken,
      },
      civilDateOf(now),
    ),
  record: ({ name, identityNumber, phone, reason }, { teacher, key }, unit): CorrectionAnswer => {
    const seal = (text: string | null, field: 'identity_number' | 'phone') =>
      text === null || key === null ? null : key.seal(text, field);
    const row: CorrectionRow = {
      _id: unit.newId('correction'),
      teacherId: teacher._id,
      schoolId: teacher.schoolId,
      regionCode: teacher.regionCode,
      state: 'requested',
      name,
      identitySealed: seal(identityNumber, 'identity_number'),
      identityMasked: identityNumber && maskIdentityNumber(identityNumber),
      phoneSealed: seal(phone, 'phone'),
      phoneMasked: phone && maskPhone(phone),
      reason,
      requestedAt: unit.now,
      decidedAt: null,
      decidedBy: null,
      note: null,
      before: null,
    };
    unit.insert(corrections, row);
    return { correctionId: row._id };
  },
  stream: ({ teacher }) => teacher._id,
  // The reason is free words about the person: it stays with the correction, which an erasure can blank.
  audited: ({ name, identityNumber, phone }, { correctionId }) => ({
    correctionId,
    fields: Object.entries({ name, identityNumber, phone }).flatMap(([field, value]) =>
      value === null ? [] : [field],
    ),
  }),
});

export const decideCorrectionCommand = defineCommand({
  name: 'decideCorrection',
  input: z.strictObject({ correctionId: id, accept: z.boolean(), note: words }),
  gather: async ({ correctionId }, unit, { caller, personalDataKey }) => {
    const correction = await unit.findById(corrections, correctionId);
    const teacher = correction && (await unit.findById(teachers, correction.teacherId));
    if (correction === null || teacher === null) {
      return notFound('correction', correctionId, ['correctionId']);
    }
    const key = await subjectKey(unit, personalDataKey, teacher._id);
    const number =
      correction.identitySealed === null || key === null
        ? null
        : key.open(correction.identitySealed, 'identity_number');
    const sealing = sealingWith(personalDataKey);
    const indexes = number === null ? [] : sealing.blindIndexes(number, 'identity_number');
    const [index = null] = indexes;
    const holder =
      number === null
        ? null
        : await unit.findOne(teachers, { identityIndex: { $in: [...indexes] } });
    const taken = holder !== null && holder._id !== teacher._id;
    const decider = caller?.subject ?? '';
    const askedId = teacher._id;
    // By what stands in the record from then on it is compared with the others anew. [REG-16]
    const likeness = corrected(correction, teacher, { key, sealing });
    const erased = key === null;
    return { correction, teacher, askedId, erased, index, taken, decider, likeness };
  },
  scope: scopeOf,
  decide: (input, { correction, erased, taken }) =>
    decideCorrection(input, { state: correction.state, erased, identityNumberTaken: taken }),
  record: ({ accept, note }, facts, unit): CorrectionAnswer => {
    const { correction, teacher, index, decider, likeness } = facts;
    const { name, identityMasked, phoneMasked } = teacher;
    const decided = {
      state: accept ? 'applied' : 'declined',
      decidedAt: unit.now,
      decidedBy: decider,
      note,
      before: accept ? { name, identityMasked, phoneMasked } : null,
    };
    unit.update(corrections, { _id: correction._id, state: 'requested' }, { $set: decided });
    if (accept) {
      // Sealed with the person's own key for the same field: the sealed form itself comes into the record.
      const { identitySealed, phoneSealed } = correction;
      const put = {
        ...(correction.name === null ? {} : { name: correction.name }),
        ...(identitySealed === null
          ? {}
          : {
              identitySealed,
              identityMasked: correction.identityMasked,
              identityIndex: index,
            }),
        ...(phoneSealed === null ? {} : { phoneSealed, phoneMasked: correction.phoneMasked }),
        ...(likeness === null ? {} : { likeness, likenessPending: true as const }),
      };
      unit.update(teachers, { _id: teacher._id }, { $set: put });
    }
    return { correctionId: correction._id };
  },
  stream: ({ teacher }) => teacher._id,
  audited: ({ correctionId, accept }) => ({ correctionId, accept }),
});

/** The digests of the record as corrected; null when its numbers can't be read any more. */
function corrected(
  { name, identitySealed, phoneSealed }: CorrectionRow,
  teacher: TeacherRow,
  { key, sealing }: { readonly key: SubjectKey | null; readonly sealing: Sealing },
): readonly string[] | null {
  const identity = identitySealed ?? teacher.identitySealed;
  if (key === null || identity === null) return null;
  const phone = phoneSealed ?? teacher.phoneSealed;
  return likenessOf(sealing, {
    identityNumber: key.open(identity, 'identity_number'),
    phone: phone === null ? null : key.open(phone, 'phone'),
    name: name ?? teacher.name,
  });
}
