import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import {
  assessPlacement,
  capacityFaults,
  placementFaults,
  placeTrainee,
  writeDiary,
} from './placements.ts';

const namesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('placements', () => {
  const trainingClass = { opensOn: '2026-03-01', closesOn: '2026-06-30' };
  const days = { startsOn: '2026-04-01', endsOn: '2026-04-10' };
  const place = (
    atHost: readonly (typeof days)[],
    capacity = 2,
    own: readonly (typeof days)[] = [],
  ) =>
    namesOf(
      placeTrainee(
        { enrollmentId: 'enr_1', hostId: 'sch_1', ...days },
        { trainingClass, isTrainee: true, host: { capacity }, atHost, own },
      ),
    );

  test('CRS-34: the last place of a host is given, none beyond it, on no day', () => {
    expect(place([days])).toEqual([]);
    expect(place([days, days])).toEqual(['PLACEMENT_HOST_FULL']);
    const before = { startsOn: '2026-03-20', endsOn: '2026-03-31' };
    expect(place([days, before])).toEqual([]);
    const touching = { startsOn: '2026-03-20', endsOn: '2026-04-01' };
    expect(place([days, touching])).toEqual(['PLACEMENT_HOST_FULL']);
    // Two who follow one another take one place.
    expect(
      place([
        { startsOn: '2026-04-01', endsOn: '2026-04-04' },
        { startsOn: '2026-04-05', endsOn: '2026-04-10' },
      ]),
    ).toEqual([]);
    expect(place([], 0)).toEqual(['PLACEMENT_HOST_FULL']);
  });

  test('CRS-34: a capacity never falls below what is arranged', () => {
    expect(capacityFaults(2, [days, days])).toEqual([]);
    expect(capacityFaults(1, [days, days]).map(({ code }) => code.name)).toEqual([
      'PLACEMENT_CAPACITY_BELOW',
    ]);
  });

  test('CRS-34: one placement at a time, within the class; a diary a day, within the placement; assessed once', () => {
    expect(place([], 2, [days])).toEqual(['PLACEMENT_DATES_WRONG']);
    const standing = { ...days, state: 'placed', diary: [{ date: '2026-04-01' }] } as const;
    const write = (date: string) => namesOf(writeDiary({ date, text: '观课' }, standing));
    expect([
      write('2026-04-02'),
      write('2026-04-10'),
      write('2026-04-11'),
      write('2026-04-01'),
    ]).toEqual([[], [], ['PLACEMENT_DIARY_DAY_WRONG'], ['PLACEMENT_DIARY_DAY_WRONG']]);
    const assessment = { passed: true, comment: '良好' };
    expect(namesOf(assessPlacement(assessment, standing))).toEqual([]);
    expect(namesOf(assessPlacement(assessment, { ...standing, state: 'assessed' }))).toEqual([
      'PLACEMENT_OVER',
    ]);
  });

  test('CRS-33: every trainee has an assessed placement in a school and one in a centre', () => {
    const rows = [{ enrollmentId: 'enr_1', hostKind: 'school', state: 'assessed' }] as const;
    expect(placementFaults(['enr_1'], rows, 'school')).toEqual([]);
    expect(placementFaults(['enr_1'], rows, 'centre').map(({ code }) => code.name)).toEqual([
      'PLACEMENT_NOT_ASSESSED',
    ]);
    expect(
      placementFaults(['enr_1', 'enr_2'], rows, null).map(({ figures }) => figures['actual']),
    ).toEqual([1]);
  });
});
