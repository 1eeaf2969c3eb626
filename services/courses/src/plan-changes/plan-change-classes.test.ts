import { describe, expect, test } from '@jest/globals';
import { addDays, startOfDay } from '@shixun/kernel';
import { exampleClass, exampleFacts, examplePlan } from '../plans/plan.example.ts';
import type { PlanClass, PlanContent } from '../plans/plan.ts';
import { effectFaults } from './decide-change.ts';
import { planDifferences } from './difference.ts';
import { republishedClasses, republishingFaults } from './republish.ts';
import { type ChangeFacts, weighChange } from './request-change.ts';
import { sayDifference } from './words.ts';

/** The example’s class, which opens on 2026-07-13, so many days later and by another name. */
function classOn(name: string, later: number, capacity = 40): PlanClass {
  return {
    ...exampleClass,
    name,
    capacity,
    segments: exampleClass.segments.map((each) => ({
      ...each,
      startsOn: addDays(each.startsOn, later),
      endsOn: addDays(each.endsOn, later),
    })),
    sessions: exampleClass.sessions.map((each) => ({ ...each, date: addDays(each.date, later) })),
  };
}
const withClasses = (...classes: PlanClass[]): PlanContent => ({ ...examplePlan, classes });
const first = classOn('一班', 0);
const second = classOn('二班', 20);
const one = withClasses(first);
const two = withClasses(first, second);

function facts(published: PlanContent): ChangeFacts {
  return {
    published,
    review: exampleFacts,
    substitution: {
      sessionIds: published.classes.map(({ name, sessions }) =>
        sessions.map((_, at) => `${name}_${at}`),
      ),
      substitutedBefore: new Set(),
      substituteSessionsShareMax: { numerator: 10, denominator: 100 },
    },
    windowDays: 3,
    scheduleDays: 5,
    pending: null,
  };
}
const now = new Date('2026-06-20T02:00:00Z');
const weighed = (before: PlanContent, after: PlanContent, at = now) => {
  const { severity, faults } = weighChange(after, facts(before), at);
  return [severity, ...faults.map(({ code }) => code.name)];
};
const kinds = (before: PlanContent, after: PlanContent) =>
  planDifferences(before, after, exampleFacts.trainers).map(({ kind }) => kind);

describe('CRS-19: classes come and go by a change of the plan', () => {
  test('CRS-19: a class added and a class dropped are one major difference each, not one for every meeting', () => {
    expect(kinds(one, two)).toEqual(['class_added']);
    expect(weighed(one, two)).toEqual(['major']);
    expect(kinds(two, one)).toEqual(['class_dropped']);
    expect(weighed(two, one)).toEqual(['major']);
  });

  test('CRS-19: classes are told apart by name, wherever they stand in the plan', () => {
    expect(kinds(two, withClasses(second, first))).toEqual([]);
    expect(kinds(two, withClasses(classOn('三班', 40), second))).toEqual([
      'class_dropped',
      'class_added',
    ]);
  });

  test('CRS-19: said in two languages', () => {
    const [added] = planDifferences(one, two, exampleFacts.trainers);
    const [dropped] = planDifferences(two, one, exampleFacts.trainers);
    if (added === undefined || dropped === undefined) throw new Error('no difference');
    expect(sayDifference(added, 'zh')).toBe('增加班级“二班”（2026-08-02 – 2026-08-16 (whole)）');
    expect(sayDifference(dropped, 'en')).toBe(
      'Class “二班” (2026-08-02 – 2026-08-16 (whole)) is dropped',
    );
  });

  test('CRS-19: the last class can’t go, and two of one name can’t be told apart', () => {
    expect(weighed(one, withClasses())).toEqual(['major', 'PLAN_CLASSES_MISSING']);
    const twins = withClasses(first, classOn('一班', 20));
    expect(weighed(one, twins)).toContain('CLASS_NAME_TWICE');
  });

  test('CRS-19: another name for the same meetings is no new class', () => {
    const renamed = withClasses({ ...first, name: '甲班' });
    expect(weighed(one, renamed)).toEqual(['major', 'PLAN_CHANGE_CLASS_RENAMED']);
  });

  test('CRS-19: a class that has met, or meets before the change can take effect, is not dropped', () => {
    // Consent, notice and three days: what is asked for on the 8th holds from the 12th on.
    const eve = startOfDay('2026-07-10').getTime();
    const later = withClasses(second);
    expect(weighed(two, later, new Date(eve - 1))).toEqual(['major']);
    expect(weighed(two, later, new Date(eve))).toEqual(['major', 'PLAN_CHANGE_SESSION_HELD']);
  });

  test('CRS-15: the shares and posts of the plan are reckoned anew with the classes that it then has', () => {
    const hundred = withClasses(first, classOn('二班', 20, 60));
    expect(weighed(one, hundred)).toEqual(['major', 'PROJECT_LEADER_MISSING']);
    expect(weighed(one, withClasses(first, classOn('二班', 20, 59)))).toEqual(['major']);
  });
});

describe('CRS-18: a schedule that a change publishes anew lies five full days before its class opens', () => {
  // The second class opens on 2026-08-02: its schedule is public by the first instant of 28 July.
  const latest = startOfDay('2026-07-28').getTime();

  test('CRS-18: an added class: the last instant, and a millisecond later', () => {
    expect(weighed(one, two, new Date(latest))).toEqual(['major']);
    expect(weighed(one, two, new Date(latest + 1))).toEqual([
      'major',
      'SCHEDULE_PUBLISHED_TOO_LATE',
    ]);
    const [fault] = weighChange(two, facts(one), new Date(latest + 1)).faults;
    expect(fault).toMatchObject({
      path: ['plan', 'classes', '1', 'segments'],
      figures: { required: '5 d', actual: '4 d' },
    });
  });

  test('CRS-18: a class that is brought forward opens five full days after the change is told', () => {
    const sooner = withClasses(first, classOn('二班', 15));
    // From 2 August to 28 July: public by the first instant of 23 July.
    const at = startOfDay('2026-07-23').getTime();
    expect(weighed(two, sooner, new Date(at))).toEqual(['major']);
    expect(weighed(two, sooner, new Date(at + 1))).toEqual([
      'major',
      'SCHEDULE_PUBLISHED_TOO_LATE',
    ]);
  });

  test('CRS-18: a class that has opened opens no more, and who teaches is not the schedule', () => {
    const longer = {
      ...first,
      sessions: first.sessions.map((each, at) =>
        at === 89 ? { ...each, date: '2026-07-27', startMinute: 1000 } : each,
      ),
      place: '市教育学院',
    };
    expect(weighed(one, withClasses(longer), startOfDay('2026-07-13'))).toEqual(['major']);
    const replaced = planDifferences(
      one,
      withClasses({
        ...first,
        sessions: first.sessions.map((each) => ({ ...each, trainerId: 'trn_2' })),
      }),
      exampleFacts.trainers,
    );
    expect(republishedClasses(replaced).size).toBe(0);
  });

  test('CRS-18: what was in time when it was asked for may be late when the trainees are told', () => {
    const differences = weighChange(two, facts(one), now).differences;
    const told = (instant: number) =>
      effectFaults(differences, [one, two], {
        publishedAt: new Date(instant),
        now: new Date(instant + 3 * 86_400_000),
        fullDays: 5,
      }).map(({ code }) => code.name);
    expect(told(latest)).toEqual([]);
    expect(told(latest + 1)).toEqual(['SCHEDULE_PUBLISHED_TOO_LATE']);
    expect(republishingFaults([], [one, two], { publishedAt: now, now, fullDays: 5 })).toEqual([]);
  });
});
