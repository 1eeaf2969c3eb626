import type { Database, GraphContext, RowBase } from '@shixun/runtime';
import { teachingAssignments } from '../assignments/store.ts';
import { inboxKey } from '../notices/recipients.ts';
import { notices } from '../notices/store.ts';
import { recordsOfPerson } from '../teachers/readers.ts';
import { sealingWith } from '../teachers/sealing.ts';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { corrections, disclosures, personalKeys, wrappedIn } from './store.ts';

/** The numbers of a record, open. Only for payloads whose command has written the reading down. */
export async function numbersOf(teacherId: string, context: GraphContext) {
  const teacher = await context.loadOne(teachers, teacherId);
  const wrapped = wrappedIn(await context.loadOne(personalKeys, teacherId));
  if (teacher === null || wrapped === null) return { teacher, identityNumber: null, phone: null };
  const key = sealingWith(context.personalDataKey).unwrap(teacherId, wrapped);
  const { identitySealed, phoneSealed } = teacher;
  return {
    teacher,
    identityNumber: identitySealed && key.open(identitySealed, 'identity_number'),
    phone: phoneSealed && key.open(phoneSealed, 'phone'),
  };
}

/** The newest that many of each kind; more than one person's record ever has. */
const rowsMax = 1_000;

/**
 * Everything the registry holds about a person, as JSON text: the record with the numbers open and those merged into
 * it, who read them, the corrections, what was taught, what the person was told. The sealed forms and the index say
 * nothing to their owner and stay out. [GOV-03]
 */
export async function registryExport(teacherId: string, context: GraphContext): Promise<string> {
  const own = await numbersOf(teacherId, context);
  if (own.teacher === null) return '{}';
  const merged = (await recordsOfPerson(context, own.teacher)).slice(1);
  const ids = [teacherId, ...merged.map(({ _id }) => _id)];
  const others = await Promise.all(merged.map(({ _id }) => numbersOf(_id, context)));
  const { db } = context;
  const of = { teacherId: { $in: ids } };
  const inbox = { $in: ids.map((id) => inboxKey({ kind: 'teacher', id })) };
  return JSON.stringify(
    {
      teacher: shown(own),
      merged: others.map(shown),
      disclosures: await newest(db, disclosures.name, of, 'at'),
      corrections: await newest(db, corrections.name, of, 'requestedAt'),
      teachingAssignments: await newest(db, teachingAssignments.name, of, 'schoolYear'),
      notices: await newest(db, notices.name, { inbox }, 'sequence'),
    },
    null,
    2,
  );
}

function shown({
  teacher,
  identityNumber,
  phone,
}: {
  readonly teacher: TeacherRow | null;
  readonly identityNumber: string | null;
  readonly phone: string | null;
}): object | null {
  if (teacher === null) return null;
  const {
    _id,
    identitySealed,
    identityIndex,
    phoneSealed,
    identityMasked,
    phoneMasked,
    likeness,
    likenessPending,
    ...record
  } = teacher;
  return { id: _id, ...record, identityNumber, phone };
}

async function newest(
  db: Database,
  name: string,
  filter: object,
  by: string,
): Promise<readonly RowBase[]> {
  return db.connection
    .collection<RowBase>(name)
    .find(filter, { projection: { identitySealed: 0, phoneSealed: 0 } })
    .sort({ [by]: -1, _id: -1 })
    .limit(rowsMax)
    .toArray();
}
