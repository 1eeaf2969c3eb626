import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import type { Balances } from '../ledger/account.ts';
import { cycleOf, type Sector, standingOf } from './standing.ts';

const { figures } = national;

function held(hoursCenti: number, category = 'subject'): Balances {
  return {
    [`held:${category}:self_selected:county`]: { hoursCenti, creditsCenti: hoursCenti / 10 },
    'issued:completion': { hoursCenti: -hoursCenti, creditsCenti: -hoursCenti / 10 },
  };
}

function standing(sector: Sector, byYear: Record<number, Balances>, year = 2026) {
  const balancesByYear = new Map(Object.entries(byYear).map(([each, b]) => [Number(each), b]));
  return standingOf({ year, sector, figures, balancesByYear });
}

describe('yearly floor', () => {
  test.each([
    ['basic', 7199, 1],
    ['basic', 7200, 0],
    ['basic', 7201, 0],
    ['vocational', 8999, 1],
    ['vocational', 9000, 0],
    ['higher', 0, 0],
  ] as const)('CRD-04: %s with %i hundredths of an hour misses %i', (sector, hours, missing) => {
    const { year } = standing(sector, { 2026: held(hours) });
    expect(year).toMatchObject({ year: 2026, missingCenti: missing, satisfied: missing === 0 });
  });

  test('CRD-04: higher education has no provincial floor: the school’s own rule', () => {
    expect(standing('higher', {}).year.floorCenti).toBeNull();
    expect(standing('basic', {}).year.floorCenti).toBe(7200);
  });

  test('CRD-04: hours of another year don’t count for this one', () => {
    expect(standing('basic', { 2025: held(9000), 2027: held(9000) }).year.hoursCenti).toBe(0);
  });
});

describe('cycle', () => {
  test.each([
    [2020, 2016],
    [2021, 2021],
    [2025, 2021],
    [2026, 2026],
    [2030, 2026],
  ])('CRD-04: %i lies in the cycle from %i', (year, from) => {
    expect(cycleOf(year, 5)).toEqual({ from, to: from + 4 });
  });

  test.each([
    ['basic', 35_999, false],
    ['basic', 36_000, true],
    ['vocational', 44_999, false],
    ['vocational', 45_000, true],
  ] as const)(
    'CRD-04: %s with %i hundredths over the five years: satisfied %s',
    (sector, hours, satisfied) => {
      const { cycle } = standing(sector, {
        2026: held(10_000),
        2030: held(hours - 10_000),
        2031: held(1),
      });
      expect(cycle).toMatchObject({ from: 2026, to: 2030, hoursCenti: hours, satisfied });
    },
  );

  test('CRD-05: names the required categories in which the cycle holds nothing', () => {
    const byYear = { 2026: held(36_000, 'ethics'), 2028: held(1, 'it') };
    const { cycle, satisfied } = standing('basic', byYear);
    expect(cycle.missingCategories).toEqual(['professional_standards']);
    expect(satisfied).toBe(false);
    const all = { ...byYear, 2029: held(1, 'professional_standards') };
    expect(standing('basic', all).cycle.missingCategories).toEqual([]);
    expect(standing('basic', all).satisfied).toBe(true);
  });
});

test('CRD-05: by category, channel and level, the empty ones too, and each adds up to the year', () => {
  const year: Balances = {
    ...held(3000),
    'held:it:dispatched:national': { hoursCenti: 500, creditsCenti: 50 },
  };
  const { byCategory, byChannel, byLevel } = standing('basic', { 2026: year });
  expect(byCategory).toHaveLength(6);
  expect(byCategory).toContainEqual({ name: 'it', hoursCenti: 500, creditsCenti: 50 });
  expect(byCategory).toContainEqual({ name: 'ethics', hoursCenti: 0, creditsCenti: 0 });
  expect(byChannel).toContainEqual({ name: 'self_selected', hoursCenti: 3000, creditsCenti: 300 });
  expect(byLevel).toContainEqual({ name: 'national', hoursCenti: 500, creditsCenti: 50 });
  for (const shares of [byCategory, byChannel, byLevel]) {
    expect(shares.reduce((sum, each) => sum + each.hoursCenti, 0)).toBe(3500);
  }
});
