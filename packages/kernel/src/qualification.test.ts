import { describe, expect, test } from '@jest/globals';
import {
  type Qualification,
  qualificationCovers,
  qualificationStateOn,
  type TrainingNeed,
} from './qualification.ts';

const qualification: Qualification = {
  state: 'qualified',
  levels: ['county', 'city'],
  stages: ['primary', 'junior'],
  subjects: ['chinese', 'mathematics'],
  modalities: ['concentrated', 'blended'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
};
const need: TrainingNeed = {
  level: 'county',
  stage: 'primary',
  subject: 'chinese',
  modality: 'blended',
  opensOn: '2026-01-01',
  closesOn: '2026-12-31',
};

describe('qualificationCovers', () => {
  test('REG-08: a project that fills the whole validity, both ends included, is covered', () => {
    expect(qualificationCovers(qualification, need)).toEqual([]);
  });

  test.each([
    ['begins a day early', { opensOn: '2025-12-31' }],
    ['ends a day late', { closesOn: '2027-01-01' }],
  ])('REG-08: a project that %s is not covered, and the period is named', (_, change) => {
    expect(qualificationCovers(qualification, { ...need, ...change })).toEqual([
      expect.objectContaining({ dimension: 'period', actual: '2026-01-01 – 2026-12-31' }),
    ]);
  });

  test('REG-08: everything that is missing is named at once, with what was asked and what there is', () => {
    const asked = {
      ...need,
      level: 'provincial',
      stage: 'senior',
      subject: 'pe',
      modality: 'visiting',
    };
    expect(qualificationCovers({ ...qualification, state: 'suspended' }, asked)).toEqual([
      { dimension: 'state', required: 'qualified / probation', actual: 'suspended' },
      { dimension: 'level', required: 'provincial', actual: 'county, city' },
      { dimension: 'stage', required: 'senior', actual: 'primary, junior' },
      { dimension: 'subject', required: 'pe', actual: 'chinese, mathematics' },
      { dimension: 'modality', required: 'visiting', actual: 'concentrated, blended' },
    ]);
  });

  test.each([
    ['applied', false],
    ['under_review', false],
    ['qualified', true],
    ['probation', true],
    ['suspended', false],
    ['revoked', false],
    ['expired', false],
  ] as const)('REG-08: an institution in state %s may be commissioned: %s', (state, covered) => {
    expect(qualificationCovers({ ...qualification, state }, need).length === 0).toBe(covered);
  });

  test('REG-08: what has no period yet covers no duration', () => {
    const missing = qualificationCovers({ ...qualification, validFrom: null, validTo: null }, need);
    expect(missing).toEqual([expect.objectContaining({ dimension: 'period', actual: '— – —' })]);
  });

  test('REG-08: an institution that was never qualified is not covered', () => {
    expect(qualificationCovers(null, need)).toEqual([
      { dimension: 'state', required: 'qualified / probation', actual: 'none' },
    ]);
  });
});

describe('qualificationStateOn', () => {
  test('REG-08: the last day still counts, the day after is expired', () => {
    expect(qualificationStateOn(qualification, '2026-12-31')).toBe('qualified');
    expect(qualificationStateOn(qualification, '2027-01-01')).toBe('expired');
  });

  test('REG-08: a revoked qualification stays revoked after its period', () => {
    expect(qualificationStateOn({ ...qualification, state: 'revoked' }, '2030-01-01')).toBe(
      'revoked',
    );
  });
});
