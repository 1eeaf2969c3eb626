/** What an institution asks to be qualified for, and what is wrong with it. [REG-08] */
import { type CivilDate, type Fault, fault, yearOf } from '@shixun/kernel';
import { codes } from './refusals.ts';

export const projectLevels = ['national', 'provincial', 'city', 'county', 'school'] as const;
export type ProjectLevel = (typeof projectLevels)[number];

export const trainingStages = [
  'kindergarten',
  'primary',
  'junior',
  'senior',
  'vocational',
  'higher',
] as const;

export const modalities = [
  'concentrated',
  'blended',
  'online',
  'school_based',
  'visiting',
  'online_school_based',
  'workshop',
  'release_time',
  'shadow',
  'out_of_province',
  'abroad',
  'degree',
] as const;

export type AskedScope = {
  readonly levels: readonly ProjectLevel[];
  readonly stages: readonly (typeof trainingStages)[number][];
  readonly subjects: readonly string[];
  readonly modalities: readonly (typeof modalities)[number][];
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate;
};

/** Years that a qualification may run: one cycle 周期, a default of our own. */
const yearsMax = 5;

export function scopeFaults(scope: AskedScope, today: CivilDate): readonly Fault[] {
  const faults: Fault[] = [];
  for (const dimension of ['levels', 'stages', 'subjects', 'modalities'] as const) {
    if (scope[dimension].length === 0) {
      faults.push(fault(codes.SCOPE_EMPTY, ['scope', dimension], { required: dimension }));
    }
  }
  const { validFrom, validTo } = scope;
  if (validFrom >= validTo) {
    const figures = { required: validTo, actual: validFrom };
    faults.push(fault(codes.PERIOD_REVERSED, ['scope', 'validFrom'], figures));
  }
  if (validTo < today) {
    const figures = { required: today, actual: validTo };
    faults.push(fault(codes.PERIOD_OVER, ['scope', 'validTo'], figures));
  }
  if (validTo >= `${yearOf(validFrom) + yearsMax}${validFrom.slice(4)}`) {
    const figures = { required: yearsMax, actual: validTo };
    faults.push(fault(codes.PERIOD_TOO_LONG, ['scope', 'validTo'], figures));
  }
  return faults;
}
