/**
 * What an institution may be commissioned for: levels × stages × subjects × modalities × period. [REG-08]
 * The registry owns it; courses asks the same question of what it heard by event.
 */
import type { CivilDate } from './civil-date.ts';
import { isEmptyScope, type ScopeBox, scopeWithout } from './scope-algebra.ts';

/** Every state of a qualification 资质, in the order of its life; `none` is that of a body that may never apply. */
export const qualificationStates = [
  'none',
  'applied',
  'under_review',
  'qualified',
  'probation',
  'suspended',
  'revoked',
  'expired',
] as const;

export type QualificationState = (typeof qualificationStates)[number];

export type QualificationScope = {
  readonly levels: readonly string[];
  readonly stages: readonly string[];
  readonly subjects: readonly string[];
  readonly modalities: readonly string[];
  /** First and last day on which it holds; null before it was ever granted. */
  readonly validFrom: CivilDate | null;
  readonly validTo: CivilDate | null;
};

export type Qualification = QualificationScope & { readonly state: QualificationState };

/** What a project asks of the institution that carries it, from its first to its last day. */
export type TrainingNeed = {
  readonly level: string;
  readonly stage: string;
  readonly subject: string;
  readonly modality: string;
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
};

/** One dimension in which the qualification falls short: what was asked, what there is, and exactly what is missing. */
export type Uncovered = {
  readonly dimension: 'state' | 'level' | 'stage' | 'subject' | 'modality' | 'period';
  readonly required: string;
  readonly actual: string;
  /** For the period every run of uncovered days, e.g. `2027-01-01 – 2027-03-31`. */
  readonly missing: string;
};

/**
 * States in which an institution may be commissioned. Probation is one of them: REG-09 judges an institution on
 * probation by its next grade, so it must be able to earn one.
 */
export const commissionable: readonly QualificationState[] = ['qualified', 'probation'];

/**
 * Names everything that is missing; an empty list means covered. `null` is an institution that was never qualified.
 * The period must hold the whole duration, both ends included.
 */
export function qualificationCovers(
  qualification: Qualification | null,
  need: TrainingNeed,
): readonly Uncovered[] {
  if (qualification === null) return [stateMissing('none')];
  const missing: Uncovered[] = [];
  if (!commissionable.includes(qualification.state)) {
    missing.push(stateMissing(qualification.state));
  }
  const dimensions = [
    ['level', need.level, qualification.levels],
    ['stage', need.stage, qualification.stages],
    ['subject', need.subject, qualification.subjects],
    ['modality', need.modality, qualification.modalities],
  ] as const;
  for (const [dimension, required, offered] of dimensions) {
    if (offered.includes(required)) continue;
    missing.push({ dimension, required, actual: listed(offered), missing: required });
  }
  return [...missing, ...periodMissing(need, [qualification])];
}

/**
 * The same for several qualifications that hold together, one after the other or side by side: covered when their
 * union holds the need on every day. Otherwise it names what the nearest of them lacks, and of the period only the
 * days that none of those that fit in everything else holds.
 */
export function qualificationsCover(
  qualifications: readonly Qualification[],
  need: TrainingNeed,
): readonly Uncovered[] {
  const judged = qualifications.map((qualification) => ({
    qualification,
    lacks: qualificationCovers(qualification, need).filter(
      ({ dimension }) => dimension !== 'period',
    ),
  }));
  const fitting = judged.filter(({ lacks }) => lacks.length === 0);
  if (fitting.length > 0) {
    return periodMissing(
      need,
      fitting.map(({ qualification }) => qualification),
    );
  }
  const [nearest] = [...judged].sort((a, b) => a.lacks.length - b.lacks.length);
  return qualificationCovers(nearest?.qualification ?? null, need);
}

/** The runs of days of the need that none of the periods holds; empty when together they hold them all. */
export function uncoveredPeriods(
  { opensOn, closesOn }: Pick<TrainingNeed, 'opensOn' | 'closesOn'>,
  periods: readonly Pick<QualificationScope, 'validFrom' | 'validTo'>[],
): readonly { readonly from: CivilDate; readonly to: CivilDate }[] {
  const all = { levels: ['*'], stages: ['*'], subjects: ['*'], modalities: ['*'] };
  const known = periods.flatMap(({ validFrom, validTo }): readonly ScopeBox[] =>
    validFrom === null || validTo === null ? [] : [{ ...all, validFrom, validTo }],
  );
  const asked = { ...all, validFrom: opensOn, validTo: closesOn };
  return scopeWithout(
    [asked],
    known.filter((box) => !isEmptyScope(box)),
  )
    .map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

function periodMissing(
  need: TrainingNeed,
  qualifications: readonly Qualification[],
): readonly Uncovered[] {
  const uncovered = uncoveredPeriods(need, qualifications);
  if (uncovered.length === 0) return [];
  return [
    {
      dimension: 'period',
      required: `${need.opensOn} – ${need.closesOn}`,
      actual: qualifications
        .map(({ validFrom, validTo }) => `${validFrom ?? '—'} – ${validTo ?? '—'}`)
        .join(', '),
      missing: uncovered.map(({ from, to }) => `${from} – ${to}`).join(', '),
    },
  ];
}

function stateMissing(actual: string): Uncovered {
  const required = commissionable.join(' / ');
  return { dimension: 'state', required, actual, missing: required };
}

/** The state on a date: what the calendar has ended is expired, whatever was last recorded. */
export function qualificationStateOn(
  qualification: Qualification,
  date: CivilDate,
): QualificationState {
  const standing = qualification.state === 'qualified' || qualification.state === 'probation';
  return standing && qualification.validTo !== null && qualification.validTo < date
    ? 'expired'
    : qualification.state;
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? '—' : values.join(', ');
}
