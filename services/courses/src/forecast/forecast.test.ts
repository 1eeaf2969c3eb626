import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import {
  forecastDays,
  forecastWeeks,
  needsSchoolConfirmation,
  type SchoolClass,
} from './forecast.ts';

const { schoolAwayShareMax: awayShareMax, minutesPerHour } = national.figures;
const people = (count: number, prefix = 'tch') =>
  Array.from({ length: count }, (_, at) => `${prefix}_${at}`);
const away = (teacherIds: readonly string[], dates: readonly string[]): SchoolClass => ({
  away: true,
  days: dates.map((date) => ({ date, minutes: 270 })),
  teacherIds,
});
const facts = (classes: readonly SchoolClass[], staff = 40) => ({
  classes,
  staff,
  awayShareMax,
  minutesPerHour,
});
// 2026-07-13 is a Monday.
const span = { from: '2026-07-13', to: '2026-07-20' };

describe('PLN-09: the forecast of a school', () => {
  test('PLN-09: exactly 10 % of the staff away on a day is not above the ceiling, one more is', () => {
    const days = forecastDays(
      facts([away(people(4), ['2026-07-13']), away(people(5), ['2026-07-14'])]),
      span,
    );
    expect(days).toHaveLength(8);
    expect(days.slice(0, 3)).toEqual([
      { date: '2026-07-13', away: 4, aboveCeiling: false },
      { date: '2026-07-14', away: 5, aboveCeiling: true },
      { date: '2026-07-15', away: 0, aboveCeiling: false },
    ]);
  });

  test('PLN-09: who is in two classes on a day is away once; who trains at home is not away', () => {
    const classes = [
      away(people(3), ['2026-07-13']),
      away(people(2), ['2026-07-13']),
      { ...away(people(9, 'online'), ['2026-07-13']), away: false },
    ];
    expect(forecastDays(facts(classes), span)[0]?.away).toBe(3);
  });

  test('PLN-09: weeks begin on Monday and hold the hours of everyone, at home too', () => {
    const classes = [
      away(people(2), ['2026-07-12', '2026-07-13', '2026-07-19', '2026-07-20']),
      { ...away(people(1, 'online'), ['2026-07-14']), away: false },
    ];
    expect(forecastWeeks(facts(classes), span)).toEqual([
      { startsOn: '2026-07-13', away: 2, hoursCenti: 30_00 },
      { startsOn: '2026-07-20', away: 2, hoursCenti: 12_00 },
    ]);
  });
});

describe('PLN-09: a new self-enrollment and the school', () => {
  const needs = (classes: readonly SchoolClass[], change: object = {}) =>
    needsSchoolConfirmation({
      teacherId: 'tch_new',
      trainingClass: away([], ['2026-07-13', '2026-07-14']),
      ...facts(classes),
      ...change,
    });

  test('PLN-09: the one who makes it exactly 10 % needs no confirmation, the next one does', () => {
    expect(needs([away(people(3), ['2026-07-14'])])).toBe(false);
    expect(needs([away(people(4), ['2026-07-14'])])).toBe(true);
    expect(needs([away(people(4), ['2026-07-15'])])).toBe(false);
  });

  test('PLN-09: who is away on the day already adds nobody', () => {
    const classes = [away([...people(3), 'tch_new'], ['2026-07-13', '2026-07-14'])];
    expect(needs(classes)).toBe(false);
  });

  test('PLN-09: not for training at home, nor where the staff is not known', () => {
    const full = [away(people(9), ['2026-07-13'])];
    expect(needs(full)).toBe(true);
    expect(needs(full, { trainingClass: { ...away([], ['2026-07-13']), away: false } })).toBe(
      false,
    );
    expect(needs(full, { staff: 0 })).toBe(false);
  });
});
