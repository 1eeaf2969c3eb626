import { addDays, civilDateOf, startOfDay } from '@shixun/kernel';

export type Schedule = { readonly everyMs: number } | { readonly daily: string };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The latest time, now included, at which a chore of that schedule was due. [GOV-05] */
export function latestDue(schedule: Schedule, now: Date): Date {
  if ('everyMs' in schedule) {
    return new Date(Math.floor(now.getTime() / schedule.everyMs) * schedule.everyMs);
  }
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(schedule.daily) ?? [];
  if (hours === undefined) throw new Error(`a daily chore is due at HH:MM, not ${schedule.daily}`);
  const intoDayMs = Number(hours) * hourMs + Number(minutes) * minuteMs;
  const today = civilDateOf(now);
  const due = new Date(startOfDay(today).getTime() + intoDayMs);
  return due <= now ? due : new Date(startOfDay(addDays(today, -1)).getTime() + intoDayMs);
}

/**
 * Whether `due` is still to be run after `done` was. A `done` that lies further ahead than clocks of replicas ever
 * differ comes from a clock that was set forward and back again, and doesn't hold the chore up.
 */
export function isOutstanding(due: Date, done: Date): boolean {
  return due > done || done.getTime() - due.getTime() > 2 * dayMs;
}

/** How long a failed run is left alone: its own interval, or a daily one a minute at first, an hour at most. */
export function pauseAfterFailure(schedule: Schedule, failures: number): number {
  if ('everyMs' in schedule) return Math.min(schedule.everyMs, hourMs);
  return Math.min(minuteMs * 2 ** Math.max(0, failures - 1), hourMs);
}
