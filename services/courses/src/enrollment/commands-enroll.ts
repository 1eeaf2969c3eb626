import { courses } from '@shixun/contracts';
import type { Instant } from '@shixun/kernel';
import { defineGroupedCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { type MenuItemRow, menuItems } from '../menus/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { eligibilityFactsOf, seatsOf } from './commands-facts.ts';
import {
  type EnrollFacts,
  type EnrollTeacher,
  enrollTeacher,
  type TeacherEnrolled,
} from './enroll.ts';
import { type Seats, takePlace } from './seating.ts';
import {
  type CommitmentEntry,
  type EnrolleeRow,
  type EnrollmentRow,
  enrollees,
  enrollments,
  type SeatsRow,
  seatRows,
} from './store.ts';

/** The counters of a class while a batch is decided. */
type Tally = {
  seats: Seats;
  waiting: number;
  lastTicket: number;
  readonly before: SeatsRow | null;
};

type Batch = {
  readonly items: ReadonlyMap<string, MenuItemRow>;
  readonly classes: ReadonlyMap<string, TrainingClassRow>;
  readonly teachers: ReadonlyMap<string, TeacherRow>;
  readonly tallies: Map<string, Tally>;
  readonly commitments: Map<string, CommitmentEntry[]>;
  /** Rows of enrollees as they were read; absent for a first enrollment. */
  readonly enrollees: ReadonlyMap<string, EnrolleeRow>;
  readonly touched: Set<string>;
  readonly policies: Parameters<typeof eligibilityFactsOf>[1];
  readonly now: Instant;
};

type Facts = EnrollFacts & {
  readonly batch: Batch;
  readonly item: MenuItemRow;
  readonly row: TrainingClassRow;
  readonly tally: Tally;
  readonly policyVersion: string;
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
  gatherAll: async (inputs, unit, { policies }) => ({
    ...(await readBatch(inputs, unit)),
    policies,
    now: unit.now,
  }),
  facts: ({ menuItemId, teacherId }, batch) => factsOf(menuItemId, teacherId, batch),
  scope: ({ teacher }) => ({ personId: teacher.teacherId }),
  decide: (input, facts, { now }) => enrollTeacher(input, facts, now),
  record: (outcome, facts, unit) => recordEnrollment(outcome, facts, unit),
  save: saveBatch,
  stream: ({ row }) => row._id,
  policyVersion: ({ policyVersion }) => policyVersion,
});

async function readBatch(inputs: readonly EnrollTeacher[], unit: Unit) {
  const teacherIds = unique(inputs.map(({ teacherId }) => teacherId));
  const itemIds = unique(inputs.map(({ menuItemId }) => menuItemId));
  const items = byId(await unit.find(menuItems, { _id: { $in: itemIds } }));
  const teacherRows = byId(await unit.find(teachers, { _id: { $in: teacherIds } }));
  const known = byId(await unit.find(enrollees, { _id: { $in: teacherIds } }));
  const asked = unique([...items.values()].map(({ classId }) => classId));
  const committed = [...known.values()].flatMap((row) =>
    row.commitments.filter(({ done }) => !done).map(({ classId }) => classId),
  );
  const classRows = byId(
    await unit.find(classes, { _id: { $in: unique([...asked, ...committed]) } }),
  );
  const counters = byId(await unit.find(seatRows, { _id: { $in: asked } }));
  const tallies = new Map(
    asked.flatMap((classId) => {
      const row = classRows.get(classId);
      const before = counters.get(classId) ?? null;
      return row ? [[classId, tallyOf(row, before)] as const] : [];
    }),
  );
  const commitments = new Map(
    teacherIds.map((id): [string, CommitmentEntry[]] => [
      id,
      [...(known.get(id)?.commitments ?? [])],
    ]),
  );
  return {
    items,
    classes: classRows,
    teachers: teacherRows,
    tallies,
    commitments,
    enrollees: known,
    touched: new Set<string>(),
  };
}

function tallyOf(row: TrainingClassRow, before: SeatsRow | null): Tally {
  return {
    seats: seatsOf(row, before),
    waiting: before?.waiting ?? 0,
    lastTicket: before?.lastTicket ?? 0,
    before,
  };
}

function factsOf(menuItemId: string, teacherId: string, batch: Batch) {
  const item = batch.items.get(menuItemId);
  const row = item && batch.classes.get(item.classId);
  const tally = item && batch.tallies.get(item.classId);
  if (!item || !row || !tally) return notFound('menuItem', menuItemId, ['menuItemId']);
  const teacher = batch.teachers.get(teacherId);
  if (!teacher) return notFound('teacher', teacherId, ['teacherId']);
  const commitments = batch.commitments.get(teacherId) ?? [];
  const classOf = (classId: string) => batch.classes.get(classId);
  const facts = eligibilityFactsOf(
    { item, trainingClass: row, teacher, commitments, classOf },
    batch.policies,
    batch.now,
  );
  return { ...facts, seats: tally.seats, waiting: tally.waiting, batch, item, row, tally };
}

function recordEnrollment(outcome: TeacherEnrolled, facts: Facts, unit: Unit): EnrollmentRow {
  const { batch, item, row, tally, teacher } = facts;
  const { teacherId, schoolId, regionCode } = teacher;
  const { _id: classId, projectId, institutionId, ownerRegionCode, contentCode, year } = row;
  tally.lastTicket += 1;
  const enrollment: EnrollmentRow = {
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
    state: outcome.state,
    ticket: tally.lastTicket,
    enrolledAt: unit.now,
    closesAt: item.closesAt,
    respondBy: null,
    endedAt: null,
    endReason: null,
    active: true,
  };
  const parties = { enrollmentId: enrollment._id, classId, projectId, teacherId };
  const at = unit.now.toISOString();
  if (outcome.state === 'confirmed') {
    tally.seats = takePlace(tally.seats, teacher);
    const told = { ...parties, channel: row.channel, confirmedAt: at };
    unit.emit(courses.enrollmentConfirmed, classId, told);
  } else {
    tally.waiting += 1;
    const told = { ...parties, position: outcome.position, waitlistedAt: at };
    unit.emit(courses.enrollmentWaitlisted, classId, told);
  }
  unit.insert(enrollments, enrollment);
  const entry = { enrollmentId: enrollment._id, classId, contentCode, year, done: false };
  batch.commitments.get(teacherId)?.push(entry);
  batch.touched.add(teacherId);
  return enrollment;
}

/** The sums of the batch: one guarded write per class and per teacher. */
function saveBatch({ tallies, commitments, touched, enrollees: known }: Batch, unit: Unit): void {
  for (const [classId, { seats, waiting, lastTicket, before }] of tallies) {
    if (lastTicket === (before?.lastTicket ?? 0)) continue;
    const counters = { taken: seats.taken, takenByQuota: seats.takenByQuota, waiting, lastTicket };
    if (before === null) unit.insert(seatRows, { _id: classId, ...counters });
    else {
      unit.update(seatRows, { _id: classId, lastTicket: before.lastTicket }, { $set: counters });
    }
  }
  for (const teacherId of touched) {
    const row = { commitments: commitments.get(teacherId) ?? [] };
    if (known.has(teacherId)) unit.update(enrollees, { _id: teacherId }, { $set: row });
    else unit.insert(enrollees, { _id: teacherId, ...row });
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function byId<Row extends { readonly _id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row._id, row]));
}
