import { courses } from '@shixun/contracts';
import { type CivilDate, civilDateOf } from '@shixun/kernel';
import {
  type AnsweredRow,
  type AnswerName,
  type CommandContext,
  defineGroupedCommand,
  notFound,
  type Persons,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { type MenuItemRow, menuItems } from '../menus/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { after } from './commands.ts';
import {
  classFields,
  type EligibilityRows,
  eligibilityFactsOf,
  seatsOf,
} from './commands-facts.ts';
import {
  askSchool,
  countAway,
  readSchoolsAhead,
  type SchoolsAhead,
  schoolWordFacts,
} from './commands-school-facts.ts';
import {
  type EnrollFacts,
  type EnrollTeacher,
  enrollTeacher,
  type TeacherEnrolled,
} from './enroll.ts';
import { type BucketWaiting, bucketOf, countWaiter, type Seats, takePlace } from './seating.ts';
import {
  asAnswered,
  type CommitmentEntry,
  commitmentFields,
  type EnrollmentRow,
  enrollments,
  type SeatsRow,
  seatRows,
} from './store.ts';

/** The counters of a class while a batch is decided. */
type Tally = {
  seats: Seats;
  waiting: number;
  waitingByBucket: readonly BucketWaiting[];
  lastTicket: number;
  readonly before: SeatsRow | null;
};

const itemFields = ['classId', 'opensAt', 'closesAt', 'staggers', 'byDraw'] as const;
type ItemRow = Pick<MenuItemRow, '_id' | (typeof itemFields)[number]>;
type ClassRow = EligibilityRows['trainingClass'];

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

export type Facts = EnrollFacts & {
  readonly batch: Batch;
  readonly item: ItemRow;
  readonly row: ClassRow;
  readonly tally: Tally;
  readonly policyVersion: string;
  /** How long a school has for its word. */
  readonly policyHours: number;
};

/**
 * The hot path at eight in the morning: requests that arrive together are decided one after another on one reading of
 * the facts and commit in one transaction, each with its own answer.
 */
export const enrollTeacherCommand = defineGroupedCommand<
  EnrollTeacher,
  Batch,
  Facts,
  TeacherEnrolled,
  EnrollmentRow
>({
  name: 'enrollTeacher',
  input: z.object({ menuItemId: z.string(), teacherId: z.string(), waitlist: z.boolean() }),
  gatherAll: async (inputs, unit, { policies, persons }) => ({
    ...(await readBatch(inputs, unit, persons)),
    policies,
    date: civilDateOf(unit.now),
  }),
  facts: ({ menuItemId, teacherId }, batch) => factsOf(menuItemId, teacherId, batch),
  scope: ({ teacher }) => ({ personId: teacher.teacherId }),
  decide: (input, facts, { now }) => enrollTeacher(input, facts, now),
  record: (outcome, facts, unit, { names }) => recordEnrollment(outcome, facts, unit, names()),
  save: saveBatch,
  answers: {
    collection: enrollments,
    of: ({ teacherId }, { enrollees }) => enrollees.get(teacherId)?.answered ?? [],
    first: asAnswered,
  },
  stream: ({ row }) => row._id,
  policyVersion: ({ policyVersion }) => policyVersion,
});

/** The facts of many requests at once; the draw, too, is decided on them. */
export async function readBatch(inputs: readonly EnrollTeacher[], unit: Unit, persons: Persons) {
  const teacherIds = unique(inputs.map(({ teacherId }) => teacherId));
  const itemIds = unique(inputs.map(({ menuItemId }) => menuItemId));
  const items = byId(await unit.findHot(menuItems, itemIds, itemFields));
  const asked = unique([...items.values()].map(({ classId }) => classId));
  const classRows = byId(await unit.findHot(classes, asked, classFields));
  const counters = byId(await unit.findHot(seatRows, asked));
  const tallies = new Map(
    [...classRows.values()].map((row) => [row._id, tallyOf(row, counters.get(row._id) ?? null)]),
  );
  const teacherRows = byId(await unit.find(teachers, { _id: { $in: teacherIds } }));
  const enrollees = await readEnrollees(teacherIds, unit, persons);
  const schools = await readSchoolsAhead(
    { teachers: [...teacherRows.values()], classes: [...classRows.values()] },
    unit,
  );
  const all = schools.staff.size > 0;
  return {
    items,
    classes: classRows,
    tallies,
    teachers: teacherRows,
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

export function factsOf(menuItemId: string, teacherId: string, batch: Batch) {
  const item = batch.items.get(menuItemId);
  const row = item && batch.classes.get(item.classId);
  const tally = item && batch.tallies.get(item.classId);
  if (!item || !row || !tally) return notFound('menuItem', menuItemId, ['menuItemId']);
  const teacher = batch.teachers.get(teacherId);
  if (!teacher) return notFound('teacher', teacherId, ['teacherId']);
  const commitments = batch.enrollees.get(teacherId)?.commitments ?? [];
  const sessionsOf = (classId: string) => batch.sessions.get(classId) ?? [];
  const rows = { item, trainingClass: row, teacher, commitments, sessionsOf };
  const facts = eligibilityFactsOf(rows, batch.policies, batch.date);
  const { seats, waiting, waitingByBucket } = tally;
  const school = schoolWordFacts(
    { teacher, row, sessions: sessionsOf(row._id), figures: facts.limits },
    batch,
  );
  const byDraw = item.byDraw === true;
  return {
    ...facts,
    byDraw,
    school,
    seats,
    waiting,
    waitingByBucket,
    batch,
    item,
    row,
    tally,
    policyHours: facts.limits.schoolResponseClockHours,
  };
}

export function recordEnrollment(
  outcome: TeacherEnrolled,
  facts: Facts,
  unit: Unit,
  names: readonly AnswerName[] = [],
): EnrollmentRow {
  const { batch, row, tally, teacher } = facts;
  const enrollment = askedBy(names, enrollmentOf(outcome, facts, unit));
  const { _id: enrollmentId, classId, projectId, teacherId } = enrollment;
  const parties = { enrollmentId, classId, projectId, teacherId };
  const at = unit.now.toISOString();
  if (outcome.state !== 'waitlisted') {
    tally.seats = takePlace(tally.seats, teacher);
    countAway(enrollment, facts);
  }
  if (outcome.state === 'pending_school') askSchool(enrollment, unit);
  else if (outcome.state === 'confirmed') {
    const told = { ...parties, channel: row.channel, confirmedAt: at };
    unit.emit(courses.enrollmentConfirmed, classId, told);
  } else {
    tally.waiting += 1;
    tally.waitingByBucket = countWaiter(tally.waitingByBucket, enrollment.bucket, 1);
    const told = { ...parties, position: outcome.position, waitlistedAt: at };
    unit.emit(courses.enrollmentWaitlisted, classId, told);
  }
  unit.insert(enrollments, enrollment);
  batch.enrollees.get(teacherId)?.commitments.push(enrollment);
  return enrollment;
}

/** The row, with the next ticket of the class and the next turn of the teacher. */
function enrollmentOf(
  { state, question }: TeacherEnrolled,
  { batch, item, row, tally, teacher, policyHours }: Facts,
  unit: Unit,
): EnrollmentRow {
  const { teacherId, schoolId, regionCode } = teacher;
  const { _id: classId, projectId, institutionId, ownerRegionCode, contentCode, year } = row;
  const enrollee = batch.enrollees.get(teacherId);
  if (enrollee) enrollee.lastTurn += 1;
  tally.lastTicket += 1;
  return {
    _id: unit.newId('enrollment'),
    classId,
    projectId,
    menuItemId: item._id,
    teacherId,
    schoolId,
    regionCode,
    ownerRegionCode,
    institutionId,
    channel: row.channel,
    state,
    ticket: tally.lastTicket,
    enrolledAt: unit.now,
    closesAt: item.closesAt,
    respondBy: state === 'pending_school' ? after(unit.now, policyHours) : null,
    endedAt: null,
    endReason: null,
    active: true,
    turn: enrollee?.lastTurn ?? 1,
    bucket: bucketOf(row.quotas, teacher),
    contentCode,
    year,
    done: false,
    question,
  };
}

function askedBy(names: readonly AnswerName[], row: EnrollmentRow): EnrollmentRow {
  const { state, respondBy } = row;
  return names.length === 0 ? row : { ...row, asked: { names, state, respondBy } };
}

/** The sums of the batch: one guarded write per class. */
export function saveBatch({ tallies }: Batch, unit: Unit): void {
  for (const [classId, { seats, waiting, waitingByBucket, lastTicket, before }] of tallies) {
    if (lastTicket === (before?.lastTicket ?? 0)) continue;
    const { taken, takenByQuota } = seats;
    const counters = { taken, takenByQuota, waiting, waitingByBucket, lastTicket };
    if (before === null) unit.insert(seatRows, { _id: classId, ...counters });
    else {
      unit.update(seatRows, { _id: classId, lastTicket: before.lastTicket }, { $set: counters });
    }
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function byId<Row extends { readonly _id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row._id, row]));
}
