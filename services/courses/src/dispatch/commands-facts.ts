/** Reads what a dispatch is decided on, and writes the place that it takes. [CRS-42, CRS-43] */
import { courses } from '@shixun/contracts';
import { civilDateOf } from '@shixun/kernel';
import { type CommandContext, type NotFound, notFound, type Unit } from '@shixun/runtime';
import { eligibilityFactsOf, seatsOf } from '../enrollment/commands-facts.ts';
import { bucketOf, type Seats, takePlace } from '../enrollment/seating.ts';
import { type EnrollmentRow, enrollments, type SeatsRow, seatRows } from '../enrollment/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { notices } from './notices.ts';
import { type DispatchRow, dispatches } from './store.ts';

type Books = Pick<CommandContext, 'policies' | 'persons'>;

/** A teacher and a class, with all that speaks for or against their coming together. */
export type Candidacy = Exclude<Awaited<ReturnType<typeof readCandidacy>>, NotFound>;

/** Whoever is dispatched needs no window; a class that is published takes dispatches, too. */
const noWindow = { opensAt: new Date(0), closesAt: new Date(8.64e15), staggers: [] };

export async function readCandidacy(
  { teacherId, classId }: { readonly teacherId: string; readonly classId: string },
  unit: Unit,
  { policies, persons }: Books,
) {
  const row = await unit.findById(classes, classId);
  if (row === null) return notFound('class', classId, ['classId']);
  const teacher = await unit.findById(teachers, teacherId);
  if (teacher === null) return notFound('teacher', teacherId, ['teacherId']);
  const ids = [...persons.idsOf(teacherId)];
  const own = await unit.find(enrollments, { teacherId: { $in: ids } });
  const commitments = own.filter(({ active }) => active);
  const running = commitments.filter(({ done }) => !done).map((each) => each.classId);
  const others = await unit.findFields(classes, { _id: { $in: running } }, ['sessions']);
  const sessions = new Map(others.map((other) => [other._id, other.sessions]));
  sessions.set(classId, row.sessions);
  const state = row.state === 'published' ? 'open' : row.state;
  const rows = {
    item: noWindow,
    trainingClass: { ...row, state },
    teacher,
    commitments,
    sessionsOf: (id: string) => sessions.get(id) ?? [],
  };
  const counters = await unit.findById(seatRows, classId);
  return {
    ...eligibilityFactsOf(rows, policies, civilDateOf(unit.now)),
    row,
    teacherRow: teacher,
    counters,
    seats: seatsOf(row, counters),
    lastTurn: own
      .filter((each) => each.teacherId === teacherId)
      .reduce((last, { turn }) => Math.max(last, turn), 0),
  };
}

/** A dispatch with the class it is to. */
export async function readDispatch(dispatchId: string, unit: Unit) {
  const dispatch = await unit.findById(dispatches, dispatchId);
  const trainingClass = dispatch && (await unit.findById(classes, dispatch.classId));
  if (!dispatch || !trainingClass) return notFound('dispatch', dispatchId, ['dispatchId']);
  return { dispatch, trainingClass };
}

type Place = {
  readonly row: TrainingClassRow;
  readonly teacherRow: TeacherRow;
  readonly lastTurn: number;
  readonly counters: SeatsRow | null;
  /** As they stand now, within this unit. */
  readonly seats: Seats;
};

/** Gives the place and tells the teacher. The counters are those of every other enrollment, so nothing is oversold. */
export function takeDispatchedPlace(dispatch: DispatchRow, place: Place, unit: Unit): DispatchRow {
  const enrollment = enrollmentOf(place, unit);
  const { row, teacherRow, counters, seats } = place;
  const { taken, takenByQuota } = takePlace(seats, teacherRow);
  const { ticket } = enrollment;
  if (counters === null) {
    unit.insert(seatRows, {
      _id: row._id,
      taken,
      takenByQuota,
      waiting: 0,
      waitingByBucket: [],
      lastTicket: ticket,
    });
  } else {
    const filter = { _id: row._id, taken: seats.taken, lastTicket: counters.lastTicket };
    unit.update(seatRows, filter, { $set: { taken, takenByQuota, lastTicket: ticket } });
  }
  unit.insert(enrollments, enrollment);
  const { _id: enrollmentId, classId, projectId, teacherId } = enrollment;
  unit.emit(courses.enrollmentConfirmed, classId, {
    enrollmentId,
    classId,
    projectId,
    teacherId,
    channel: 'dispatched',
    confirmedAt: unit.now.toISOString(),
  });
  unit.notify({
    notice: notices.DISPATCHED,
    to: { teacherId },
    subject: dispatch._id,
    figures: { classId, opensOn: row.opensOn },
  });
  const confirmed = { state: 'confirmed', enrollmentId, decidedAt: unit.now } as const;
  unit.update(dispatches, { _id: dispatch._id, state: 'nominated' }, { $set: confirmed });
  return { ...dispatch, ...confirmed };
}

function enrollmentOf({ row, teacherRow, counters, lastTurn }: Place, unit: Unit): EnrollmentRow {
  const { _id: teacherId, schoolId, regionCode } = teacherRow;
  const { _id: classId, projectId, institutionId, ownerRegionCode, contentCode, year } = row;
  return {
    _id: unit.newId('enrollment'),
    classId,
    projectId,
    menuItemId: null,
    teacherId,
    schoolId,
    regionCode,
    ownerRegionCode,
    institutionId,
    channel: 'dispatched',
    state: 'confirmed',
    ticket: (counters?.lastTicket ?? 0) + 1,
    enrolledAt: unit.now,
    // There was no window: who does not want to go objects.
    closesAt: unit.now,
    respondBy: null,
    endedAt: null,
    endReason: null,
    active: true,
    turn: lastTurn + 1,
    bucket: bucketOf(row.quotas, teacherRow),
    contentCode,
    year,
    done: false,
    question: null,
  };
}
