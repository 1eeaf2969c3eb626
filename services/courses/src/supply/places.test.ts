import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { isAboveCeiling, offersPlaces, placesOf, reckonShare } from './places.ts';

const project = { channel: 'self_selected', plannedPlaces: 50, dispatchPlaces: null } as const;

describe('PLN-07: which places are mandated', () => {
  test('PLN-07: the planned ones until there are classes, then the classes’, cancelled ones left out', () => {
    expect(placesOf(project, [])).toEqual({ places: 50, mandated: 0 });
    const classes = [
      { capacity: 30, state: 'open' },
      { capacity: 30, state: 'cancelled' },
    ] as const;
    expect(placesOf(project, classes)).toEqual({ places: 30, mandated: 0 });
  });

  test('PLN-07: what is declared as dispatched, or all of a dispatched project', () => {
    expect(placesOf({ ...project, dispatchPlaces: 20 }, [])).toEqual({ places: 50, mandated: 20 });
    expect(placesOf({ ...project, channel: 'dispatched' }, [])).toEqual({
      places: 50,
      mandated: 50,
    });
    const classes = [{ capacity: 10, state: 'open' }] as const;
    expect(placesOf({ ...project, dispatchPlaces: 20 }, classes)).toEqual({
      places: 10,
      mandated: 10,
    });
  });

  test('PLN-07: a project has places once it is approved and until it is cancelled', () => {
    expect(
      ['draft', 'submitted', 'rejected', 'cancelled'].map((s) => offersPlaces(s as never)),
    ).toEqual([false, false, false, false]);
    expect(
      ['filed', 'approved', 'running', 'archived'].map((s) => offersPlaces(s as never)),
    ).toEqual([true, true, true, true]);
  });
});

test('PLN-07: exactly 40 % of a region’s places mandated is within the ceiling, one place more is above', () => {
  const ceiling = national.figures.mandatedShareMax;
  expect(isAboveCeiling({ places: 1000, mandated: 400 }, ceiling)).toBe(false);
  expect(isAboveCeiling({ places: 1000, mandated: 401 }, ceiling)).toBe(true);
  expect(isAboveCeiling({ places: 0, mandated: 0 }, ceiling)).toBe(false);
});

test('PLN-07: a year’s first project is no measure of the year: what is planned counts while it runs, what was approved after it', () => {
  const first = { places: 40, mandated: 40 };
  const share = (plannedPlaces: number | null, over = false) =>
    reckonShare(first.places, { plannedPlaces, over });
  expect(share(null)).toEqual({ of: 40, basis: 'approved' });
  expect(share(100)).toEqual({ of: 100, basis: 'planned' });
  expect(share(39)).toEqual({ of: 40, basis: 'planned' });
  expect(share(100, true)).toEqual({ of: 40, basis: 'final' });
  const ceiling = national.figures.mandatedShareMax;
  expect(isAboveCeiling({ places: share(100).of, mandated: 40 }, ceiling)).toBe(false);
  expect(isAboveCeiling({ places: share(99).of, mandated: 40 }, ceiling)).toBe(true);
});
