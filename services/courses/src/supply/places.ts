import { compareRatio, type Ratio } from '@shixun/kernel';
import type { Channel, ClassState, ProjectState } from '../projects/project.ts';

/** The places 名额 of a project, and those of them that are mandated 指令性: filled by a bureau or school. [PLN-07] */
export type Places = { readonly places: number; readonly mandated: number };

export type OfferedProject = {
  readonly channel: Channel;
  readonly plannedPlaces: number | null;
  readonly dispatchPlaces: number | null;
};

export type OfferedClass = { readonly capacity: number; readonly state: ClassState };

/**
 * Its classes' places once it has classes, the planned ones before. What was declared as dispatched is mandated; where
 * nothing was declared, all places of a dispatched project are and none of a self-selected one.
 */
export function placesOf(project: OfferedProject, classes: readonly OfferedClass[]): Places {
  const standing = classes.filter(({ state }) => state !== 'cancelled');
  const places =
    standing.length > 0
      ? standing.reduce((sum, { capacity }) => sum + capacity, 0)
      : (project.plannedPlaces ?? 0);
  const declared = project.dispatchPlaces ?? (project.channel === 'dispatched' ? places : 0);
  return { places, mandated: Math.min(places, declared) };
}

/** States in which a project offers no places: not approved yet, or never to run. */
const withoutPlaces: readonly ProjectState[] = ['draft', 'submitted', 'rejected', 'cancelled'];

export function offersPlaces(state: ProjectState): boolean {
  return !withoutPlaces.includes(state);
}

/** True when so many places are dispatched that a menu would only disguise it: exactly the share counts. [PLN-07] */
export function isMostlyDispatched({ places, mandated }: Places, below: Ratio): boolean {
  return places > 0 && compareRatio(mandated, places, below.numerator, below.denominator) >= 0;
}

/** On what a region's share of a year is reckoned. */
export type ShareBasis = 'approved' | 'planned' | 'final';

export type ReckonedShare = { readonly of: number; readonly basis: ShareBasis };

/**
 * The places that the mandated ones are a share of. A year's first projects are no measure of the year: while it runs,
 * what its filed plans foresee counts, or what is approved where that is more; once it is over, what was approved.
 * Before the region's bureau has filed its plan the share is provisional and flags nobody. [PLN-07]
 */
export function reckonShare(
  places: number,
  { plannedPlaces, over }: { readonly plannedPlaces: number | null; readonly over: boolean },
): ReckonedShare {
  if (over) return { of: places, basis: 'final' };
  if (plannedPlaces === null) return { of: places, basis: 'approved' };
  return { of: Math.max(places, plannedPlaces), basis: 'planned' };
}

/** True when a region's mandated share of a year lies above the ceiling: exactly the ceiling does not. [PLN-07] */
export function isAboveCeiling({ places, mandated }: Places, ceiling: Ratio): boolean {
  return places > 0 && compareRatio(mandated, places, ceiling.numerator, ceiling.denominator) > 0;
}
