/** A finding whose next step is late goes up one level: county → city → province, where it stays. [EVL-12] */
import { addDays, type CivilDate, civilDateOf, type Instant, regionPath } from '@shixun/kernel';

/** The bureau of a region; a township has none, so its county's. */
export function bureauOf(regionCode: string): string {
  return regionCode.slice(0, 6);
}

/** The bureau one level up; null above a province. */
export function bureauAbove(responsibleCode: string): string | null {
  return regionPath(responsibleCode).at(-2) ?? null;
}

/** The last day counts whole: late from 24:00 of that day in Shanghai. [GOV-05] */
export function isLate(dueOn: CivilDate | null, now: Instant): boolean {
  return dueOn !== null && civilDateOf(now) > dueOn;
}

export type Escalation = {
  /** Who is responsible from now on. */
  readonly responsibleCode: string;
  /** The new last day; at the province the old one stays, and is late for all to see. */
  readonly dueOn: CivilDate;
  /** The first day on which it goes further up; null where nobody is above. */
  readonly escalatesOn: CivilDate | null;
};

/** What time has brought about; null when it is not late, or its province knows already. */
export function escalate(
  finding: {
    readonly responsibleCode: string;
    readonly dueOn: CivilDate | null;
    readonly escalatesOn: CivilDate | null;
  },
  now: Instant,
  rectificationMaxDays: number,
): Escalation | null {
  const { responsibleCode, dueOn, escalatesOn } = finding;
  if (dueOn === null || escalatesOn === null || !isLate(dueOn, now)) return null;
  const above = bureauAbove(responsibleCode);
  if (above === null) return { responsibleCode, dueOn, escalatesOn: null };
  return { responsibleCode: above, ...deadline(addDays(civilDateOf(now), rectificationMaxDays)) };
}

/** A last day, and the day on which the finding goes up when nothing has happened. */
export function deadline(dueOn: CivilDate) {
  return { dueOn, escalatesOn: addDays(dueOn, 1) };
}
