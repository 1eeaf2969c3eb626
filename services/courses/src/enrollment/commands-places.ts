/** The places of a class, changed by its owner. [CRS-42] */
import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { menuItems } from '../menus/store.ts';
import { changeClass, classesOf, projectOf } from '../projects/commands-record.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { placesOf } from '../supply/places.ts';
import { type AdjustFacts, type AdjustPlaces, adjustPlaces } from './adjust-places.ts';
import { offerPlace } from './commands.ts';
import { notices } from './notices.ts';
import { type Seats, settleWaitlist } from './seating.ts';
import { type EnrollmentRow, enrollments, type SeatsRow, seatRows } from './store.ts';

const crowdFields = [
  ...(['classId', 'projectId', 'teacherId', 'schoolId', 'regionCode'] as const),
  ...(['state', 'bucket'] as const),
] as const;
type Member = Pick<EnrollmentRow, '_id' | (typeof crowdFields)[number]>;

type Input = AdjustPlaces & { readonly classId: string };
type Facts = AdjustFacts & {
  readonly row: TrainingClassRow;
  readonly counters: SeatsRow | null;
  /** In the order of their turns. */
  readonly waiters: readonly Member[];
  readonly responseHours: number;
  readonly policyVersion: string;
};

const named = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

export const adjustPlacesCommand = defineCommand<Input, Facts, Seats, TrainingClassRow>({
  name: 'adjustPlaces',
  input: z.object({
    classId: z.string(),
    capacity: z.int().min(1).max(100_000),
    quotas: z
      .array(z.object({ regionCode: named, schoolId: named, places: z.int().min(0).max(100_000) }))
      .max(500),
  }),
  gather: async ({ classId, capacity }, unit, { policies }) => {
    const row = await unit.findById(classes, classId);
    const project = row && (await projectOf(unit, row.projectId));
    if (!row || !project) return notFound('class', classId, ['classId']);
    const own = await classesOf(unit, row.projectId);
    const after = own.map((each) => (each._id === classId ? { ...each, capacity } : each));
    const filter = { classId, active: true };
    const crowd = await unit.findFields(enrollments, filter, crowdFields, { sort: { ticket: 1 } });
    const policy = policies.effective(row.ownerRegionCode, civilDateOf(unit.now));
    return {
      row,
      trainingClass: row,
      counters: await unit.findById(seatRows, classId),
      holders: crowd.filter(({ state }) => state !== 'waitlisted'),
      waiters: crowd.filter(({ state }) => state === 'waitlisted'),
      places: placesOf(project, after),
      onMenu: (await unit.findOne(menuItems, { classId })) !== null,
      limits: policy.figures,
      responseHours: policy.figures.waitlistResponseClockHours,
      policyVersion: policy.versionId,
    };
  },
  scope: ({ row }) => ({ regionCode: row.ownerRegionCode }),
  decide: adjustPlaces,
  record: (seats, facts, unit) => {
    const promoted = settle(seats, facts, unit);
    const { _id: classId, institutionId, capacity: before } = facts.row;
    const { capacity, quotas } = seats;
    if (institutionId !== null) {
      const figures = { classId, before, after: capacity, promoted };
      const to = { institutionId };
      unit.notify({ notice: notices.PLACES_ADJUSTED, to, subject: classId, figures });
    }
    return changeClass(unit, facts.row, { capacity, quotas });
  },
  stream: ({ row }) => row._id,
  policyVersion: ({ policyVersion }) => policyVersion,
});

/**
 * Writes the counters as they are counted anew, renames by which quotas those on the waitlist wait, and offers them what
 * came free. The counters are written in any case, so that whoever enrolls at the same moment decides again. Answers how
 * many were offered a place.
 */
function settle(counted: Seats, { row, counters, waiters, ...facts }: Facts, unit: Unit): number {
  const promotes = row.state === 'open';
  const { promoted, left, seats, waitingByBucket } = settleWaitlist(counted, waiters, promotes);
  const { taken, takenByQuota } = seats;
  const fields = { taken, takenByQuota, waiting: left.length, waitingByBucket };
  if (counters === null) unit.insert(seatRows, { _id: row._id, ...fields, lastTicket: 0 });
  else {
    const { _id, lastTicket } = counters;
    unit.update(seatRows, { _id, taken: counters.taken, lastTicket }, { $set: fields });
  }
  for (const { waiter, bucket } of left) {
    if (waiter.bucket === bucket) continue;
    unit.update(enrollments, { _id: waiter._id, state: 'waitlisted' }, { $set: { bucket } });
  }
  for (const waiter of promoted) offerPlace(waiter, facts.responseHours, unit);
  return promoted.length;
}
