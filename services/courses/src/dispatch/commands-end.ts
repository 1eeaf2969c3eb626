/** A dispatch ends with the place that it brought, however that ends: its quota is free again. [CRS-43, CRS-44] */
import type { Unit } from '@shixun/runtime';
import type { EnrollmentRow } from '../enrollment/store.ts';
import { notices } from './notices.ts';
import { type DispatchRow, dispatches } from './store.ts';

/** The dispatch that an enrollment goes back to; null for whoever chose the class. */
export async function dispatchOf(
  { _id: enrollmentId, classId, teacherId, menuItemId }: EnrollmentRow,
  unit: Unit,
): Promise<DispatchRow | null> {
  if (menuItemId !== null) return null;
  const active = await unit.findOne(dispatches, { classId, teacherId, active: true });
  return active?.enrollmentId === enrollmentId ? active : null;
}

export function endDispatch({ _id, state }: DispatchRow, answer: string | null, unit: Unit): void {
  const ended = { state: 'withdrawn', answer, decidedAt: unit.now, active: false };
  unit.update(dispatches, { _id, state }, { $set: ended });
}

/** Ends some dispatches of a cancelled class, and tells the schools whose nominations waited. Answers how many. [CRS-01] */
export async function endSomeDispatches(
  classId: string,
  limit: number,
  unit: Unit,
): Promise<number> {
  const standing = await unit.find(dispatches, { classId, active: true }, { limit });
  const reason = '培训班已取消 class cancelled';
  for (const dispatch of standing) {
    endDispatch(dispatch, reason, unit);
    const { _id: subject, state, schoolId, teacherId } = dispatch;
    if (state !== 'nominated') continue;
    const figures = { teacherId, classId, reason };
    unit.notify({ notice: notices.DISPATCH_DECLINED, to: { schoolId }, subject, figures });
  }
  return standing.length;
}
