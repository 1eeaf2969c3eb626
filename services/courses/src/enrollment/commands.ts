import { courses } from '@shixun/contracts';
import { civilDateOf, type Instant } from '@shixun/kernel';
import {
  by,
  type Caller,
  defineCommand,
  may,
  type NotFound,
  notFound,
  type PolicyBook,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { dispatchOf, endDispatch } from '../dispatch/commands-end.ts';
import type { DispatchRow } from '../dispatch/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { answerOffer, type OfferAnswered } from './answer-offer.ts';
import { seatsOf } from './commands-facts.ts';
import { askSchool } from './commands-school-facts.ts';
import { notices } from './notices.ts';
import { bucketsWithPlace, countWaiter, freePlace, type Seats, takePlace } from './seating.ts';
import { type EnrollmentRow, enrollments, type SeatsRow, seatRows } from './store.ts';
import { type EnrollmentWithdrawn, type WithdrawFacts, withdrawEnrollment } from './withdraw.ts';

/** An enrollment with its class, counters and whoever would get its place: what ending it touches. */
export type Standing = {
  readonly enrollment: EnrollmentRow;
  readonly trainingClass: TrainingClassRow;
  readonly seats: Seats;
  readonly counters: SeatsRow;
  /** The first who waits and could have a place, once this enrollment's is free; none waits before them who could. */
  readonly next: EnrollmentRow | null;
  readonly responseHours: number;
  /** How long the teacher's school has for its word. [CRS-17] */
  readonly schoolResponseHours: number;
};

type Policies = Pick<PolicyBook, 'effective'>;

export async function readStanding(
  enrollmentId: string,
  unit: Unit,
  policies: Policies,
  date: string,
): Promise<Standing | NotFound> {
  const enrollment = await unit.findById(enrollments, enrollmentId);
  const absent = notFound('enrollment', enrollmentId, ['enrollmentId']);
  if (enrollment === null) return absent;
  const trainingClass = await unit.findById(classes, enrollment.classId);
  const counters = await unit.findById(seatRows, enrollment.classId);
  if (trainingClass === null || counters === null) return absent;
  const seats = seatsOf(trainingClass, counters);
  const { figures } = policies.effective(enrollment.ownerRegionCode, date);
  return {
    enrollment,
    trainingClass,
    seats,
    counters,
    next: await firstInLine(enrollment, { seats, counters }, unit),
    responseHours: figures.waitlistResponseClockHours,
    schoolResponseHours: figures.schoolResponseClockHours,
  };
}

/**
 * The first of the waitlist who could have the place of this enrollment, were it free. Waiters are looked up by the
 * quotas that count them, so those whose quota is used up are passed over without being read, however many they are.
 */
async function firstInLine(
  enrollment: EnrollmentRow,
  { seats, counters }: Pick<Standing, 'seats' | 'counters'>,
  unit: Unit,
): Promise<EnrollmentRow | null> {
  const { classId } = enrollment;
  const freed = holdsPlace(enrollment) ? freePlace(seats, enrollment) : seats;
  const buckets = bucketsWithPlace(freed, counters.waitingByBucket);
  if (buckets.length === 0) return null;
  const [first] = await unit.find(
    enrollments,
    { classId, state: 'waitlisted', bucket: { $in: buckets }, _id: { $ne: enrollment._id } },
    { sort: { ticket: 1 }, limit: 1 },
  );
  return first ?? null;
}

function holdsPlace({ state }: Pick<EnrollmentRow, 'state'>): boolean {
  return state === 'confirmed' || state === 'offered' || state === 'pending_school';
}

type Ending = {
  readonly state: 'withdrawn' | 'declined' | 'lapsed';
  readonly reason: string | null;
  readonly free: boolean;
  readonly freesPlace: boolean;
  readonly promotes: boolean;
};

/**
 * Ends an enrollment and gives its place to the next in line. The one way by which a place is passed on, so that an
 * answer, a lapse and a withdrawal at the same moment cannot pass it on twice.
 */
export function endEnrollment(standing: Standing, ending: Ending, unit: Unit): EnrollmentRow {
  const { enrollment } = standing;
  const next = ending.promotes ? standing.next : null;
  saveCounters(standing, { ending, next }, unit);
  const ended = {
    state: ending.state,
    active: false,
    respondBy: null,
    endedAt: unit.now,
    endReason: ending.reason,
  } as const;
  unit.update(enrollments, { _id: enrollment._id, state: enrollment.state }, { $set: ended });
  const { classId, projectId, teacherId } = enrollment;
  unit.emit(courses.enrollmentWithdrawn, classId, {
    enrollmentId: enrollment._id,
    classId,
    projectId,
    teacherId,
    free: ending.free,
    withdrawnAt: unit.now.toISOString(),
  });
  if (next) offerPlace(next, standing.responseHours, unit);
  return { ...enrollment, ...ended };
}

function saveCounters(
  { enrollment, seats, counters }: Standing,
  { ending, next }: { ending: Ending; next: EnrollmentRow | null },
  unit: Unit,
): void {
  const freed = ending.freesPlace ? freePlace(seats, enrollment) : seats;
  const { taken, takenByQuota } = next ? takePlace(freed, next) : freed;
  const left = [
    ...(enrollment.state === 'waitlisted' ? [enrollment] : []),
    ...(next ? [next] : []),
  ];
  const waitingByBucket = left.reduce(
    (waiting: SeatsRow['waitingByBucket'], { bucket }) => countWaiter(waiting, bucket, -1),
    counters.waitingByBucket,
  );
  unit.update(
    seatRows,
    { _id: counters._id, taken: counters.taken, lastTicket: counters.lastTicket },
    { $set: { taken, takenByQuota, waiting: counters.waiting - left.length, waitingByBucket } },
  );
}

type Offered = Pick<EnrollmentRow, '_id' | 'classId' | 'projectId' | 'teacherId'>;

/** The freed place is held for the teacher until the response time is over. [CRS-42] */
export function offerPlace(waiter: Offered, responseHours: number, unit: Unit): void {
  const respondBy = after(unit.now, responseHours);
  unit.update(
    enrollments,
    { _id: waiter._id, state: 'waitlisted' },
    { $set: { state: 'offered', respondBy } },
  );
  const { _id: enrollmentId, classId, projectId, teacherId } = waiter;
  unit.emit(courses.enrollmentPromoted, classId, {
    enrollmentId,
    classId,
    projectId,
    teacherId,
    promotedAt: unit.now.toISOString(),
    respondBy: respondBy.toISOString(),
  });
  unit.notify({
    notice: notices.PLACE_OFFERED,
    to: { teacherId },
    subject: enrollmentId,
    figures: { classId, respondBy: respondBy.toISOString() },
  });
}

export function after(instant: Instant, hours: number): Date {
  return new Date(instant.getTime() + hours * 3_600_000);
}

/** By the grant, as the access table sees it: the token's subject need not be the teacher's id. */
function isTeacher(caller: Caller | null, teacherId: string): boolean {
  return may(caller, by('Teacher', 'own'), { personId: teacherId });
}

type WithdrawInput = { readonly enrollmentId: string; readonly reason: string | null };

export const withdrawEnrollmentCommand = defineCommand<
  WithdrawInput,
  Standing & WithdrawFacts & { readonly dispatch: DispatchRow | null },
  EnrollmentWithdrawn,
  EnrollmentRow
>({
  name: 'withdrawEnrollment',
  input: z.object({
    enrollmentId: z.string(),
    reason: z
      .string()
      .trim()
      .max(500)
      .nullish()
      .transform((text) => text ?? null),
  }),
  gather: async ({ enrollmentId }, unit, { caller, policies }) => {
    const standing = await readStanding(enrollmentId, unit, policies, civilDateOf(unit.now));
    if (!('enrollment' in standing)) return standing;
    const { enrollment, trainingClass } = standing;
    return {
      ...standing,
      state: enrollment.state,
      classState: trainingClass.state,
      closesAt: enrollment.closesAt,
      freeWithdrawalUntil: trainingClass.freeWithdrawalUntil ?? null,
      byOwner: !isTeacher(caller, enrollment.teacherId),
      dispatch: await dispatchOf(enrollment, unit),
    };
  },
  scope: ({ enrollment }) => ({
    personId: enrollment.teacherId,
    regionCode: enrollment.ownerRegionCode,
  }),
  decide: (input, facts, { now }) => withdrawEnrollment(input, facts, now),
  record: (outcome, standing, unit) => {
    if (standing.dispatch) endDispatch(standing.dispatch, outcome.reason, unit);
    return endEnrollment(standing, { state: 'withdrawn', ...outcome }, unit);
  },
  stream: ({ enrollment }) => enrollment.classId,
});

type AnswerInput = { readonly enrollmentId: string; readonly accept: boolean };

export const answerOfferCommand = defineCommand<
  AnswerInput,
  Standing,
  OfferAnswered,
  EnrollmentRow
>({
  name: 'answerOffer',
  input: z.object({ enrollmentId: z.string(), accept: z.boolean() }),
  gather: async ({ enrollmentId }, unit, { policies }) =>
    readStanding(enrollmentId, unit, policies, civilDateOf(unit.now)),
  scope: ({ enrollment }) => ({ personId: enrollment.teacherId }),
  decide: (input, { enrollment }, { now }) => answerOffer(input, enrollment, now),
  record: ({ state }, standing, unit) => {
    if (state === 'declined') {
      const promotes = standing.trainingClass.state === 'open';
      return endEnrollment(
        standing,
        { state, reason: null, free: true, freesPlace: true, promotes },
        unit,
      );
    }
    return takeOffer(standing, unit);
  },
  stream: ({ enrollment }) => enrollment.classId,
});

/** The offered place is the teacher's, or held on until the school has answered. [CRS-17, PLN-09] */
function takeOffer({ enrollment, schoolResponseHours }: Standing, unit: Unit): EnrollmentRow {
  if ((enrollment.question ?? null) === null) return confirmPlace(enrollment, unit);
  const respondBy = after(unit.now, schoolResponseHours);
  const pending = { state: 'pending_school', respondBy } as const;
  unit.update(enrollments, { _id: enrollment._id, state: 'offered' }, { $set: pending });
  const row = { ...enrollment, ...pending };
  askSchool(row, unit);
  return row;
}

/** Makes a held place the teacher's, and says so. */
export function confirmPlace(enrollment: EnrollmentRow, unit: Unit): EnrollmentRow {
  const confirmed = { state: 'confirmed', respondBy: null } as const;
  unit.update(enrollments, { _id: enrollment._id, state: enrollment.state }, { $set: confirmed });
  const { _id: enrollmentId, classId, projectId, teacherId, channel } = enrollment;
  unit.emit(courses.enrollmentConfirmed, classId, {
    enrollmentId,
    classId,
    projectId,
    teacherId,
    channel,
    confirmedAt: unit.now.toISOString(),
  });
  return { ...enrollment, ...confirmed };
}
