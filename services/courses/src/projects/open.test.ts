import { describe, expect, test } from '@jest/globals';
import { scheduleFaults } from './open.ts';

/** A class that opens on 10 September; the day begins at 16:00 UTC the day before. */
const classes = [{ name: '一班', opensOn: '2026-09-10' }];
const publishedAt = (instant: string, of = classes) =>
  of.map((each) => ({ ...each, publishedAt: new Date(instant) }));
const faultsAt = (published: string, days = 5) =>
  scheduleFaults(publishedAt(published), days).map(({ code, figures }) => [
    code.name,
    figures.required,
    figures.actual,
  ]);

describe('CRS-18: the schedule is published five full days before the class opens', () => {
  test('CRS-18: at the first instant of 5 September in Shanghai it is in time', () => {
    expect(faultsAt('2026-09-04T16:00:00.000Z')).toEqual([]);
  });

  test('CRS-18: a millisecond earlier too', () => {
    expect(faultsAt('2026-09-04T15:59:59.999Z')).toEqual([]);
  });

  test('CRS-18: a millisecond later only four full days are left', () => {
    expect(faultsAt('2026-09-04T16:00:00.001Z')).toEqual([
      ['SCHEDULE_PUBLISHED_TOO_LATE', '5 d', '4 d'],
    ]);
  });

  test('CRS-18: published after the class opened', () => {
    expect(faultsAt('2026-09-12T00:00:00Z')).toEqual([
      ['SCHEDULE_PUBLISHED_TOO_LATE', '5 d', '0 d'],
    ]);
  });

  test('CRS-18: a region may ask for more days', () => {
    expect(faultsAt('2026-09-02T16:00:00.000Z', 7)).toEqual([]);
    expect(faultsAt('2026-09-02T16:00:00.001Z', 7)).toHaveLength(1);
  });

  test('CRS-18: every class that cannot open is named', () => {
    const two = [...classes, { name: '二班', opensOn: '2026-09-11' }];
    const late = scheduleFaults(publishedAt('2026-09-05T00:00:00Z', two), 5);
    expect(late.map(({ path }) => path)).toEqual([['classes', '0', '一班']]);
  });
});
