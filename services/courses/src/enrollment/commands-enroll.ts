import { courses } from '@shixun/contracts';
import { civilDateOf } from '@shixun/kernel';
import { type AnswerName, defineGroupedCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { after } from './commands.ts';
import { eligibilityFactsOf } from './commands-facts.ts';
import { askSchool, countAway, schoolWordFacts } from './commands-school-facts.ts';
import {
  type EnrollFacts,
  type EnrollTeacher,
  enrollTeacher,
  type TeacherEnrolled,
} from './enroll.ts';
import {
  type Batch,
  type ClassRow,
  type ItemRow,
  readBatch,
  type Tally,
} from './readers-enroll.ts';
import { bucketOf, countWaiter, takePlace } from './seating.ts';
import { asAnswered, type EnrollmentRow, enrollments, seatRows } from './store.ts';

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
  owner: ({ menuItemId }) => menuItemId,
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
