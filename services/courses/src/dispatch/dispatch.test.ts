import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { exampleFacts, within } from '../enrollment/enrollment.example.ts';
import type { ClassState, Quota } from '../projects/project.ts';
import {
  confirmDispatch,
  type DispatchState,
  decideDispatchObjection,
  declineDispatch,
  type NominateFacts,
  nominateForDispatch,
  objectToDispatch,
  quotaFor,
  quotaSeats,
  setDispatchQuotas,
  withdrawDispatch,
} from './dispatch.ts';

const school = (schoolId: string, places: number): Quota => ({
  regionCode: null,
  schoolId,
  places,
});
const region = (regionCode: string, places: number): Quota => ({
  ...{ regionCode, schoolId: null, places },
});
const from = (schoolId: string, regionCode = '140105001') => ({ schoolId, regionCode });
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const classStates: readonly ClassState[] = [
  ...(['published', 'open', 'running', 'closing', 'closed', 'cancelled'] as const),
];
const states: readonly DispatchState[] = [
  ...(['nominated', 'confirmed', 'objected', 'released', 'declined', 'withdrawn'] as const),
];

describe('CRS-43: the bureau gives quotas', () => {
  const set = (quotas: readonly Quota[], change: object = {}) =>
    codesOf(
      setDispatchQuotas({ quotas }, { classState: 'open', mandated: 10, held: [], ...change }),
    );

  test('CRS-43: as many as the project dispatches, not one more', () => {
    expect(set([region('140105', 6), school('sch_1', 4)])).toEqual([]);
    expect(set([region('140105', 6), school('sch_1', 5)])).toEqual(['MORE_THAN_DISPATCHED_PLACES']);
  });

  test('CRS-43: never fewer than are nominated; exactly as many will do', () => {
    const held = [from('sch_1'), from('sch_1'), from('sch_2')];
    expect(set([school('sch_1', 2), region('140105', 1)], { held })).toEqual([]);
    expect(set([school('sch_1', 1), region('140105', 1)], { held })).toEqual([
      'QUOTA_BELOW_NOMINATED',
    ]);
    expect(set([school('sch_1', 2), region('140105', 0)], { held })).toEqual([
      'QUOTA_BELOW_NOMINATED',
    ]);
  });

  test('CRS-43: each is for a region or for a school, never for both or nobody', () => {
    const both = { regionCode: '140105', schoolId: 'sch_1', places: 1 };
    const nobody = { regionCode: null, schoolId: null, places: 1 };
    expect(set([both, nobody])).toEqual(['QUOTA_FOR_WHOM', 'QUOTA_FOR_WHOM']);
  });

  test('CRS-43: until the class runs', () => {
    const given = classStates.filter((classState) => set([], { classState }).length === 0);
    expect(given).toEqual(['published', 'open']);
  });

  test('CRS-43: a school’s own quota counts before its region’s, the closest region before the wider one', () => {
    const quotas = [
      ...[region('140000', 9), region('140100', 9), region('140105', 9), region('140105001', 9)],
      school('sch_1', 9),
    ];
    expect(quotaFor(quotas, from('sch_1'))).toBe(4);
    expect(quotaFor(quotas, from('sch_2'))).toBe(3);
    expect(quotaFor(quotas, from('sch_2', '140105002'))).toBe(2);
    expect(quotaFor(quotas, from('sch_2', '140106001'))).toBe(1);
    expect(quotaFor(quotas, from('sch_2', '140200001'))).toBe(0);
    expect(quotaFor(quotas, from('sch_2', '330100001'))).toBe(-1);
  });
});

describe('CRS-43: the school nominates', () => {
  const seats = (places: number, held: number) =>
    quotaSeats(
      [school('sch_1', places)],
      10,
      Array.from({ length: held }, () => from('sch_1')),
    );
  const nominate = (change: Partial<NominateFacts> = {}, now = within) =>
    codesOf(
      nominateForDispatch(
        { ...exampleFacts, quotas: seats(2, 1), nominated: false, replaces: null, ...change },
        now,
      ),
    );

  test('CRS-43: to the last place of its quota, not beyond; without a quota nobody', () => {
    expect(nominate()).toEqual([]);
    expect(nominate({ quotas: seats(2, 2) })).toEqual(['QUOTA_NOMINATED']);
    expect(nominate({ quotas: seats(0, 0) })).toEqual(['QUOTA_NOMINATED']);
    expect(nominate({ quotas: null })).toEqual(['NO_QUOTA']);
    const other = quotaSeats([school('sch_2', 5)], 10, []);
    expect(nominate({ quotas: other })).toEqual(['NO_QUOTA']);
  });

  test('CRS-43: nobody twice', () => {
    expect(nominate({ nominated: true })).toEqual(['NOMINATED_ALREADY']);
  });

  test('CRS-41: a session that meets another class’s by a minute is a clash, also for a dispatch', () => {
    const commitment = { classId: 'cls_2', contentCode: 'writing', year: 2026, done: false };
    const until = (startMinute: number) => ({
      commitments: [
        { ...commitment, sessions: [{ date: '2026-07-13', startMinute, minutes: 60 }] },
      ],
    });
    expect(nominate(until(450))).toEqual([]);
    expect(nominate(until(451))).toEqual(['TIME_CLASH']);
  });

  test('CRS-43: a substitute stands in for an objection of the same school and takes no further place', () => {
    const quotas = seats(2, 2);
    const replacing = (state: DispatchState, schoolId = 'sch_1') =>
      nominate({ quotas, replaces: { state, schoolId } });
    expect(replacing('objected')).toEqual([]);
    expect(replacing('objected', 'sch_2')).toEqual(['OTHER_SCHOOL']);
    const accepted = states.filter((state) => replacing(state).length === 0);
    expect(accepted).toEqual(['objected']);
  });
});

describe('CRS-43: the bureau confirms', () => {
  const confirm = (change: object = {}, seats: object = {}) =>
    codesOf(
      confirmDispatch(
        {
          ...exampleFacts,
          ...{ state: 'nominated', isSubstitute: false },
          seats: { ...exampleFacts.seats, ...seats },
          ...change,
        },
        within,
      ),
    );

  test('CRS-42: out of the places of the class: the last one is given, none beyond', () => {
    expect(confirm({}, { taken: 29 })).toEqual([]);
    expect(confirm({}, { taken: 30 })).toEqual(['CLASS_FULL']);
  });

  test('CRS-42: and of the quotas that count the teacher', () => {
    const quotas = [region('140105', 3), region('140106', 0)];
    expect(confirm({}, { quotas, takenByQuota: [2, 0] })).toEqual([]);
    expect(confirm({}, { quotas, takenByQuota: [3, 0] })).toEqual(['QUOTA_FULL']);
  });

  test('CRS-43: what is nominated and nothing else; a substitute waits for the objection', () => {
    expect(states.filter((state) => confirm({ state }).length === 0)).toEqual(['nominated']);
    expect(confirm({ isSubstitute: true })).toEqual(['WAITS_FOR_OBJECTION']);
  });
});

describe('CRS-43: the teacher may object with a reason', () => {
  const object = (change: object = {}, reason = '家中有病人') =>
    codesOf(objectToDispatch({ reason }, { state: 'confirmed', classState: 'open', ...change }));

  test('CRS-43: to what is confirmed, until the class runs', () => {
    expect(states.filter((state) => object({ state }).length === 0)).toEqual(['confirmed']);
    const open = classStates.filter((classState) => object({ classState }).length === 0);
    expect(open).toEqual(['published', 'open']);
  });

  test('CRS-43: blanks are no reason', () => {
    expect(object({}, ' 　 ')).toEqual(['REASON_NEEDED']);
  });

  test('CRS-43: upheld only with a substitute who may have the place; dismissed in any case', () => {
    const [fault] = faultsOfFullClass();
    const decide = (upheld: boolean, substituteFaults: (typeof fault)[] | null) =>
      codesOf(
        decideDispatchObjection(
          { upheld },
          { state: 'objected', substituteFaults: substituteFaults as never },
        ),
      );
    expect(decide(true, null)).toEqual([]);
    expect(decide(true, [])).toEqual([]);
    expect(decide(true, [fault])).toEqual(['CLASS_FULL']);
    expect(decide(false, [fault])).toEqual([]);
    const early = decideDispatchObjection(
      { upheld: true },
      { state: 'confirmed', substituteFaults: null },
    );
    expect(codesOf(early)).toEqual(['WRONG_DISPATCH_STATE']);
  });

  function faultsOfFullClass() {
    const full = { ...exampleFacts.seats, taken: 30 };
    const facts = {
      ...exampleFacts,
      seats: full,
      state: 'nominated',
      isSubstitute: false,
    } as const;
    const refused = confirmDispatch(facts, within);
    return refused.accepted ? [] : refused.faults;
  }
});

describe('CRS-43: how a dispatch ends before the class runs', () => {
  test('CRS-43: the school takes back what is only nominated, the bureau whatever stands', () => {
    const ends = (byBureau: boolean) =>
      states.filter((state) => {
        const facts = { state, classState: 'open', byBureau } as const;
        return withdrawDispatch({ reason: '班级调整' }, facts).accepted;
      });
    expect(ends(false)).toEqual(['nominated']);
    expect(ends(true)).toEqual(['nominated', 'confirmed', 'objected']);
    const facts = { state: 'confirmed', classState: 'running', byBureau: true } as const;
    expect(codesOf(withdrawDispatch({ reason: '' }, facts))).toEqual([
      'CLASS_TOO_LATE',
      'REASON_NEEDED',
    ]);
  });

  test('CRS-43: a nomination is declined with a reason, a confirmed one no more', () => {
    const declined = states.filter(
      (state) => declineDispatch({ reason: '名额调整' }, { state }).accepted,
    );
    expect(declined).toEqual(['nominated']);
    expect(codesOf(declineDispatch({ reason: '' }, { state: 'nominated' }))).toEqual([
      'REASON_NEEDED',
    ]);
  });
});
