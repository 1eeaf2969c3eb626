/** Who is away from a school on which day under the enrollments as they stand. [PLN-09] */
import {
  addDays,
  type CivilDate,
  compareRatio,
  daysBetween,
  type Ratio,
  scaleCenti,
} from '@shixun/kernel';

/** The teachers of one school in one class, and the days on which it meets. */
export type SchoolClass = {
  /** False where they train at home or at their own school: online, school-based. */
  readonly away: boolean;
  readonly days: readonly { readonly date: CivilDate; readonly minutes: number }[];
  readonly teacherIds: readonly string[];
};

export type ForecastDay = {
  readonly date: CivilDate;
  /** Teachers away; whoever is in two classes counts once. */
  readonly away: number;
  readonly aboveCeiling: boolean;
};

export type ForecastWeek = {
  /** Its Monday. */
  readonly startsOn: CivilDate;
  /** Teachers away on a day of it or more. */
  readonly away: number;
  /** Study hours of all its teachers together, in hundredths. */
  readonly hoursCenti: number;
};

export type ForecastFacts = {
  readonly classes: readonly SchoolClass[];
  readonly staff: number;
  readonly awayShareMax: Ratio;
  readonly minutesPerHour: number;
};

type Span = { readonly from: CivilDate; readonly to: CivilDate };

/** Every day of the span, first and last included. */
export function forecastDays(facts: ForecastFacts, { from, to }: Span): readonly ForecastDay[] {
  const teachers = teachersAway(facts.classes);
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => {
    const date = addDays(from, at);
    const away = teachers.get(date)?.size ?? 0;
    return { date, away, aboveCeiling: isAboveShare(away, facts) };
  });
}

/** Every week that has a day in the span; only days of the span count. */
export function forecastWeeks(facts: ForecastFacts, { from, to }: Span): readonly ForecastWeek[] {
  const teachers = teachersAway(facts.classes);
  const length = Math.floor(daysBetween(mondayOf(from), to) / 7) + 1;
  return Array.from({ length }, (_, week) => {
    const startsOn = addDays(mondayOf(from), week * 7);
    const dates = Array.from({ length: 7 }, (_day, at) => addDays(startsOn, at)).filter(
      (date) => from <= date && date <= to,
    );
    const away = new Set(dates.flatMap((date) => [...(teachers.get(date) ?? [])]));
    const minutes = facts.classes.reduce(
      (sum, { days, teacherIds }) =>
        sum +
        teacherIds.length *
          days
            .filter(({ date }) => dates.includes(date))
            .reduce((all, day) => all + day.minutes, 0),
      0,
    );
    return {
      startsOn,
      away: away.size,
      hoursCenti: scaleCenti(minutes * 100, 1, facts.minutesPerHour),
    };
  });
}

/** The teachers away on each date. */
export function teachersAway(
  classes: readonly SchoolClass[],
): ReadonlyMap<CivilDate, ReadonlySet<string>> {
  const byDate = new Map<CivilDate, Set<string>>();
  for (const { away, days, teacherIds } of classes) {
    if (!away) continue;
    for (const { date } of days) {
      const teachers = byDate.get(date) ?? new Set();
      for (const teacherId of teacherIds) teachers.add(teacherId);
      byDate.set(date, teachers);
    }
  }
  return byDate;
}

/** What a new self-enrollment asks of the school of its teacher. */
export type NewAbsence = {
  readonly teacherId: string;
  /** The class that the teacher would take. */
  readonly trainingClass: Pick<SchoolClass, 'away' | 'days'>;
  /** The school's other classes. */
  readonly classes: readonly SchoolClass[];
  readonly staff: number;
  readonly awayShareMax: Ratio;
};

/**
 * True when a new self-enrollment would leave more of the staff away on one day than the policy's share, so that the
 * school has to confirm it: exactly the share is not more. A school whose staff nobody knows is not asked. [PLN-09]
 */
export function needsSchoolConfirmation(facts: NewAbsence): boolean {
  const { teacherId, trainingClass, classes } = facts;
  if (!trainingClass.away) return false;
  const others = teachersAway(classes);
  return trainingClass.days.some(({ date }) => {
    const away = new Set(others.get(date)).add(teacherId).size;
    return isAboveShare(away, facts);
  });
}

function isAboveShare(
  away: number,
  { staff, awayShareMax }: Pick<ForecastFacts, 'staff' | 'awayShareMax'>,
): boolean {
  const { numerator, denominator } = awayShareMax;
  return staff > 0 && compareRatio(away, staff, numerator, denominator) > 0;
}

/** A Monday, from which weeks are counted. */
const someMonday = '2024-01-01';

function mondayOf(date: CivilDate): CivilDate {
  const day = ((daysBetween(someMonday, date) % 7) + 7) % 7;
  return addDays(date, -day);
}
