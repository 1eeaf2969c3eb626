/** What a cancelled class leaves behind: its enrollments are ended, and its teachers are free for other classes. */
import { courses } from '@shixun/contracts';
import { type Chore, runUnit, type Unit } from '@shixun/runtime';
import { endSomeDispatches } from '../dispatch/commands-end.ts';
import { notices } from './notices.ts';
import { classReleases, type EnrollmentRow, enrollments, seatRows } from './store.ts';

/** How many enrollments end in one transaction. */
const releaseSize = 200;

/** Asks for the enrollments of a cancelled class to be ended. In the transaction that cancels it. [CRS-01] */
export function releaseClass(unit: Unit, classId: string): void {
  unit.upsert(classReleases, { _id: classId }, { $setOnInsert: { askedAt: unit.now } });
}

/** Ends the enrollments of cancelled classes, some hundreds at a time. */
export const releaseCancelledChore: Chore = {
  name: 'release-cancelled',
  everyMs: 5_000,
  run: async ({ db, run }, turn) => {
    while (turn?.signal.aborted !== true) {
      const more = await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          return releaseSome(unit);
        },
        run,
      );
      if (!more) return;
    }
  },
};

/**
 * Ends some enrollments of one cancelled class; its places and its waitlist go with them, nobody is promoted. Answers
 * whether there was one. Nobody can enroll meanwhile: who decides on the class conflicts with its cancelling.
 */
export async function releaseSome(unit: Unit): Promise<boolean> {
  const [release] = await unit.find(classReleases, {}, { sort: { _id: 1 }, limit: 1 });
  if (!release) return false;
  const classId = release._id;
  const standing = await unit.find(
    enrollments,
    { classId, active: true },
    { sort: { ticket: 1 }, limit: releaseSize },
  );
  for (const enrollment of standing) endOne(enrollment, unit);
  const dispatched = await endSomeDispatches(classId, releaseSize, unit);
  if (standing.length < releaseSize && dispatched < releaseSize) {
    unit.remove(classReleases, { _id: classId });
    await emptySeats(classId, unit);
  }
  return true;
}

function endOne(enrollment: EnrollmentRow, unit: Unit): void {
  const { _id: enrollmentId, classId, projectId, teacherId, state } = enrollment;
  const ended = {
    state: 'withdrawn',
    active: false,
    respondBy: null,
    endedAt: unit.now,
    endReason: 'class cancelled',
  };
  unit.update(enrollments, { _id: enrollmentId, state }, { $set: ended });
  const parties = { enrollmentId, classId, projectId, teacherId };
  const withdrawnAt = unit.now.toISOString();
  unit.emit(courses.enrollmentWithdrawn, classId, { ...parties, free: true, withdrawnAt });
  unit.notify({
    notice: notices.CLASS_CANCELLED,
    to: { teacherId },
    subject: classId,
    figures: { classId },
  });
  unit.audit({
    stream: classId,
    actor: 'clock',
    command: 'releaseCancelled',
    facts: { enrollmentId },
    policyVersion: null,
  });
}

async function emptySeats(classId: string, unit: Unit): Promise<void> {
  const seats = await unit.findById(seatRows, classId);
  const takenByQuota = seats?.takenByQuota.map(() => 0) ?? [];
  const empty = { taken: 0, takenByQuota, waiting: 0, waitingByBucket: [] };
  // Also where nobody had enrolled yet: whoever does so at this moment decides again, and finds the class cancelled.
  if (seats === null) return unit.insert(seatRows, { _id: classId, ...empty, lastTicket: 0 });
  unit.update(seatRows, { _id: classId, lastTicket: seats.lastTicket }, { $set: empty });
}
