/** Which bureau has the say about a qualification, and who stands above it. [REG-08, REG-09] */
import type { RegionLevel } from '@shixun/kernel';
import type { ProjectLevel } from './qualification-scope.ts';

const ranks = { province: 3, city: 2, county: 1, township: 0 } as const;

/** 3 for the province down to 0; undefined, who is no bureau, stands below all. */
export function bureauRank(level: RegionLevel | undefined): number {
  return level === undefined ? 0 : ranks[level];
}

/** The highest of the levels on which somebody is a bureau. */
export function highestBureau(levels: readonly RegionLevel[]): RegionLevel | undefined {
  return [...levels].sort((a, b) => ranks[b] - ranks[a])[0];
}

/** The lowest bureau that decides about a scope: national and provincial projects are the province's to qualify for. */
export function bureauFor(levels: readonly ProjectLevel[]): RegionLevel {
  if (levels.includes('national') || levels.includes('provincial')) return 'province';
  return levels.includes('city') ? 'city' : 'county';
}

/**
 * The bureau that decides an appeal: the next level above the one that made the move. Above the province the registry
 * knows nobody, so the province hears appeals against itself: a default of our own.
 */
export function superiorOf(level: RegionLevel): RegionLevel {
  return level === 'county' || level === 'township' ? 'city' : 'province';
}
