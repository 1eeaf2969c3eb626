/** What a batch of enrollments is decided on, read at once; the draw is decided on the same. */
import type { CivilDate } from '@shixun/kernel';
import type { AnsweredRow, CommandContext, Persons, Unit } from '@shixun/runtime';
import { type MenuItemRow, menuItems } from '../menus/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { classFields, type EligibilityRows, seatsOf } from './commands-facts.ts';
import { readSchoolsAhead, type SchoolsAhead } from './commands-school-facts.ts';
import type { EnrollTeacher } from './enroll.ts';
import type { BucketWaiting, Seats } from './seating.ts';
import {
  type CommitmentEntry,
  commitmentFields,
  enrollments,
  type SeatsRow,
  seatRows,
} from './store.ts';

/** The counters of a class while a batch is decided. */
export type Tally = {
  seats: Seats;
  waiting: number;
  waitingByBucket: readonly BucketWaiting[];
  lastTicket: number;
  readonly before: SeatsRow | null;
};

const itemFields = ['classId', 'opensAt', 'closesAt', 'staggers', 'byDraw'] as const;
export type ItemRow = Pick<MenuItemRow, '_id' | (typeof itemFields)[number]>;
export type ClassRow = EligibilityRows['trainingClass'];

/** What one teacher has taken on, this batch included, how many enrollments that ever were, and what asked for them. */
type Enrollee = {
  readonly commitments: CommitmentEntry[];
  readonly answered: AnsweredRow[];
  lastTurn: number;
};

export type Batch = {
  readonly items: ReadonlyMap<string, ItemRow>;
  readonly classes: ReadonlyMap<string, ClassRow>;
  /** Of the classes that somebody's commitments could clash with or for. */
  readonly sessions: ReadonlyMap<string, TrainingClassRow['sessions']>;
  readonly teachers: ReadonlyMap<string, TeacherRow>;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly enrollees: ReadonlyMap<string, Enrollee>;
  readonly schools: SchoolsAhead;
  readonly policies: CommandContext['policies'];
  readonly date: CivilDate;
};

export async function readBatch(inputs: readonly EnrollTeacher[], unit: Unit, persons: Persons) {
  const teacherIds = unique(inputs.map(({ teacherId }) => teacherId));
  const reading = Promise.all([
    unit.find(teachers, { _id: { $in: teacherIds } }),
    readEnrollees(teacherIds, unit, persons),
  ]);
  reading.catch(() => undefined);
  const itemIds = unique(inputs.map(({ menuItemId }) => menuItemId));
  const items = byId(await unit.findHot(menuItems, itemIds, itemFields));
  const asked = unique([...items.values()].map(({ classId }) => classId));
  const classRows = byId(await unit.findHot(classes, asked, classFields));
  const counters = byId(await unit.findHot(seatRows, asked));
  const tallies = new Map(
    [...classRows.values()].map((row) => [row._id, tallyOf(row, counters.get(row._id) ?? null)]),
  );
  const [teacherRows, enrollees] = await reading;
  const schools = await readSchoolsAhead(
    { teachers: teacherRows, classes: [...classRows.values()] },
    unit,
  );
  const all = schools.staff.size > 0;
  return {
    items,
    classes: classRows,
    tallies,
    teachers: byId(teacherRows),
    enrollees,
    schools,
    sessions: await readSessions(inputs, { items, enrollees, all }, unit),
  };
}

/** What was taken on under another id of the person counts as well. [REG-16] */
async function readEnrollees(teacherIds: readonly string[], unit: Unit, persons: Persons) {
  const enrollees = new Map(
    teacherIds.map((id): [string, Enrollee] => [
      id,
      { commitments: [], answered: [], lastTurn: 0 },
    ]),
  );
  const filter = { teacherId: { $in: teacherIds.flatMap((id) => persons.idsOf(id)) } };
  const fields = [...commitmentFields, 'active', 'turn', 'asked'] as const;
  for (const row of await unit.findFields(enrollments, filter, fields)) {
    const own = enrollees.get(row.teacherId);
    if (own) own.lastTurn = Math.max(own.lastTurn, row.turn);
    for (const id of persons.idsOf(row.teacherId)) {
      const enrollee = enrollees.get(id);
      if (row.asked) enrollee?.answered.push({ rowId: row._id, names: row.asked.names });
      if (row.active) enrollee?.commitments.push(row);
    }
  }
  return enrollees;
}

/**
 * Thirty meetings of a class are most of its bytes: read only for teachers who have taken something on already, and
 * where a school's staff is known, so that its days away count. [PLN-09]
 */
async function readSessions(
  inputs: readonly EnrollTeacher[],
  { items, enrollees, all }: Pick<Batch, 'items' | 'enrollees'> & { readonly all: boolean },
  unit: Unit,
): Promise<Batch['sessions']> {
  const groups = Map.groupBy(inputs, ({ teacherId }) => teacherId);
  const wanted = [...groups].flatMap(([teacherId, own]) => {
    const running = enrollees.get(teacherId)?.commitments.filter(({ done }) => !done) ?? [];
    // Of two requests of one teacher in one batch, the first may be the second's commitment.
    if (running.length === 0 && own.length === 1 && !all) return [];
    const asked = own.flatMap(({ menuItemId }) => items.get(menuItemId) ?? []);
    return [...running, ...asked].map(({ classId }) => classId);
  });
  const ids = unique(wanted);
  if (ids.length === 0) return new Map();
  const rows = await unit.findFields(classes, { _id: { $in: ids } }, ['sessions']);
  return new Map(rows.map(({ _id, sessions }) => [_id, sessions]));
}

function tallyOf(row: ClassRow, before: SeatsRow | null): Tally {
  return {
    seats: seatsOf(row, before),
    waiting: before?.waiting ?? 0,
    waitingByBucket: before?.waitingByBucket ?? [],
    lastTicket: before?.lastTicket ?? 0,
    before,
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function byId<Row extends { readonly _id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row._id, row]));
}
