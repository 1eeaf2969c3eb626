import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exampleFacts, within } from '../enrollment/enrollment.example.ts';
import type { Seats } from '../enrollment/seating.ts';
import { applyForDraw, withdrawApplication } from './apply.ts';
import { redoDraw } from './client.ts';
import { drawPlaces } from './draw.ts';
import { commitmentOf, lotOf, newSeed, pseudonymOf } from './sealing.ts';
import { openSeed, sealSeed } from './sealing-seed.ts';

const school = (places: number) => ({ regionCode: null, schoolId: 'sch_1', places });
const seats = (capacity: number, change: Partial<Seats> = {}): Seats => ({
  ...{ capacity, quotas: [], taken: 0, takenByQuota: [] },
  ...change,
});
/** Applicants named after their lots. */
const lots = (...names: readonly string[]) =>
  names.map((lot) => ({ pseudonym: lot, lot, bucket: '', excluded: false }));
const outcomes = (at: Seats, applicants: ReturnType<typeof lots>) =>
  drawPlaces(at, applicants).map(({ pseudonym, outcome }) => `${pseudonym} ${outcome}`);

describe('CRS-46: a draw instead of first come', () => {
  test('CRS-46: as many as there are places all have one; one more, and the last lot waits', () => {
    expect(outcomes(seats(3), lots('c', 'a', 'b'))).toEqual(['a place', 'b place', 'c place']);
    expect(outcomes(seats(2), lots('c', 'a', 'b'))).toEqual(['a place', 'b place', 'c waitlist']);
    expect(outcomes(seats(2, { taken: 1 }), lots('b', 'a'))).toEqual(['a place', 'b waitlist']);
    expect(outcomes(seats(2, { taken: 2 }), lots('a'))).toEqual(['a waitlist']);
  });

  test('CRS-42: a quota’s last place is drawn, the next of that school waits, and others go on', () => {
    const at = (places: number) => seats(3, { quotas: [school(places)], takenByQuota: [0] });
    const [a, b, c] = lots('a', 'b', 'c');
    const ofSchool = (one: typeof a) => ({ ...lots('x')[0], ...one, bucket: '0' });
    const people = [ofSchool(a), ofSchool(b), c].flatMap((one) => (one ? [one] : []));
    const of = (places: number) => drawPlaces(at(places), people as never).map((d) => d.outcome);
    expect(of(2)).toEqual(['place', 'place', 'place']);
    expect(of(1)).toEqual(['place', 'waitlist', 'place']);
    expect(of(0)).toEqual(['waitlist', 'waitlist', 'place']);
  });

  test('CRS-41: for whom the class is closed when it runs has a rank, and neither place nor turn', () => {
    const [a, b] = lots('a', 'b');
    const people = [{ ...a, excluded: true }, b] as ReturnType<typeof lots>;
    expect(outcomes(seats(1), people)).toEqual(['a excluded', 'b place']);
    expect(drawPlaces(seats(1), people).map(({ rank }) => rank)).toEqual([1, 2]);
  });

  test('CRS-46: the order in which people applied changes nothing', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(names, fc.nat(20), (all, capacity) => {
        const [one, other] = [lots(...all), lots(...all.toReversed())];
        expect(drawPlaces(seats(capacity), one)).toEqual(drawPlaces(seats(capacity), other));
      }),
    );
  });
});

describe('CRS-46: who may apply, and until when', () => {
  const facts = { ...exampleFacts, draw: { state: 'announced' } as const, applied: false };
  const { opensAt, closesAt } = exampleFacts.window;
  const codes = (change: object, now = within) => {
    const decision = applyForDraw({ ...facts, ...change }, now);
    return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
  };

  test('CRS-46: within the window, from its first instant on, and not at its last', () => {
    expect(codes({}, new Date(opensAt.getTime() - 1))).toEqual(['WINDOW_CLOSED']);
    expect(codes({}, opensAt)).toEqual([]);
    expect(codes({}, new Date(closesAt.getTime() - 1))).toEqual([]);
    expect(codes({}, closesAt)).toEqual(['WINDOW_CLOSED']);
  });

  test('CRS-46: once, and where there is a draw', () => {
    expect(codes({ applied: true })).toEqual(['APPLIED_ALREADY']);
    expect(codes({ draw: null })).toEqual(['NO_DRAW']);
  });

  test('CRS-44: an application is taken back freely until the draw has run', () => {
    const back = (state: 'announced' | 'drawn' | 'void', applied = true) => {
      const decision = withdrawApplication({ state, applied });
      return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
    };
    expect(back('announced')).toEqual([]);
    expect(back('announced', false)).toEqual(['NOT_APPLIED']);
    expect([back('drawn'), back('void')]).toEqual([['DRAW_OVER'], ['DRAW_OVER']]);
  });
});

describe('CRS-46: the seed', () => {
  const [secret, another] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

  test('CRS-46: opens with the service’s secret for its own draw alone, and is the one promised', () => {
    const seed = newSeed();
    const sealed = sealSeed(secret, 'drw_1', seed);
    expect(sealed).not.toContain(seed);
    const opened = openSeed(secret, 'drw_1', sealed);
    expect(commitmentOf(opened)).toBe(commitmentOf(seed));
    expect(openSeed(Buffer.concat([another, secret]), 'drw_1', sealed)).toBe(seed);
    expect(() => openSeed(another, 'drw_1', sealed)).toThrow();
    expect(() => openSeed(secret, 'drw_2', sealed)).toThrow();
  });

  test('CRS-46: whoever redoes it finds a seed that was changed, and a lot that was', () => {
    const seed = newSeed();
    const people = ['tch_1', 'tch_2', 'tch_3'].map((id) => pseudonymOf('drw_1', id));
    const drawn = drawPlaces(
      seats(1),
      people.map((pseudonym) => ({
        ...{ pseudonym, bucket: '', excluded: false },
        lot: lotOf(seed, pseudonym),
      })),
    );
    const draw = {
      ...{ id: 'drw_1', seed, commitment: commitmentOf(seed), capacity: 1, taken: 0, quotas: [] },
      lots: drawn.map(({ pseudonym, rank, outcome }) => ({
        ...{ pseudonym, rank, bucket: '' },
        outcome: outcome === 'place' ? ('PLACE' as const) : ('WAITLIST' as const),
      })),
    };
    expect(redoDraw(draw)).toMatchObject({ seedHolds: true, differing: [] });
    expect(redoDraw({ ...draw, seed: newSeed() }).seedHolds).toBe(false);
    const [first, second, ...rest] = draw.lots;
    if (first === undefined || second === undefined) throw new Error('three drew');
    const swapped = [
      { ...second, rank: first.rank, outcome: first.outcome },
      { ...first, rank: second.rank, outcome: second.outcome },
      ...rest,
    ];
    expect(redoDraw({ ...draw, lots: swapped }).differing.toSorted()).toEqual(
      [first.pseudonym, second.pseudonym].toSorted(),
    );
  });
});
