import { courses } from '@shixun/contracts';
import { type EventHandler, on, type Unit } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { classes } from '../projects/store.ts';
import { meetingsOf } from './readers.ts';
import { schoolClasses } from './store.ts';

/** An enrollment that has a place, or has it no more. */
type Moved = { readonly enrollmentId: string; readonly classId: string; readonly stands: boolean };

/**
 * Courses hears its own word of enrollments, so that the opening minute of a menu doesn't wait for the forecast. What
 * is written names the enrollment, so hearing it again changes nothing. [PLN-09]
 */
async function follow(moves: readonly Moved[], unit: Unit): Promise<void> {
  const ids = moves.map(({ enrollmentId }) => enrollmentId);
  const rows = new Map(
    (await unit.find(enrollments, { _id: { $in: ids } })).map((row) => [row._id, row]),
  );
  const classIds = [...new Set(moves.map(({ classId }) => classId))];
  const meetings = new Map(
    (await unit.find(classes, { _id: { $in: classIds } })).map((row) => [row._id, meetingsOf(row)]),
  );
  const changes = new Map<string, { set: Record<string, unknown>; unset: Record<string, ''> }>();
  for (const { enrollmentId, classId, stands } of moves) {
    const row = rows.get(enrollmentId);
    const meeting = meetings.get(classId);
    if (row === undefined || meeting === undefined) continue;
    const id = `${row.schoolId}/${classId}`;
    const change = changes.get(id) ?? {
      set: { schoolId: row.schoolId, classId, ...meeting },
      unset: {},
    };
    changes.set(id, change);
    if (stands) change.set[`trainees.${enrollmentId}`] = row.teacherId;
    else change.unset[`trainees.${enrollmentId}`] = '';
  }
  for (const [_id, { set, unset }] of changes) {
    unit.upsert(
      schoolClasses,
      { _id },
      { $set: set, ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}) },
    );
  }
}

export const traineeConfirmedHandler: EventHandler = on(
  courses.enrollmentConfirmed,
  (events, unit) =>
    follow(
      events.map(({ data }) => ({ ...data, stands: true })),
      unit,
    ),
);

export const traineeWithdrawnHandler: EventHandler = on(
  courses.enrollmentWithdrawn,
  (events, unit) =>
    follow(
      events.map(({ data }) => ({ ...data, stands: false })),
      unit,
    ),
);

/** A class that is cancelled or meets on other days takes its teachers along. */
export const classMeetingsHandler: EventHandler = on(
  courses.classRecorded,
  async (events, unit) => {
    const ids = [...new Set(events.map(({ data }) => data.classId))];
    const known = await unit.find(schoolClasses, { classId: { $in: ids } });
    if (known.length === 0) return;
    const rows = await unit.find(classes, { _id: { $in: known.map(({ classId }) => classId) } });
    const meetings = new Map(rows.map((row) => [row._id, meetingsOf(row)]));
    for (const { _id, classId } of known) {
      const meeting = meetings.get(classId);
      if (meeting !== undefined) unit.upsert(schoolClasses, { _id }, { $set: meeting });
    }
  },
);
