import {
  addDays,
  type CivilDate,
  type Fault,
  fault,
  type Instant,
  startOfDay,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type ScheduledClass = {
  readonly name: string;
  readonly opensOn: CivilDate;
  /** When its schedule as it stands was published: with its plan, or with the notice of a change. [CRS-19] */
  readonly publishedAt: Instant;
};

/**
 * The classes that cannot open because their session schedule was published fewer than `fullDays` whole civil days
 * in Asia/Shanghai before the day they open: published at 2026-09-05T00:00 opens on 2026-09-10, a millisecond
 * later on 2026-09-11. [CRS-18]
 */
export function scheduleFaults(
  classes: readonly ScheduledClass[],
  fullDays: number,
): readonly Fault[] {
  return classes.flatMap(({ name, opensOn, publishedAt }, index) => {
    const latest = startOfDay(addDays(opensOn, -fullDays));
    if (publishedAt.getTime() <= latest.getTime()) return [];
    const kept = fullDaysBefore(opensOn, publishedAt);
    return [
      fault(codes.SCHEDULE_PUBLISHED_TOO_LATE, ['classes', String(index), name], {
        required: `${fullDays} d`,
        actual: `${kept} d`,
        days: fullDays,
        kept,
      }),
    ];
  });
}

/** Whole civil days from the instant to the first instant of the date; 0 when the date has begun. */
function fullDaysBefore(date: CivilDate, instant: Instant): number {
  const milliseconds = startOfDay(date).getTime() - instant.getTime();
  return Math.max(0, Math.floor(milliseconds / 86_400_000));
}
