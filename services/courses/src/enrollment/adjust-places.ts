/** 调剂名额: the owner gives a class more or fewer places, or other quotas, while some are held and others waited for. [CRS-42] */
import {
  type Decision,
  decide,
  type Fault,
  fault,
  isWithin,
  type PolicyFigures,
  percentText,
} from '@shixun/kernel';
import { codes as menuCodes } from '../menus/refusals.ts';
import { codes as planCodes } from '../plans/refusals.ts';
import type { ClassState, Quota } from '../projects/project.ts';
import { isMostlyDispatched, type Places } from '../supply/places.ts';
import { codes } from './refusals.ts';
import { countPlaces, type Origin, type Seats } from './seating.ts';

export type AdjustPlaces = { readonly capacity: number; readonly quotas: readonly Quota[] };

export type AdjustFacts = {
  readonly trainingClass: {
    readonly state: ClassState;
    readonly ownerRegionCode: string;
    readonly projectLeaderId: string | null;
  };
  /** Who holds a place now. */
  readonly holders: readonly Origin[];
  /** The places of the whole project as they would be. */
  readonly places: Places;
  readonly onMenu: boolean;
  readonly limits: Pick<PolicyFigures, 'projectLeaderFromTrainees' | 'menuDispatchedShareBelow'>;
};

/**
 * Until the class runs; nobody who holds a place loses it, so neither the class nor a quota becomes smaller than what is
 * taken. The outcome is the places as they are counted then. [CRS-15, CRS-42, PLN-07]
 */
export function adjustPlaces(command: AdjustPlaces, facts: AdjustFacts): Decision<Seats> {
  const { state } = facts.trainingClass;
  const seats = countPlaces(command, facts.holders);
  const faults: Fault[] = [];
  if (state !== 'published' && state !== 'open') {
    const figures = { required: 'published, open', actual: state };
    faults.push(fault(codes.PLACES_FIXED, ['classId'], figures));
  }
  if (seats.taken > command.capacity) {
    const figures = { required: seats.taken, actual: command.capacity };
    faults.push(fault(codes.PLACES_BELOW_TAKEN, ['capacity'], figures));
  }
  faults.push(...quotaFaults(command, seats, facts), ...projectFaults(facts));
  return decide(faults, () => seats);
}

function quotaFaults(
  { capacity, quotas }: AdjustPlaces,
  { takenByQuota }: Seats,
  { trainingClass }: AdjustFacts,
): readonly Fault[] {
  return quotas.flatMap(({ regionCode, schoolId, places }, at) => {
    const path = ['quotas', String(at)];
    const named = (regionCode === null) !== (schoolId === null);
    const inside = regionCode === null || isWithin(regionCode, trainingClass.ownerRegionCode);
    if (!named || !inside || places > capacity) {
      const actual = `${regionCode ?? schoolId ?? '—'}: ${places}`;
      return [fault(codes.PLACES_QUOTA_INVALID, path, { required: capacity, actual })];
    }
    const required = takenByQuota[at] ?? 0;
    if (required <= places) return [];
    return [fault(codes.PLACES_BELOW_TAKEN, path, { required, actual: places })];
  });
}

/** What a rule asks of the places of the whole project holds for the new ones as it did for the planned ones. */
function projectFaults({ trainingClass, places, onMenu, limits }: AdjustFacts): readonly Fault[] {
  const faults: Fault[] = [];
  const required = limits.projectLeaderFromTrainees;
  if (places.places >= required && trainingClass.projectLeaderId === null) {
    const figures = { required, actual: places.places };
    faults.push(fault(planCodes.PROJECT_LEADER_MISSING, ['capacity'], figures));
  }
  const below = limits.menuDispatchedShareBelow;
  if (onMenu && isMostlyDispatched(places, below)) {
    const figures = {
      required: percentText(below.numerator, below.denominator),
      actual: percentText(places.mandated, places.places),
    };
    faults.push(fault(menuCodes.MOSTLY_DISPATCHED, ['capacity'], figures));
  }
  return faults;
}
