/** Reads of people over time: the surviving record of a merged one, and who was where on a date. [REG-05, REG-16] */
import { type CivilDate, isCivilDate } from '@shixun/kernel';
import { badInput, type Connection, connection, type GraphContext, may } from '@shixun/runtime';
import { schools } from '../schools/store.ts';
import { postingsOn } from './postings.ts';
import { type TeacherRow, teachers } from './store.ts';
import type { Posting } from './teacher.ts';

/** A record as it is shown; one that was asked for by the id of a merged record says so. */
export type ShownTeacher = TeacherRow & {
  readonly redirectedFrom?: string;
  /** The id by which the person is known to the caller's own grant, when that is the merged one. */
  readonly ownId?: string;
};

/** The record of that id, or the one that it was merged into, however often. Null when there is none. [REG-16] */
export async function survivingTeacher(
  context: GraphContext,
  id: string,
): Promise<ShownTeacher | null> {
  const asked = await context.loadOne(teachers, id);
  let row = asked;
  const passed = new Set<string>();
  while (row !== null && row.status === 'merged' && row.mergedInto !== null) {
    if (passed.has(row._id)) throw new Error(`the merges of teacher ${id} run in a circle`);
    passed.add(row._id);
    row = await context.loadOne(teachers, row.mergedInto);
  }
  if (row === null || passed.size === 0) return row;
  const own = may(context.caller, { role: 'Teacher', on: 'own' }, { personId: id });
  return { ...row, redirectedFrom: id, ...(own ? { ownId: id } : {}) };
}

/** The record with those that were merged into it, however often: all of one person. [REG-16] */
export async function recordsOfPerson(
  context: GraphContext,
  teacher: TeacherRow,
): Promise<readonly TeacherRow[]> {
  const records = [teacher];
  for (const record of records) {
    records.push(...(await context.loadMany(teachers, 'mergedInto', record._id)));
  }
  return records;
}

/** Where the person was, on a date or ever; records merged into this one tell their part. */
export async function employmentsOf(
  context: GraphContext,
  teacher: TeacherRow,
  on: CivilDate | null,
): Promise<readonly Posting[]> {
  if (on !== null && !isCivilDate(on)) throw badInput('the date does not exist');
  const records = await recordsOfPerson(context, teacher);
  const postings = records
    .flatMap((record) => record.postings)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return on === null ? postings : postingsOn(postings, on);
}

export type StaffAsked = {
  readonly schoolId: string;
  readonly date: CivilDate;
  readonly first?: number | null;
  readonly after?: string | null;
};

type StaffMember = {
  readonly teacherId: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
};

/** Who was at a school on a date. Outside the caller's scope nobody is there to see. */
export async function schoolStaffOn(
  context: GraphContext,
  { schoolId, date, first, after }: StaffAsked,
): Promise<Connection<StaffMember>> {
  if (!isCivilDate(date)) throw badInput('the date does not exist');
  const school = await context.loadOne(schools, schoolId);
  const row = [
    { role: 'SchoolAdmin', on: 'school' },
    ...(['ProvinceAdmin', 'CityAdmin', 'CountyAdmin'] as const).map(
      (role) => ({ role, on: 'region' }) as const,
    ),
  ] as const;
  const allowed = may(context.caller, row, { schoolId, regionCode: school?.regionCode });
  const there = {
    schoolId,
    from: { $lte: date },
    $or: [{ to: null }, { to: { $gt: date } }],
  };
  const page = await connection(context.db.model(teachers), {
    filter: allowed ? { 'postings.schoolId': schoolId, postings: { $elemMatch: there } } : null,
    sort: [['_id', 1]],
    first,
    after,
  });
  return {
    ...page,
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: memberOf(node, schoolId, date) })),
  };
}

function memberOf(row: TeacherRow, schoolId: string, date: CivilDate): StaffMember {
  const posting = postingsOn(row.postings, date).find((each) => each.schoolId === schoolId);
  if (posting === undefined) throw new Error(`teacher ${row._id} was not at ${schoolId}`);
  return { teacherId: row._id, from: posting.from, to: posting.to };
}
