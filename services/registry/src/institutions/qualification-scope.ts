/** What an institution asks to be qualified for, and what is wrong with it. [REG-08] */
import { type CivilDate, type Fault, fault, yearOf } from '@shixun/kernel';
import type { Sector } from '../regions/sector-chain.ts';
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

/** The levels of projects that each sector has. [REG-02] */
const projectChains = {
  basic: ['national', 'provincial', 'city', 'county', 'school'],
  vocational: ['national', 'provincial', 'city', 'school'],
  higher: ['provincial', 'school'],
} as const satisfies Record<Sector, readonly ProjectLevel[]>;

function chainOf(stage: AskedScope['stages'][number]): readonly ProjectLevel[] {
  return projectChains[stage === 'vocational' || stage === 'higher' ? stage : 'basic'];
}

/** Levels and stages that no project can have together: the sector lacks the level. Each failing one is named. */
function chainFaults({ levels, stages }: AskedScope): readonly Fault[] {
  if (levels.length === 0 || stages.length === 0) return [];
  return [
    ...stages.flatMap((stage, at) => {
      const chain = chainOf(stage);
      if (levels.some((level) => chain.includes(level))) return [];
      const figures = { stage, required: chain.join(', '), actual: levels.join(', ') };
      return [fault(codes.SCOPE_STAGE_WITHOUT_LEVEL, ['scope', 'stages', String(at)], figures)];
    }),
    ...levels.flatMap((level, at) => {
      if (stages.some((stage) => chainOf(stage).includes(level))) return [];
      const figures = { level, actual: stages.join(', ') };
      return [fault(codes.SCOPE_LEVEL_WITHOUT_STAGE, ['scope', 'levels', String(at)], figures)];
    }),
  ];
}

export function scopeFaults(scope: AskedScope, today: CivilDate): readonly Fault[] {
  const faults: Fault[] = [];
  for (const dimension of ['levels', 'stages', 'subjects', 'modalities'] as const) {
    if (scope[dimension].length === 0) {
      faults.push(fault(codes.SCOPE_EMPTY, ['scope', dimension], { required: dimension }));
    }
  }
  faults.push(...chainFaults(scope));
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
