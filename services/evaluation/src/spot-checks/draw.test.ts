import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lotOf } from './commands-lots.ts';
import { type DrawnFrom, drawSpotChecks, type Lot, stratifiedDraw } from './draw.ts';

type Project = Omit<DrawnFrom, 'lot'>;
const drawBy = (projects: readonly Project[], seed: string) =>
  stratifiedDraw(
    projects.map((each) => ({ ...each, lot: lotOf(seed, each.id) })),
    fifth,
  );

const fifth = { numerator: 20, denominator: 100 };
const project = (n: number, level = 'county', modality = 'concentrated'): Project => ({
  id: `prj_${n}`,
  level,
  modality,
});
const many = (count: number, level?: string) =>
  Array.from({ length: count }, (_, n) => project(n, level));
const drawnOf = (lots: readonly Lot[]) =>
  lots.filter(({ drawn }) => drawn).map(({ projectId }) => projectId);

const anyProjects = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 100_000 }).map((n) => `prj_${n}`),
    level: fc.constantFrom('city', 'county', 'school'),
    modality: fc.constantFrom('concentrated', 'online', 'school_based'),
  }),
  { selector: ({ id }) => id, maxLength: 200 },
);

describe('EVL-05: at least a fifth of the projects, rounded up', () => {
  test.each([
    [1, 1],
    [4, 1],
    [5, 1],
    [6, 2],
    [10, 2],
    [11, 3],
  ])('of %i projects %i are drawn', (count, drawn) => {
    expect(drawnOf(drawBy(many(count), 'seed'))).toHaveLength(drawn);
  });

  test('in every stratum by itself, school-based ones included', () => {
    fc.assert(
      fc.property(anyProjects, fc.string(), (projects, seed) => {
        const lots = drawBy(projects, seed);
        const strata = Map.groupBy(lots, ({ stratum }) => stratum);
        for (const members of strata.values()) {
          expect(drawnOf(members)).toHaveLength(Math.ceil(members.length / 5));
        }
      }),
    );
  });

  test('every project has one lot, ranks run from 1, the first are drawn', () => {
    fc.assert(
      fc.property(anyProjects, fc.string(), (projects, seed) => {
        const lots = drawBy(projects, seed);
        expect(lots.map(({ projectId }) => projectId).sort()).toEqual(
          projects.map(({ id }) => id).sort(),
        );
        for (const members of Map.groupBy(lots, ({ stratum }) => stratum).values()) {
          expect(members.map(({ rank }) => rank)).toEqual(members.map((_, index) => index + 1));
          const drawnRanks = members.filter(({ drawn }) => drawn).map(({ rank }) => rank);
          expect(Math.max(...drawnRanks)).toBe(drawnRanks.length);
        }
      }),
    );
  });

  test('without a project there is nothing to draw from', () => {
    const facts = {
      regionCode: '140105',
      year: 2026,
      figures: { spotCheckShareMin: fifth },
    };
    expect(drawSpotChecks({ ...facts, projects: [] })).toMatchObject({
      accepted: false,
      faults: [{ code: { name: 'NO_PROJECTS_TO_DRAW_FROM' } }],
    });
    const projects = [{ ...project(1), lot: lotOf('s', 'prj_1') }];
    expect(drawSpotChecks({ ...facts, projects })).toMatchObject({ accepted: true });
  });
});

describe('EVL-05: anyone can redo the draw', () => {
  test('the same seed gives the same draw, in whatever order the projects are listed', () => {
    fc.assert(
      fc.property(anyProjects, fc.string(), (projects, seed) => {
        expect(drawBy([...projects].reverse(), seed)).toEqual(drawBy(projects, seed));
      }),
    );
  });

  test('by hand: the smallest SHA-256 of seed, newline and id', () => {
    const byHand = many(10)
      .map(({ id }) => id)
      .sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
    expect(drawnOf(drawBy(many(10), '2026'))).toEqual(byHand.slice(0, 2));
    function hash(id: string) {
      return createHash('sha256').update(`2026\n${id}`).digest('hex');
    }
  });

  test('another project in a stratum changes no other stratum', () => {
    const before = drawBy([...many(20), project(99, 'school')], 'seed');
    const after = drawBy([...many(20), project(99, 'school'), project(98, 'school')], 'seed');
    const county = (lots: readonly Lot[]) =>
      lots.filter(({ stratum }) => stratum.startsWith('county'));
    expect(county(after)).toEqual(county(before));
  });

  test('over many seeds every project is drawn about as often as any other', () => {
    const times = new Map(many(10).map(({ id }) => [id, 0]));
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const id of drawnOf(drawBy(many(10), `seed ${seed}`))) {
        times.set(id, (times.get(id) ?? 0) + 1);
      }
    }
    // 2000 draws of 2 in 10: 400 each; 100 off would be more than five standard deviations.
    for (const count of times.values()) expect(Math.abs(count - 400)).toBeLessThan(100);
  });
});
