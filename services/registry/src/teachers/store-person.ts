/** One person, whatever record he or she is asked for by: an id that was merged away redirects for ever. [REG-16] */
import type { Unit } from '@shixun/runtime';
import { type TeacherRow, teachers } from './store.ts';

/** A chain of merges longer than this is no chain of merges. */
const mergesMax = 20;

/** The record of that id, or the one it was merged into, however often. Null when there is none. */
export async function findPerson(unit: Unit, teacherId: string): Promise<TeacherRow | null> {
  let teacher = await unit.findById(teachers, teacherId);
  for (let merges = 0; teacher?.mergedInto && merges < mergesMax; merges += 1) {
    teacher = await unit.findById(teachers, teacher.mergedInto);
  }
  return teacher;
}

/** The record with those that were merged into it, however often. */
export async function findRecordsOf(
  unit: Unit,
  teacher: TeacherRow,
): Promise<readonly TeacherRow[]> {
  const records = [teacher];
  let last = records;
  while (last.length > 0) {
    const ids = last.map(({ _id }) => _id);
    last = await unit.find(teachers, { mergedInto: { $in: ids, $type: 'string' } });
    records.push(...last);
  }
  return records;
}
