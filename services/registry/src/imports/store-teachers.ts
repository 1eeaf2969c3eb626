/** Files of teachers: the natural key is the identity number, looked up by its blind index. [REG-05, REG-06] */

import type { Unit } from '@shixun/runtime';
import { duplicatePairs, newcomers } from '../identities/store.ts';
import { personalKeys, wrappedIn } from '../personal-data/store.ts';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { type SchoolRow, schools } from '../schools/store.ts';
import { normalizeIdentityNumber } from '../teachers/identity-number.ts';
import { maskPhone, normalizePhone } from '../teachers/phone.ts';
import { type Sealing, type SubjectKey, sealingWith } from '../teachers/sealing.ts';
import {
  likenessOf,
  phoneLikeness,
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
import type { Remark } from './store.ts';
import { distinct, type KindWork, mapped, type Planned, type WorkRoom } from './store-work.ts';

type Facts = {
  readonly sealing: Sealing;
  readonly schools: ReadonlyMap<string, KnownSchool>;
  readonly known: ReadonlyMap<string, TeacherRow>;
  /** Ids of those whose name and number are as their rows say. */
  readonly asSaid: ReadonlySet<string>;
  /** Whom the batch has added so far. */
  readonly added: string[];
  /** Of the others. */
  readonly keys: ReadonlyMap<string, SubjectKey>;
  /** By id: where those are on record who may be moved. */
  readonly formerSchools: ReadonlyMap<string, Pick<SchoolRow, '_id' | 'code' | 'name'>>;
};

const schoolFields = ['code', 'sector', 'regionCode', 'rural', 'state'] as const;
type KnownSchool = Pick<SchoolRow, '_id' | (typeof schoolFields)[number]>;

export const teacherWork: KindWork = {
  keyOf: (row, { personalDataKey }) => indexOf(sealingWith(personalDataKey), row),
  columnOf: teacherColumnOf,
  gather: async (rows, room) => {
    const facts = await gather(rows, room);
    const transfers = room.pass === 'validation' || room.import.withTransfers === true;
    return (row) => {
      const school = facts.schools.get(row.values.text('schoolCode') ?? '');
      const known = facts.known.get(indexOf(facts.sealing, row)) ?? null;
      const decision = planTeacher(
        row.values,
        {
          area: room.area,
          school: school === undefined ? null : { ...school, schoolId: school._id },
          known: known === null ? null : knownTeacher(known, row, facts),
          transfers,
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

const indexes = new WeakMap<ReadRow, string>();

function indexOf(sealing: Sealing, row: ReadRow): string {
  const index = indexes.get(row) ?? sealing.blindIndex(numberOf(row), 'identity_number');
  indexes.set(row, index);
  return index;
}

function numberOf({ values }: ReadRow): string {
  return normalizeIdentityNumber(values.text('identityNumber') ?? '');
}

async function gather(
  rows: readonly ReadRow[],
  { unit, personalDataKey }: WorkRoom,
): Promise<Facts> {
  const sealing = sealingWith(personalDataKey);
  // While a master key is being rotated a record may stand under the index of an earlier one.
  const rowOf = new Map(
    rows.flatMap((row) => {
      const former = sealing.formerIndexes(numberOf(row), 'identity_number');
      return [indexOf(sealing, row), ...former].map((index) => [index, row] as const);
    }),
  );
  const codes = distinct(rows.map(({ values }) => values.text('schoolCode')));
  const found = await unit.findFields(schools, { code: { $in: codes } }, schoolFields);
  const known = await unit.find(teachers, { identityIndex: { $in: [...rowOf.keys()] } });
  const pairs = known.flatMap((record) => {
    const row = rowOf.get(record.identityIndex);
    return row === undefined ? [] : [{ record, row }];
  });
  const byCode = new Map(found.map((school) => [school.code, school]));
  const elsewhere = pairs.filter(
    ({ record, row }) => byCode.get(row.values.text('schoolCode') ?? '')?._id !== record.schoolId,
  );
  const formerIds = distinct(elsewhere.map(({ record }) => record.schoolId));
  const former =
    formerIds.length === 0
      ? []
      : await unit.findFields(schools, { _id: { $in: formerIds } }, ['code', 'name']);
  const asSaid = new Set(
    pairs.filter(({ record, row }) => isSaid(row, record, sealing)).map(({ record }) => record._id),
  );
  const ids = known.map(({ _id }) => _id).filter((id) => !asSaid.has(id));
  const kept = ids.length === 0 ? [] : await unit.find(personalKeys, { _id: { $in: ids } });
  const keys = kept.flatMap((row) => {
    const wrapped = wrappedIn(row);
    return wrapped === null ? [] : [[row._id, sealing.unwrap(row._id, wrapped)] as const];
  });
  return {
    sealing,
    schools: byCode,
    formerSchools: new Map(former.map((school) => [school._id, school])),
    asSaid,
    added: [],
    known: new Map(pairs.map(({ record, row }) => [indexOf(sealing, row), record])),
    keys: new Map(keys),
  };
}

/**
 * True when the row says the name that is on record, and no number or the very one: by the digest of name and number
 * that the record has for finding duplicates, so that nobody's number is opened to see that nothing has changed.
 */
function isSaid({ values }: ReadRow, record: TeacherRow, sealing: Sealing): boolean {
  const { name, likeness = [] } = record;
  if (values.text('name') !== name) return false;
  const phone = values.text('phone');
  if (phone === undefined) return true;
  return likeness.includes(phoneLikeness(sealing, { name, phone: normalizePhone(phone) }));
}

function knownTeacher(record: TeacherRow, row: ReadRow, { asSaid, keys }: Facts): KnownTeacher {
  const known = { ...record, teacherId: record._id };
  const phone = row.values.text('phone');
  if (phone === undefined) return { ...known, phone: null };
  if (asSaid.has(record._id)) return { ...known, phone: normalizePhone(phone) };
  const { phoneSealed: sealed } = record;
  const key = keys.get(record._id);
  const open = sealed === null || key === undefined ? null : key.open(sealed, 'phone');
  return { ...known, phone: open };
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
  if (verdict === 'transferred') {
    const remark = moveRemark(plan, writing);
    return { verdict, remark, write: () => changed(plan.changes, writing) };
  }
  return { verdict, write: () => ({ id: plan.teacherId, before: null }) };
}

/** From where and when: what a person has to see before saying that it shall be done. [REG-05] */
function moveRemark(
  { fromSchoolId, on }: Extract<TeacherPlan, { verdict: 'transferred' }>,
  { facts: { formerSchools } }: Writing,
): Remark {
  const from = formerSchools.get(fromSchoolId);
  const school = from === undefined ? fromSchoolId : `${from.name}（${from.code}）`;
  return { zh: `自 ${on} 起由 ${school} 调入`, en: `comes from ${school} on ${on}` };
}

function added(
  teacher: Extract<TeacherPlan, { verdict: 'added' }>['teacher'],
  { room: { unit }, facts: { sealing, added: together } }: Writing,
) {
  const { identityNumber, phone, since, regionCode, ...profile } = teacher;
  const _id = unit.newId('teacher');
  const { schoolId } = profile;
  const row: Parameters<typeof recordTeacher>[1] = {
    _id,
    ...profile,
    ...sealPerson(sealing, _id, { identityNumber, phone, name: profile.name }),
    status: 'active',
    mergedInto: null,
    regionCode,
    postings: [{ schoolId, regionCode, from: since, to: null }],
    registeredAt: unit.now,
  };
  recordTeacher(unit, row, { marked: false });
  // Compared with the others of the batch, whose row is written with all that it holds by the end.
  if (together.length === 0) unit.insert(newcomers, { _id, teacherIds: together });
  together.push(_id);
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
