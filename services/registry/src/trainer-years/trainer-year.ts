/**
 * A full-time trainer's year: study hours and days in schools, judged when the calendar year is over. [REG-11]
 */
import {
  type CivilDate,
  centiText,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
  yearOf,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export const entryKinds = ['study', 'school_days'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Open until the year is judged; proposed: the bureau has yet to decide. */
export type TrainerYearState = 'open' | 'met' | 'proposed' | 'waived' | 'not_reconfirmed';

export type TrainerYearSums = { readonly studyHoursCenti: number; readonly schoolDays: number };

export type EntryCommand = {
  readonly kind: EntryKind;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly hoursCenti: number | null;
  readonly schoolId: string | null;
  readonly evidence: string;
};

export type EntryFacts = {
  readonly fullTime: boolean;
  readonly schoolKnown: boolean;
  readonly state: TrainerYearState;
  /** Days in schools that are recorded already: a day counts once. */
  readonly schoolDays: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
};

/** What an entry adds to the counters of its year. */
export type EntryRecorded = TrainerYearSums & { readonly year: number };

export function recordEntry(
  command: EntryCommand,
  facts: EntryFacts,
  today: CivilDate,
): Decision<EntryRecorded> {
  const { kind, from, to, hoursCenti, schoolId } = command;
  const faults: Fault[] = [];
  if (!facts.fullTime) faults.push(fault(codes.NOT_FULL_TIME, ['trainerId']));
  if (facts.state !== 'open') {
    faults.push(fault(codes.YEAR_JUDGED, ['from'], { actual: facts.state }));
  }
  if (from > to || yearOf(from) !== yearOf(to) || to > today) {
    const figures = { required: today, actual: `${from} – ${to}` };
    faults.push(fault(codes.ENTRY_DAYS_INVALID, ['from'], figures));
  }
  if (kind === 'study' && (hoursCenti === null || hoursCenti <= 0)) {
    faults.push(fault(codes.ENTRY_HOURS_MISSING, ['hours']));
  }
  if (kind === 'school_days') {
    if (schoolId === null || !facts.schoolKnown) {
      faults.push(fault(codes.ENTRY_SCHOOL_MISSING, ['schoolId']));
    }
    const twice = facts.schoolDays.find((other) => from <= other.to && other.from <= to);
    if (twice !== undefined) {
      const figures = { actual: `${twice.from} – ${twice.to}` };
      faults.push(fault(codes.ENTRY_DAYS_TWICE, ['from'], figures));
    }
  }
  return decide(faults, () => ({
    year: yearOf(from),
    studyHoursCenti: kind === 'study' ? (hoursCenti ?? 0) : 0,
    schoolDays: kind === 'school_days' ? daysBetween(from, to) + 1 : 0,
  }));
}

export type Shortfall = {
  readonly what: 'study' | 'school_days';
  readonly required: string;
  readonly actual: string;
};

/** In what the year falls short; at the figure is enough. */
export function shortfalls(
  { studyHoursCenti, schoolDays }: TrainerYearSums,
  figures: Pick<PolicyFigures, 'trainerStudyHoursMinCenti' | 'trainerSchoolDaysMin'>,
): readonly Shortfall[] {
  const { trainerStudyHoursMinCenti: hours, trainerSchoolDaysMin: days } = figures;
  const missing: Shortfall[] = [];
  if (studyHoursCenti < hours) {
    const actual = centiText(studyHoursCenti);
    missing.push({ what: 'study', required: centiText(hours), actual });
  }
  if (schoolDays < days) {
    missing.push({ what: 'school_days', required: String(days), actual: String(schoolDays) });
  }
  return missing;
}

/** What the end of the year brings: nothing for who was waived; short without a waiver, a proposal not to reconfirm. */
export function judgeYear(
  state: TrainerYearState,
  missing: readonly Shortfall[],
): TrainerYearState {
  if (state !== 'open') return state;
  return missing.length === 0 ? 'met' : 'proposed';
}

/**
 * Only a whole calendar year is judged: who was registered after the first of January is not, a default of our own.
 */
export function isJudged(registeredOn: CivilDate, year: number): boolean {
  return registeredOn <= `${year}-01-01`;
}

export type YearVerdict = 'waived' | 'not_reconfirmed';

/** The bureau waives a year with a reason, before its end or after, or decides the proposal as it stands. */
export function decideYear(
  { verdict, reason }: { readonly verdict: YearVerdict; readonly reason: string },
  { state }: { readonly state: TrainerYearState },
): Decision<{ readonly state: YearVerdict }> {
  const possible = verdict === 'waived' ? ['open', 'proposed'] : ['proposed'];
  const faults: Fault[] = [];
  if (!possible.includes(state)) {
    const figures = { required: possible.join(' / '), actual: state };
    faults.push(fault(codes.YEAR_NOT_DECIDABLE, ['year'], figures));
  }
  if (verdict === 'waived' && reason === '') faults.push(fault(codes.WAIVER_REASON, ['reason']));
  return decide(faults, () => ({ state: verdict }));
}
