import { describe, expect, test } from '@jest/globals';
import { exampleClass, exampleFacts, exampleModules, examplePlan } from './plan.example.ts';
import type { PlanClass, PlanContent, PlanSession } from './plan.ts';
import { reviewPlan } from './review.ts';
import { bookingFaults } from './schedule.ts';

const faultsOf = (plan: PlanContent, facts = exampleFacts) => reviewPlan(plan, facts).faults;
const codesOf = (plan: PlanContent) => faultsOf(plan).map(({ code }) => code.name);
const withClass = (change: Partial<PlanClass>): PlanContent => ({
  ...examplePlan,
  classes: [{ ...exampleClass, ...change }],
});
/** The example's sessions with one of them changed. */
const withSession = (at: number, change: Partial<PlanSession>): PlanContent =>
  withClass({
    sessions: exampleClass.sessions.map((session, index) =>
      index === at ? { ...session, ...change } : session,
    ),
  });

describe('a plan agrees with itself', () => {
  test('module hours a hundredth short of the project’s are named with both figures', () => {
    const modules = exampleModules.map((module) =>
      module.key === 'theory' ? { ...module, hoursCenti: 26_99 } : module,
    );
    const fault = faultsOf({ ...examplePlan, modules }).find(
      ({ code }) => code.name === 'PLAN_HOURS_DIFFER',
    );
    expect(fault?.figures).toEqual({ required: '90.00', actual: '89.99' });
  });

  test('a minute too few or too many in the sessions of a module', () => {
    for (const minutes of [44, 46]) {
      const [fault, ...others] = faultsOf(withSession(0, { minutes }));
      expect(others).toEqual([]);
      expect(fault?.code.name).toBe('SESSION_MINUTES_DIFFER');
      expect(fault?.figures).toMatchObject({ required: '270.00', actual: 225 + minutes });
    }
  });

  test('an hour has as many minutes as the policy says', () => {
    const policy = { ...exampleFacts.policy, minutesPerHour: 50 };
    const codes = faultsOf(examplePlan, { ...exampleFacts, policy }).map(({ code }) => code.name);
    expect(codes).toEqual(exampleModules.map(() => 'SESSION_MINUTES_DIFFER'));
  });

  test('a session on the last day is inside, a day later outside', () => {
    expect(codesOf(withSession(89, { date: '2026-07-27', startMinute: 1000 }))).toEqual([]);
    expect(codesOf(withSession(89, { date: '2026-07-28' }))).toEqual(['SESSION_OUTSIDE_DATES']);
  });

  test('a session ends by midnight at the latest', () => {
    expect(codesOf(withSession(89, { startMinute: 24 * 60 - 45 }))).toEqual([]);
    expect(codesOf(withSession(89, { startMinute: 24 * 60 - 44 }))).toEqual([
      'SESSION_TIME_INVALID',
    ]);
  });

  test('a session may begin the minute another ends, not a minute before', () => {
    expect(codesOf(withSession(1, { startMinute: 555 }))).toEqual([]);
    expect(codesOf(withSession(1, { startMinute: 554 }))).toEqual(['SESSIONS_OVERLAP']);
  });

  test('a trainer is not booked by two classes at once', () => {
    const second = { ...exampleClass, name: '二班' };
    const plan = { ...examplePlan, classes: [exampleClass, second] };
    const codes = new Set(codesOf(plan));
    expect([...codes]).toEqual(['TRAINER_DOUBLE_BOOKED']);
  });

  test('a session of an unknown module, or by a trainer who does not teach it', () => {
    expect(codesOf(withSession(0, { trainerId: 'trn_2' }))).toEqual(['SESSION_TRAINER_OF_OTHERS']);
    expect(codesOf(withSession(0, { moduleKey: 'x' }))).toEqual([
      'SESSION_MODULE_UNKNOWN',
      'SESSION_MINUTES_DIFFER',
    ]);
  });

  test('trainers are registered, listed once, and listed at all', () => {
    const [first] = examplePlan.trainers;
    const strangers = [...examplePlan.trainers, { trainerId: 'trn_9', specialty: '阅读' }];
    expect(codesOf({ ...examplePlan, trainers: strangers })).toContain('TRAINER_UNKNOWN');
    const twice = first ? [...examplePlan.trainers, first] : [];
    expect(codesOf({ ...examplePlan, trainers: twice })).toEqual(['TRAINER_TWICE']);
    const without = examplePlan.trainers.slice(1);
    expect(codesOf({ ...examplePlan, trainers: without })).toContain('MODULE_TRAINER_UNLISTED');
  });

  test('a module key twice', () => {
    const modules = exampleModules.map((module) => ({ ...module, key: 'same' }));
    expect(codesOf({ ...examplePlan, modules })).toContain('MODULE_KEY_TWICE');
  });

  test('a class without dates, with dates out of order or outside the project', () => {
    const { sessions } = exampleClass;
    expect(codesOf(withClass({ segments: [], sessions }))).toContain('CLASS_DATES_INVALID');
    const reversed = [{ startsOn: '2026-07-27', endsOn: '2026-07-13', part: 'whole' as const }];
    expect(codesOf(withClass({ segments: reversed }))).toContain('CLASS_DATES_INVALID');
    const early = [{ startsOn: '2026-06-30', endsOn: '2026-07-27', part: 'whole' as const }];
    expect(codesOf(withClass({ segments: early }))).toEqual(['CLASS_OUTSIDE_PROJECT']);
    const first = [{ startsOn: '2026-07-01', endsOn: '2026-07-27', part: 'whole' as const }];
    expect(codesOf(withClass({ segments: first }))).toEqual([]);
  });

  test('places: at least one, and a quota names one region or school within them', () => {
    expect(codesOf(withClass({ capacity: 0 }))).toEqual(['CLASS_CAPACITY_INVALID']);
    const quota = { regionCode: '140105', schoolId: null, places: 40 };
    expect(codesOf(withClass({ quotas: [quota] }))).toEqual([]);
    expect(codesOf(withClass({ quotas: [{ ...quota, places: 41 }] }))).toEqual(['QUOTA_INVALID']);
    expect(codesOf(withClass({ quotas: [{ ...quota, places: 0 }] }))).toEqual(['QUOTA_INVALID']);
    expect(codesOf(withClass({ quotas: [{ ...quota, schoolId: 'sch_1' }] }))).toEqual([
      'QUOTA_INVALID',
    ]);
    expect(codesOf(withClass({ quotas: [{ ...quota, regionCode: '140106' }] }))).toEqual([
      'QUOTA_INVALID',
    ]);
  });
});

describe('all faults of a plan are found at once', () => {
  test('CRS-10 CRS-11 CRS-12 CRS-13 CRS-14 CRS-15 CRS-16: in the order of the catalogue', () => {
    const modules = exampleModules
      .filter((module) => module.key !== 'ethics')
      .map((module) => ({ ...module, practical: false, homework: '' }));
    const plan: PlanContent = {
      ...examplePlan,
      modules,
      trainers: [{ trainerId: 'trn_2', specialty: '课程标准' }],
      completionAssessment: null,
      classes: [
        {
          ...exampleClass,
          classHead: null,
          segments: [
            { startsOn: '2026-07-13', endsOn: '2026-07-27', part: 'whole' },
            { startsOn: '2026-08-03', endsOn: '2026-08-05', part: 'whole' },
          ],
        },
      ],
    };
    const rules = faultsOf(plan).map(({ code }) => code.rule);
    expect([...new Set(rules)]).toEqual([
      'CRS-10',
      'CRS-11',
      'CRS-12',
      'CRS-13',
      'CRS-14',
      'CRS-15',
      'CRS-16',
      null,
    ]);
    const inOrder = rules.filter((rule) => rule !== null);
    expect(inOrder).toEqual([...inOrder].sort());
  });
});

describe('a trainer in two projects at once', () => {
  const planned = examplePlan.classes[0]?.sessions[0];
  if (planned === undefined) throw new Error('no session');
  const { trainerId, date, startMinute, minutes } = planned;
  const booked = (start: number, change: object = {}) => ({
    ...{ classId: 'cls_other', trainerId, date, startMinute: start, minutes },
    ...change,
  });
  const warned = (booking: ReturnType<typeof booked>) =>
    bookingFaults(examplePlan, { bookings: [booking] }).map(({ code }) => code.name);

  test('is warned of when the meetings share a minute, not when one ends as the other begins', () => {
    expect(warned(booked(startMinute - minutes))).toEqual([]);
    expect(warned(booked(startMinute - minutes + 1))).toEqual(['TRAINER_BOOKED_ELSEWHERE']);
    expect(warned(booked(startMinute, { trainerId: 'trn_other' }))).toEqual([]);
    expect(warned(booked(startMinute, { date: '2026-07-12' }))).toEqual([]);
  });
});
