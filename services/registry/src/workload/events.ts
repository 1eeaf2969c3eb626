import { courses } from '@shixun/contracts';
import { type EventHandler, on, type Unit } from '@shixun/runtime';
import { trainerSessions } from './store.ts';
import { termOf } from './term.ts';

/** A published schedule replaces what was known of the class. [REG-12] */
const scheduled = on(courses.classScheduled, async (events, unit) => {
  const newest = new Map(events.map(({ data }) => [data.classId, data]));
  await forget(unit, [...newest.keys()]);
  for (const { classId, projectId, level, sessions } of newest.values()) {
    for (const { sessionId, ...session } of sessions) {
      const fields = { ...session, classId, projectId, level, term: termOf(session.date) };
      unit.upsert(trainerSessions, { _id: sessionId }, { $set: fields });
    }
  }
});

/** A cancelled class is nobody's workload. */
const recorded = on(courses.classRecorded, async (events, unit) => {
  const gone = events.filter(({ data }) => data.state === 'cancelled');
  await forget(
    unit,
    gone.map(({ data }) => data.classId),
  );
});

export const workloadHandlers: readonly EventHandler[] = [scheduled, recorded];

async function forget(unit: Unit, classIds: readonly string[]): Promise<void> {
  if (classIds.length === 0) return;
  const known = await unit.find(trainerSessions, { classId: { $in: classIds } });
  for (const { _id } of known) unit.remove(trainerSessions, { _id });
}
