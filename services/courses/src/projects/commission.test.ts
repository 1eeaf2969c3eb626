import { describe, expect, test } from '@jest/globals';
import type { Qualification } from '@shixun/kernel';
import { coverageFaults } from './archive.ts';
import { qualificationFaults } from './commission.ts';
import { exampleDraft } from './project.example.ts';

const qualification: Qualification = {
  state: 'qualified',
  levels: ['county'],
  stages: ['junior'],
  subjects: ['chinese'],
  modalities: ['concentrated'],
  validFrom: '2026-07-01',
  validTo: '2026-12-31',
};
const missing = (change: Partial<Qualification> | null) =>
  qualificationFaults(exampleDraft, change === null ? null : { ...qualification, ...change }).map(
    ({ code, figures }) => [code.rule, figures.dimension],
  );

describe('REG-08: only a qualified institution is commissioned', () => {
  test('REG-08: valid from the first to the last day of the project', () => {
    expect(missing({})).toEqual([]);
  });

  test('REG-08: a day short at either end', () => {
    expect(missing({ validFrom: '2026-07-02' })).toEqual([['REG-08', 'period']]);
    expect(missing({ validTo: '2026-12-30' })).toEqual([['REG-08', 'period']]);
  });

  test('REG-08: everything that is missing is named at once', () => {
    const nothing = { state: 'suspended', levels: [], stages: [], subjects: [], modalities: [] };
    expect(missing({ ...nothing, state: 'suspended', validTo: '2026-07-31' })).toEqual([
      ['REG-08', 'state'],
      ['REG-08', 'level'],
      ['REG-08', 'stage'],
      ['REG-08', 'subject'],
      ['REG-08', 'modality'],
      ['REG-08', 'period'],
    ]);
  });

  test('REG-08: an institution that was never qualified', () => {
    expect(missing(null)).toEqual([['REG-08', 'state']]);
  });
});

describe('EVL-01: a project is archived once enough trainees answered', () => {
  const floor = { numerator: 80, denominator: 100 };

  test('EVL-01: exactly 80 % is enough, one answer less is not', () => {
    expect(coverageFaults(32, 40, floor)).toEqual([]);
    expect(coverageFaults(31, 40, floor)[0]?.figures).toEqual({
      required: '80 %',
      actual: '77.5 %',
    });
  });

  test('EVL-01: a project that nobody attended can be archived', () => {
    expect(coverageFaults(0, 0, floor)).toEqual([]);
  });
});
