import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import type { ClassState, Quota } from '../projects/project.ts';
import { type AdjustFacts, adjustPlaces } from './adjust-places.ts';
import { settleWaitlist } from './seating.ts';

const own = { schoolId: 'sch_1', regionCode: '140105001' };
const other = { schoolId: 'sch_2', regionCode: '140106001' };
const ofSchool = (places: number): Quota => ({ regionCode: null, schoolId: 'sch_1', places });
const ofRegion = (regionCode: string, places: number): Quota => ({
  ...{ regionCode, schoolId: null, places },
});
const facts: AdjustFacts = {
  trainingClass: { state: 'open', ownerRegionCode: '140100', projectLeaderId: null },
  holders: [own, own, other],
  places: { places: 40, mandated: 0 },
  onMenu: true,
  limits: national.figures,
};
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const adjust = (
  capacity: number,
  quotas: readonly Quota[] = [],
  change: Partial<AdjustFacts> = {},
) => adjustPlaces({ capacity, quotas }, { ...facts, ...change });
const faults = (...of: Parameters<typeof adjust>) => codesOf(adjust(...of));

describe('CRS-42: the owner changes the places of a class', () => {
  test('CRS-42: down to what is taken, not below', () => {
    expect(faults(3)).toEqual([]);
    expect(adjust(2)).toMatchObject({
      accepted: false,
      faults: [{ path: ['capacity'], figures: { required: 3, actual: 2 } }],
    });
  });

  test('CRS-42: a quota as well, for a school and for a region', () => {
    expect(faults(9, [ofSchool(2), ofRegion('140106', 1)])).toEqual([]);
    expect(faults(9, [ofSchool(1), ofRegion('140106', 1)])).toEqual(['PLACES_BELOW_TAKEN']);
    expect(faults(9, [ofSchool(2), ofRegion('140106', 0)])).toEqual(['PLACES_BELOW_TAKEN']);
    expect(faults(9, [ofRegion('140107', 0)])).toEqual([]);
  });

  test('CRS-42: what is taken is counted anew, by the new quotas', () => {
    const decision = adjust(9, [ofRegion('140106', 4), ofSchool(5), ofRegion('140100', 9)]);
    expect(decision).toMatchObject({ outcome: { taken: 3, takenByQuota: [1, 2, 3] } });
  });

  test('CRS-42: a quota is for one region of the owner or one school, and at most the class’s places', () => {
    expect(faults(9, [ofSchool(9)])).toEqual([]);
    expect(faults(9, [ofSchool(10)])).toEqual(['PLACES_QUOTA_INVALID']);
    expect(faults(9, [ofRegion('140200', 1)])).toEqual(['PLACES_QUOTA_INVALID']);
    const nobody = { regionCode: null, schoolId: null, places: 1 };
    const both = { regionCode: '140105', schoolId: 'sch_1', places: 9 };
    expect(faults(9, [nobody, both])).toEqual(['PLACES_QUOTA_INVALID', 'PLACES_QUOTA_INVALID']);
  });

  test('CRS-42: until the class runs', () => {
    const states: readonly ClassState[] = [
      ...(['published', 'open', 'running', 'closing', 'closed', 'cancelled'] as const),
    ];
    const changed = states.filter((state) => {
      const trainingClass = { ...facts.trainingClass, state };
      return adjust(9, [], { trainingClass }).accepted;
    });
    expect(changed).toEqual(['published', 'open']);
  });

  test('CRS-15: a hundred places in all need a project leader, ninety-nine don’t', () => {
    const inAll = (places: number) => ({ places: { places, mandated: 0 } });
    expect(faults(9, [], inAll(99))).toEqual([]);
    expect(faults(9, [], inAll(100))).toEqual(['PROJECT_LEADER_MISSING']);
    const trainingClass = { ...facts.trainingClass, projectLeaderId: 'person_1' };
    expect(faults(9, [], { ...inAll(100), trainingClass })).toEqual([]);
  });

  test('PLN-07: on a menu less than four fifths of the places are dispatched, also after it', () => {
    const dispatched = (mandated: number) => ({ places: { places: 40, mandated } });
    expect(faults(9, [], dispatched(31))).toEqual([]);
    expect(faults(9, [], dispatched(32))).toEqual(['MOSTLY_DISPATCHED']);
    expect(faults(9, [], { ...dispatched(32), onMenu: false })).toEqual([]);
  });
});

describe('CRS-42: the waitlist after it', () => {
  const seats = { capacity: 3, quotas: [ofSchool(1)], taken: 1, takenByQuota: [1] };
  const line = [own, other, own, other, other].map((origin, at) => ({ ...origin, ticket: at + 1 }));

  test('CRS-42: in the order of turns, whose quota is used up passed over and counted among those who wait', () => {
    const settled = settleWaitlist(seats, line, true);
    expect(settled.promoted.map(({ ticket }) => ticket)).toEqual([2, 4]);
    expect(settled.left.map(({ waiter, bucket }) => [waiter.ticket, bucket])).toEqual([
      [1, '0'],
      [3, '0'],
      [5, ''],
    ]);
    expect(settled.seats).toMatchObject({ taken: 3, takenByQuota: [1] });
    expect(settled.waitingByBucket).toEqual([
      { bucket: '0', waiting: 2 },
      { bucket: '', waiting: 1 },
    ]);
  });

  test('CRS-44: nobody is promoted where the class is not open', () => {
    expect(settleWaitlist(seats, line, false)).toMatchObject({ promoted: [], seats });
  });
});
