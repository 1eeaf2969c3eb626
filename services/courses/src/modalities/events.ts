import { courses } from '@shixun/contracts';
import { type EventHandler, type HandlerContext, on, type Unit } from '@shixun/runtime';
import { groupFaults, withoutMembers } from './groups.ts';
import { notices } from './notices.ts';
import { gatherClass, groupFactsOf, releasedOf } from './readers.ts';
import { classPeople, placements, substitutes } from './store-people.ts';
import { substituteFaults } from './substitutes.ts';

/** Courses hears its own word: whoever leaves, leaves group, substitute and placements, and these are checked again. [CRS-33] */
export const traineeLeftHandler: EventHandler = on(
  courses.enrollmentWithdrawn,
  async (events, unit, context) => {
    const byClass = Map.groupBy(events, ({ data }) => data.classId);
    for (const [classId, own] of byClass) {
      await leave(classId, new Set(own.map(({ data }) => data.teacherId)), { unit, context });
      const enrollmentIds = own.map(({ data }) => data.enrollmentId);
      await endPlacements(enrollmentIds, unit);
    }
  },
);

async function leave(
  classId: string,
  said: ReadonlySet<string>,
  { unit, context }: { readonly unit: Unit; readonly context: HandlerContext },
): Promise<void> {
  const people = await unit.findById(classPeople, classId);
  if (people === null) return;
  const room = await gatherClass(classId, unit, context);
  if (!('trainingClass' in room)) return;
  // Who enrolled again meanwhile has not left.
  const present = new Set(room.trainees.map(({ teacherId }) => teacherId));
  const left = new Set([...said].filter((id) => !present.has(id)));
  const inGroup = people.groups.filter(({ memberIds }) => memberIds.some((id) => left.has(id)));
  const freed = people.matches.filter(({ teacherId }) => left.has(teacherId));
  if (inGroup.length + freed.length === 0) return;
  const groups = withoutMembers(people.groups, left);
  const matches = people.matches.filter(({ teacherId }) => !left.has(teacherId));
  const leftIds = [...new Set([...people.leftIds, ...left])];
  unit.update(
    classPeople,
    { _id: classId, turn: people.turn },
    { $set: { groups, matches, leftIds }, $inc: { turn: 1 } },
  );
  await freeSubstitutes(
    classId,
    freed.map(({ substituteId }) => substituteId),
    unit,
  );
  const { institutionId, ownerRegionCode } = room.trainingClass;
  const broken = room.template.grouping === null ? [] : groupFaults(groups, groupFactsOf(room));
  const uncovered = people.matches.length === 0 ? [] : substituteFaults(releasedOf(room), matches);
  unit.notify({
    notice: notices.GROUPS_BROKEN_BY_DEPARTURE,
    to: institutionId === null ? { regionCode: ownerRegionCode } : { institutionId },
    subject: classId,
    figures: {
      classId,
      groups: inGroup.map(({ number }) => number).join(', ') || '—',
      faults: broken.length + uncovered.length,
    },
  });
}

async function freeSubstitutes(classId: string, ids: readonly string[], unit: Unit): Promise<void> {
  for (const row of await unit.find(substitutes, { _id: { $in: [...ids] } })) {
    const bookings = row.bookings.filter((each) => each.classId !== classId);
    unit.update(
      substitutes,
      { _id: row._id, turn: row.turn },
      { $set: { bookings }, $inc: { turn: 1 } },
    );
  }
}

/** The host's place is free again. */
async function endPlacements(enrollmentIds: readonly string[], unit: Unit): Promise<void> {
  const rows = await unit.find(placements, { enrollmentId: { $in: [...enrollmentIds] } });
  for (const { _id, state } of rows) {
    if (state !== 'placed') continue;
    unit.update(placements, { _id, state }, { $set: { state: 'cancelled' } });
  }
}
