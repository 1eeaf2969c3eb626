import { expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { creditRateOf } from './rate.ts';

const figures = {
  ...national.figures,
  creditsPerHourNational: { numerator: 1, denominator: 5 },
  creditFactorOnline: { numerator: 4, denominator: 5 },
  creditFactorSchoolBased: { numerator: 1, denominator: 2 },
};

test('CRD-02: the national base gives one credit per ten hours at every level', () => {
  for (const level of ['national', 'provincial', 'city', 'county', 'school'] as const) {
    expect(creditRateOf(national.figures, level, 'concentrated')).toEqual({
      numerator: 1,
      denominator: 10,
    });
  }
});

test.each([
  ['concentrated', { numerator: 1, denominator: 5 }],
  ['online', { numerator: 4, denominator: 25 }],
  ['school_based', { numerator: 1, denominator: 10 }],
  ['online_school_based', { numerator: 4, denominator: 50 }],
])('CRD-02: the level’s rate times the factor of %s', (modality, rate) => {
  expect(creditRateOf(figures, 'national', modality)).toEqual(rate);
});
