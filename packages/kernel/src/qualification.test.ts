import { describe, expect, test } from '@jest/globals';
import {
  type Qualification,
  qualificationCovers,
  qualificationStateOn,
  qualificationsCover,
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
    ['begins a day early', { opensOn: '2025-12-31' }, '2025-12-31 – 2025-12-31'],
    ['ends a day late', { closesOn: '2027-01-01' }, '2027-01-01 – 2027-01-01'],
    [
      'is longer at both ends',
      { opensOn: '2025-12-01', closesOn: '2027-01-31' },
      '2025-12-01 – 2025-12-31, 2027-01-01 – 2027-01-31',
    ],
  ])(
    'REG-08: a project that %s is not covered, and the uncovered days are named',
    (_, change, missing) => {
      expect(qualificationCovers(qualification, { ...need, ...change })).toEqual([
        expect.objectContaining({
          dimension: 'period',
          actual: '2026-01-01 – 2026-12-31',
          missing,
        }),
      ]);
    },
  );

  test('REG-08: everything that is missing is named at once, with what was asked and what there is', () => {
    const asked = {
      ...need,
      level: 'provincial',
      stage: 'senior',
      subject: 'pe',
      modality: 'visiting',
    };
    expect(qualificationCovers({ ...qualification, state: 'suspended' }, asked)).toEqual([
      {
        dimension: 'state',
        required: 'qualified / probation',
        actual: 'suspended',
        missing: 'qualified / probation',
      },
      { dimension: 'level', required: 'provincial', actual: 'county, city', missing: 'provincial' },
      { dimension: 'stage', required: 'senior', actual: 'primary, junior', missing: 'senior' },
      { dimension: 'subject', required: 'pe', actual: 'chinese, mathematics', missing: 'pe' },
      {
        dimension: 'modality',
        required: 'visiting',
        actual: 'concentrated, blended',
        missing: 'visiting',
      },
    ]);
  });

  test.each([
    ['none', false],
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
      {
        dimension: 'state',
        required: 'qualified / probation',
        actual: 'none',
        missing: 'qualified / probation',
      },
    ]);
  });
});

describe('qualificationsCover', () => {
  const firstHalf = { ...qualification, validTo: '2026-06-30' };
  const secondHalf = { ...qualification, validFrom: '2026-07-01' };

  test('REG-08: one that follows on the other the next day covers with it', () => {
    expect(qualificationsCover([firstHalf, secondHalf], need)).toEqual([]);
  });

  test('REG-08: a day between two of them is named, and nothing else', () => {
    const later = { ...qualification, validFrom: '2026-07-02' };
    expect(qualificationsCover([firstHalf, later], need)).toEqual([
      expect.objectContaining({ dimension: 'period', missing: '2026-07-01 – 2026-07-01' }),
    ]);
  });

  test('REG-08: one of another subject, or suspended, lends its days to none', () => {
    for (const other of [
      { ...secondHalf, subjects: ['pe'] },
      { ...secondHalf, state: 'suspended' as const },
    ]) {
      expect(qualificationsCover([firstHalf, other], need)).toEqual([
        expect.objectContaining({ dimension: 'period', missing: '2026-07-01 – 2026-12-31' }),
      ]);
    }
  });

  test('REG-08: when none fits, what the nearest lacks is named', () => {
    const far = { ...qualification, levels: [], stages: [] };
    const near = { ...qualification, subjects: ['pe'] };
    expect(qualificationsCover([far, near], need)).toEqual([
      expect.objectContaining({ dimension: 'subject', required: 'chinese', actual: 'pe' }),
    ]);
    expect(qualificationsCover([], need)).toEqual([
      expect.objectContaining({ dimension: 'state', actual: 'none' }),
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
