/** Files of teachers: the natural key is the identity number, looked up by its blind index. [REG-05, REG-06] */

import type { Unit } from '@shixun/runtime';
import { duplicatePairs } from '../identities/store.ts';
import { personalKeys, wrappedIn } from '../personal-data/store.ts';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { type SchoolRow, schools } from '../schools/store.ts';
import { normalizeIdentityNumber } from '../teachers/identity-number.ts';
import { maskPhone } from '../teachers/phone.ts';
import { type Sealing, type SubjectKey, sealingWith } from '../teachers/sealing.ts';
import {
  likenessOf,
  recordTeacher,
  rewriteTeacher,
  sealPerson,
  type TeacherRow,
  teachers,
  tellTeacher,
} from '../teachers/store.ts';
import {
  type KnownTeacher,
  planTeacher,
  type TeacherPlan,
  teacherColumnOf,
} from './plan-teacher.ts';
import type { ReadRow } from './read-row.ts';
import { distinct, type KindWork, mapped, type Planned, type WorkRoom } from './store-work.ts';

type Facts = {
  readonly sealing: Sealing;
  readonly schools: ReadonlyMap<string, SchoolRow>;
  readonly known: ReadonlyMap<string, TeacherRow>;
  readonly keys: ReadonlyMap<string, SubjectKey>;
};

export const teacherWork: KindWork = {
  keyOf: (row, { personalDataKey }) => indexOf(sealingWith(personalDataKey), row),
  columnOf: teacherColumnOf,
  gather: async (rows, room) => {
    const facts = await gather(rows, room);
    return (row) => {
      const school = facts.schools.get(row.values.text('schoolCode') ?? '');
      const known = facts.known.get(indexOf(facts.sealing, row)) ?? null;
      const decision = planTeacher(
        row.values,
        {
          area: room.area,
          school: school === undefined ? null : { ...school, schoolId: school._id },
          known: known === null ? null : knownTeacher(known, facts.keys.get(known._id)),
          actsForSchool: room.import.grants.some(
            ({ role, schoolId }) => role === 'SchoolAdmin' && schoolId === school?._id,
          ),
          bureauLevels: bureauLevelsOf(room.import, school?.regionCode ?? ''),
        },
        room.today,
      );
      return mapped(decision, (plan) => planned(plan, { room, facts, known }));
    };
  },
  undo: async ({ verdict, id, before }, room) => {
    const { unit } = room;
    const row = await unit.findById(teachers, id);
    if (row === null) return;
    if (verdict === 'added') {
      unit.remove(teachers, { _id: id });
      unit.remove(personalKeys, { _id: id });
      await forgetPairs(unit, id);
      tellTeacher(unit, { ...row, status: 'left' });
    } else if (before !== null) {
      const compared = 'likeness' in before ? { likenessPending: true as const } : {};
      rewriteTeacher(unit, row, { ...(before as Partial<TeacherRow>), ...compared });
    }
  },
};

/** Who was taken back can't be a duplicate of anybody. [REG-16] */
async function forgetPairs(unit: Unit, teacherId: string): Promise<void> {
  const pairs = await unit.find(duplicatePairs, { $or: [{ teacherId }, { otherId: teacherId }] });
  for (const { _id } of pairs) unit.remove(duplicatePairs, { _id });
}

function indexOf(sealing: Sealing, { values }: ReadRow): string {
  const number = normalizeIdentityNumber(values.text('identityNumber') ?? '');
  return sealing.blindIndex(number, 'identity_number');
}

async function gather(
  rows: readonly ReadRow[],
  { unit, personalDataKey }: WorkRoom,
): Promise<Facts> {
  const sealing = sealingWith(personalDataKey);
  const codes = distinct(rows.map(({ values }) => values.text('schoolCode')));
  const found = await unit.find(schools, { code: { $in: codes } });
  // While a master key is being rotated a record may stand under the index of an earlier one.
  const indexes = new Map(
    rows.flatMap((row) => {
      const number = normalizeIdentityNumber(row.values.text('identityNumber') ?? '');
      const current = sealing.blindIndex(number, 'identity_number');
      return sealing
        .blindIndexes(number, 'identity_number')
        .map((index) => [index, current] as const);
    }),
  );
  const known = await unit.find(teachers, { identityIndex: { $in: [...indexes.keys()] } });
  const ids = known.map(({ _id }) => _id);
  const kept = ids.length === 0 ? [] : await unit.find(personalKeys, { _id: { $in: ids } });
  const keys = kept.flatMap((row) => {
    const wrapped = wrappedIn(row);
    return wrapped === null ? [] : [[row._id, sealing.unwrap(row._id, wrapped)] as const];
  });
  return {
    sealing,
    schools: new Map(found.map((school) => [school.code, school])),
    known: new Map(known.map((row) => [indexes.get(row.identityIndex) ?? '', row])),
    keys: new Map(keys),
  };
}

function knownTeacher(row: TeacherRow, key: SubjectKey | undefined): KnownTeacher {
  const sealed = row.phoneSealed;
  return {
    ...row,
    teacherId: row._id,
    phone: sealed === null || key === undefined ? null : key.open(sealed, 'phone'),
    since: row.postings.at(-1)?.from ?? '',
  };
}

type Writing = {
  readonly room: WorkRoom;
  readonly facts: Facts;
  readonly known: TeacherRow | null;
};

function planned(plan: TeacherPlan, writing: Writing): Planned {
  const { verdict } = plan;
  if (verdict === 'added') return { verdict, write: () => added(plan.teacher, writing) };
  if (verdict === 'changed') return { verdict, write: () => changed(plan.changes, writing) };
  return { verdict, write: () => ({ id: plan.teacherId, before: null }) };
}

function added(
  teacher: Extract<TeacherPlan, { verdict: 'added' }>['teacher'],
  { room: { unit }, facts: { sealing } }: Writing,
) {
  const { identityNumber, phone, since, regionCode, ...profile } = teacher;
  const _id = unit.newId('teacher');
  const { schoolId } = profile;
  recordTeacher(unit, {
    _id,
    ...profile,
    ...sealPerson(sealing, _id, { identityNumber, phone, name: profile.name }),
    status: 'active',
    mergedInto: null,
    regionCode,
    postings: [{ schoolId, regionCode, from: since, to: null }],
    registeredAt: unit.now,
  });
  return { id: _id, before: null };
}

function changed(
  changes: Extract<TeacherPlan, { verdict: 'changed' }>['changes'],
  { room: { unit }, facts: { keys, sealing }, known }: Writing,
) {
  if (known === null) throw new Error('a change of nobody');
  const { phone, ...rest } = changes;
  const key = keys.get(known._id);
  const sealed =
    typeof phone === 'string' && key !== undefined
      ? { phoneSealed: key.seal(phone, 'phone'), phoneMasked: maskPhone(phone) }
      : {};
  const change: Partial<TeacherRow> = { ...rest, ...sealed };
  const { identitySealed, phoneSealed } = { ...known, ...sealed };
  if (key !== undefined && identitySealed !== null && ('name' in rest || 'phoneSealed' in sealed)) {
    // Under another name or number it may look like another record. [REG-16]
    const likeness = likenessOf(sealing, {
      name: rest.name ?? known.name,
      identityNumber: key.open(identitySealed, 'identity_number'),
      phone: phoneSealed === null ? null : key.open(phoneSealed, 'phone'),
    });
    Object.assign(change, { likeness });
  }
  const pending = 'likeness' in change ? { likenessPending: true as const } : {};
  rewriteTeacher(unit, known, { ...change, ...pending });
  const before = Object.fromEntries(
    Object.keys(change).map((field) => [field, known[field as keyof TeacherRow]]),
  );
  return { id: known._id, before };
}
