import { describe, expect, test } from '@jest/globals';
import { isOutstanding, latestDue, pauseAfterFailure } from './due.ts';

const at = (text: string) => new Date(text);
const due = (schedule: Parameters<typeof latestDue>[0], now: string) =>
  latestDue(schedule, at(now)).toISOString();

describe('when a chore is due', () => {
  test('GOV-05: a daily chore is due at its hour in Shanghai, the instant itself included', () => {
    const six = { daily: '06:00' };
    expect(due(six, '2026-09-01T21:59:59.999Z')).toBe('2026-08-31T22:00:00.000Z');
    expect(due(six, '2026-09-01T22:00:00.000Z')).toBe('2026-09-01T22:00:00.000Z');
  });

  test('GOV-05: a chore at midnight is due when the civil day begins in Shanghai, not in UTC', () => {
    const midnight = { daily: '00:00' };
    expect(due(midnight, '2026-12-31T15:59:59.999Z')).toBe('2026-12-30T16:00:00.000Z');
    expect(due(midnight, '2026-12-31T16:00:00.000Z')).toBe('2026-12-31T16:00:00.000Z');
    expect(due(midnight, '2027-01-01T00:00:00.000Z')).toBe('2026-12-31T16:00:00.000Z');
  });

  test('a chore with an interval is due at its multiples, alike on every replica', () => {
    expect(due({ everyMs: 15_000 }, '2026-09-01T00:00:14.999Z')).toBe('2026-09-01T00:00:00.000Z');
    expect(due({ everyMs: 15_000 }, '2026-09-01T00:00:15.000Z')).toBe('2026-09-01T00:00:15.000Z');
  });

  test.each(['6:00', '24:00', '06:60', ''])('"%s" is no time of day', (daily) => {
    expect(() => latestDue({ daily }, at('2026-09-01T00:00:00Z'))).toThrow('HH:MM');
  });

  test('what was done is not outstanding; a clock that was set far back holds nothing up', () => {
    const done = at('2026-09-03T00:00:00Z');
    expect(isOutstanding(done, done)).toBe(false);
    expect(isOutstanding(at('2026-09-03T00:00:00.001Z'), done)).toBe(true);
    expect(isOutstanding(at('2026-09-01T00:00:00.000Z'), done)).toBe(false);
    expect(isOutstanding(at('2026-08-31T23:59:59.999Z'), done)).toBe(true);
  });

  test('a failed run is left alone for its interval, a daily one for a minute, then longer, an hour at most', () => {
    expect(pauseAfterFailure({ everyMs: 15_000 }, 5)).toBe(15_000);
    expect([1, 2, 3, 20].map((n) => pauseAfterFailure({ daily: '06:00' }, n))).toEqual([
      60_000, 120_000, 240_000, 3_600_000,
    ]);
  });
});
