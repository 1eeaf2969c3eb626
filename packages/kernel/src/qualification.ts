/**
 * What an institution may be commissioned for: levels × stages × subjects × modalities × period. [REG-08]
 * The registry owns it; courses asks the same question of what it heard by event.
 */
import type { CivilDate } from './civil-date.ts';

/** Every state of a qualification 资质, in the order of its life. */
export const qualificationStates = [
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

/** One dimension in which the qualification falls short, with what was asked and what there is. */
export type Uncovered = {
  readonly dimension: 'state' | 'level' | 'stage' | 'subject' | 'modality' | 'period';
  readonly required: string;
  readonly actual: string;
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
  if (qualification === null) {
    return [{ dimension: 'state', required: commissionable.join(' / '), actual: 'none' }];
  }
  const missing: Uncovered[] = [];
  if (!commissionable.includes(qualification.state)) {
    missing.push({
      dimension: 'state',
      required: commissionable.join(' / '),
      actual: qualification.state,
    });
  }
  const dimensions = [
    ['level', need.level, qualification.levels],
    ['stage', need.stage, qualification.stages],
    ['subject', need.subject, qualification.subjects],
    ['modality', need.modality, qualification.modalities],
  ] as const;
  for (const [dimension, required, offered] of dimensions) {
    if (!offered.includes(required)) missing.push({ dimension, required, actual: listed(offered) });
  }
  const { validFrom, validTo } = qualification;
  if (
    validFrom === null ||
    validTo === null ||
    need.opensOn < validFrom ||
    need.closesOn > validTo
  ) {
    missing.push({
      dimension: 'period',
      required: `${need.opensOn} – ${need.closesOn}`,
      actual: `${validFrom ?? '—'} – ${validTo ?? '—'}`,
    });
  }
  return missing;
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
