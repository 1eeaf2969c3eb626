import { describe, expect, test } from '@jest/globals';
import { civilDateOf, startOfDay } from './civil-date.ts';

describe('GOV-05: a civil date is one of Shanghai', () => {
  test.each([
    ['2026-08-31T15:59:59.999Z', '2026-08-31'],
    ['2026-08-31T16:00:00.000Z', '2026-09-01'],
    ['2026-09-01T15:59:59.999Z', '2026-09-01'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29'],
  ])('GOV-05: the instant %s falls on %s', (instant, date) => {
    expect(civilDateOf(new Date(instant))).toBe(date);
  });

  test('GOV-05: a day begins at its midnight in Shanghai, and the instant before is the day before', () => {
    const begins = startOfDay('2026-09-01');
    expect(begins.toISOString()).toBe('2026-08-31T16:00:00.000Z');
    expect(civilDateOf(begins)).toBe('2026-09-01');
    expect(civilDateOf(new Date(begins.getTime() - 1))).toBe('2026-08-31');
  });
});
