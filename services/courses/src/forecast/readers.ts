/** The facts of the forecast, for queries and for commands that ask whether a school has to confirm. */
import type { CivilDate } from '@shixun/kernel';
import type { Modality } from '../projects/project.ts';
import type { ClassSession, TrainingClassRow } from '../projects/store.ts';
import type { SchoolClass } from './forecast.ts';
import type { SchoolClassRow } from './store.ts';

/** Modalities in which the teacher stays at home or at the own school. */
const atHome: readonly Modality[] = ['online', 'school_based'];

/** The days on which a class meets, and whether its teachers are away then; a cancelled one meets on none. */
export function meetingsOf(
  row: Pick<TrainingClassRow, 'modality' | 'sessions' | 'state' | 'closesOn'>,
): Pick<SchoolClassRow, 'away' | 'days' | 'lastDay'> {
  const minutes = new Map<CivilDate, number>();
  const sessions: readonly ClassSession[] = row.state === 'cancelled' ? [] : row.sessions;
  for (const session of sessions) {
    minutes.set(session.date, (minutes.get(session.date) ?? 0) + session.minutes);
  }
  const days = [...minutes].map(([date, total]) => ({ date, minutes: total }));
  const lastDay = [row.closesOn, ...minutes.keys()].toSorted().at(-1) ?? row.closesOn;
  return { away: !atHome.includes(row.modality), days, lastDay };
}

/** The classes of a school that are not over before the day: the filter that finds their rows. */
export function schoolClassesFrom(
  schoolIds: readonly string[],
  from: CivilDate,
): Readonly<Record<string, unknown>> {
  return { schoolId: { $in: schoolIds }, lastDay: { $gte: from } };
}

/** A row as the forecast reads it. */
export function schoolClassOf({
  away,
  days,
  trainees,
}: Pick<SchoolClassRow, 'away' | 'days'> & {
  readonly trainees?: SchoolClassRow['trainees'] | undefined;
}): SchoolClass {
  return { away, days, teacherIds: Object.values(trainees ?? {}) };
}
