import { describe, expect, test } from '@jest/globals';
import { staffFaults, trainerFaults } from './people.ts';
import { exampleClass, exampleFacts, examplePlan } from './plan.example.ts';
import type { KnownTrainer, PlanContent } from './plan.ts';

/** Faults of a team made of so many front-line teachers and experts, inside and outside the pool. */
function team(counts: {
  frontlineInPool?: number;
  frontlineOutside?: number;
  expertInPool?: number;
  expertOutside?: number;
  unknown?: number;
}) {
  const kinds: (readonly [number | undefined, KnownTrainer | null])[] = [
    [counts.frontlineInPool, { kind: 'frontline_teacher', inPool: true }],
    [counts.frontlineOutside, { kind: 'frontline_teacher', inPool: false }],
    [counts.expertInPool, { kind: 'university_expert', inPool: true }],
    [counts.expertOutside, { kind: 'university_expert', inPool: false }],
    [counts.unknown, null],
  ];
  const people = kinds.flatMap(([count = 0, known]) => Array.from({ length: count }, () => known));
  const trainers = people.map((_, at) => ({ trainerId: `trn_${at}`, specialty: '阅读' }));
  const entries = people.flatMap((known, at) => (known ? [[`trn_${at}`, known] as const] : []));
  return trainerFaults(
    { ...examplePlan, trainers },
    { ...exampleFacts, trainers: new Map(entries) },
  ).map(({ code, figures }) => [code.name, figures.actual]);
}

describe('CRS-13: trainers mainly from the pool, half of them front-line teachers', () => {
  test('CRS-13: exactly half from the pool is not mainly', () => {
    expect(team({ frontlineInPool: 5, frontlineOutside: 5 })).toEqual([
      ['EXPERT_POOL_SHARE_TOO_SMALL', '50 %'],
    ]);
  });

  test('CRS-13: 6 of 11 from the pool is', () => {
    expect(team({ frontlineInPool: 6, frontlineOutside: 5 })).toEqual([]);
  });

  test('CRS-13: 5 of 11 from the pool is not', () => {
    expect(team({ frontlineInPool: 5, frontlineOutside: 6 })).toEqual([
      ['EXPERT_POOL_SHARE_TOO_SMALL', '45.5 %'],
    ]);
  });

  test('CRS-13: exactly half front-line teachers is enough', () => {
    expect(team({ frontlineInPool: 4, expertInPool: 4 })).toEqual([]);
  });

  test('CRS-13: 4 front-line teachers of 9 are too few', () => {
    expect(team({ frontlineInPool: 4, expertInPool: 5 })).toEqual([
      ['FRONTLINE_SHARE_TOO_SMALL', '44.4 %'],
    ]);
  });

  test('CRS-13: a trainer whom the registry does not know counts as neither', () => {
    expect(team({ frontlineInPool: 1, unknown: 1 })).toEqual([
      ['EXPERT_POOL_SHARE_TOO_SMALL', '50 %'],
    ]);
  });

  test('CRS-13: naming a front-line teacher twice does not make two of them', () => {
    const twice = { trainerId: 'trn_1', specialty: '阅读' };
    const trainers = [twice, twice, { trainerId: 'trn_2', specialty: '课标' }];
    const facts = {
      ...exampleFacts,
      trainers: new Map([
        ['trn_1', { kind: 'frontline_teacher', inPool: false }],
        ['trn_2', { kind: 'university_expert', inPool: true }],
      ]),
    };
    expect(trainerFaults({ ...examplePlan, trainers }, facts)[0]?.figures).toMatchObject({
      trainers: 2,
      members: 1,
    });
  });
});

describe('CRS-15: full-time people', () => {
  const codesOf = (plan: PlanContent, keyProject = false) =>
    staffFaults(plan, {
      ...exampleFacts,
      project: { ...exampleFacts.project, keyProject },
    }).map(({ code, path }) => [code.name, path.join('.')]);
  const leader = { personId: 'person_leader', fullTime: true };
  const places = (...capacities: readonly number[]): PlanContent => ({
    ...examplePlan,
    classes: capacities.map((capacity) => ({ ...exampleClass, capacity })),
  });

  test('CRS-15: every class has a class head', () => {
    const classes = [exampleClass, { ...exampleClass, classHead: null }];
    expect(codesOf({ ...examplePlan, classes })).toEqual([
      ['CLASS_HEAD_MISSING', 'plan.classes.1.classHead'],
    ]);
  });

  test('CRS-15: a part-time class head is none', () => {
    const classHead = { personId: 'person_head', fullTime: false };
    const plan = { ...examplePlan, classes: [{ ...exampleClass, classHead }] };
    expect(codesOf(plan)).toEqual([['CLASS_HEAD_MISSING', 'plan.classes.0.classHead']]);
  });

  test('CRS-15: 99 places need no project leader', () => {
    expect(codesOf(places(50, 49))).toEqual([]);
  });

  test('CRS-15: 100 places, over all classes, need one', () => {
    expect(codesOf(places(50, 50))).toEqual([['PROJECT_LEADER_MISSING', 'plan.projectLeader']]);
    expect(codesOf({ ...places(50, 50), projectLeader: leader })).toEqual([]);
  });

  test('CRS-15: a key project needs one whatever its size', () => {
    expect(codesOf(places(1), true)).toEqual([['PROJECT_LEADER_MISSING', 'plan.projectLeader']]);
    expect(codesOf({ ...places(1), projectLeader: leader }, true)).toEqual([]);
  });

  test('CRS-15: a part-time project leader is none', () => {
    const plan = { ...places(1), projectLeader: { ...leader, fullTime: false } };
    expect(codesOf(plan, true)).toEqual([['PROJECT_LEADER_MISSING', 'plan.projectLeader']]);
  });

  test('CRS-15: the project leader heads no class where both are needed', () => {
    const both = { personId: 'person_head', fullTime: true };
    expect(codesOf({ ...places(100), projectLeader: both })).toEqual([
      ['PROJECT_LEADER_IS_CLASS_HEAD', 'plan.projectLeader.personId'],
    ]);
    expect(codesOf({ ...places(99), projectLeader: both })).toEqual([]);
  });
});
