/** All dates are civil dates in Asia/Shanghai, all instants UTC. [GOV-05] */
import { Temporal } from 'temporal-polyfill';

/** A civil date in Asia/Shanghai, `2026-09-01`. */
export type CivilDate = string;

/** A moment, in UTC. Decisions take it as an argument and never make one. */
export type Instant = Date;

const zone = 'Asia/Shanghai';

/** The civil date in Asia/Shanghai on which the instant falls. */
export function civilDateOf(instant: Date): CivilDate {
  return zoned(instant).toPlainDate().toString();
}

/** The first instant of the civil date: 2026-09-01 begins at 2026-08-31T16:00Z. */
export function startOfDay(date: CivilDate): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
}

/** The instant that many minutes after the civil date begins: how a session's start is written. */
export function minuteOfDay(date: CivilDate, minute: number): Date {
  return new Date(startOfDay(date).getTime() + minute * 60_000);
}

/** An instant written as a reader in China expects it: 2026-06-01T00:00:03Z → 2026-06-01 08:00（北京时间）. */
export function beijingTimeText(instant: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${local.toPlainDate().toString()} ${time}（北京时间）`;
}

/** Whole days from one civil date to another; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' })
    .days;
}

/** The civil date that many days later (or earlier, when negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The civil date that many months later; the month's last day where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** The calendar year of a civil date. */
export function yearOf(date: CivilDate): number {
  return Temporal.PlainDate.from(date).year;
}

/** True when the text is a date that exists. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
