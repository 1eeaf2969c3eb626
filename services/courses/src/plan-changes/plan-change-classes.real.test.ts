import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { addDays, startOfDay } from '@shixun/kernel';
import { releaseCancelledChore } from '../enrollment/commands-release.ts';
import { enrollments } from '../enrollment/store.ts';
import type { PlanClass, PlanContent } from '../plans/plan.ts';
import { classes } from '../projects/store.ts';
import type { RealCourses } from '../real-courses.example.ts';
import { planChangesChore } from './commands-progress.ts';
import {
  consent,
  days,
  openCourses,
  published,
  request,
  step,
  taughtByBoth,
} from './plan-changes.example.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await openCourses(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

const [first] = taughtByBoth.classes;
if (first === undefined) throw new Error('the example has no class');
const later = (name: string, by: number): PlanClass => ({
  ...first,
  name,
  segments: first.segments.map((each) => ({
    ...each,
    startsOn: addDays(each.startsOn, by),
    endsOn: addDays(each.endsOn, by),
  })),
  sessions: first.sessions.map((each) => ({ ...each, date: addDays(each.date, by) })),
});
const withClasses = (...of: PlanClass[]): PlanContent => ({ ...taughtByBoth, classes: of });
const second = later('二班', 20);

/** Consented, told, and in effect at the end of the window. */
async function carryThrough(changeId: string) {
  expect((await consent(courses, changeId)).refusals).toEqual([]);
  await courses.runChore(planChangesChore);
  courses.now = new Date(courses.now.getTime() + 3 * days);
  await courses.runChore(planChangesChore);
  await courses.runChore(planChangesChore);
}
const classesOf = (projectId: string) =>
  courses.db.model(classes).find({ projectId }).sort({ opensOn: 1 }).lean();

describe('CRS-19: classes come and go by a change of the plan, through the graph', () => {
  test('CRS-19: an added class exists from the end of the window on, with modules, places and schedule of its own', async () => {
    const { projectId, row } = await published(courses, 0);
    const asked = await request(courses, projectId, withClasses(first, second));
    expect(asked.planChange?.differences.map(({ kind }) => kind)).toEqual(['CLASS_ADDED']);
    expect(await classesOf(projectId)).toHaveLength(1);
    const announcedAt = courses.now;
    await carryThrough(asked.planChange?.id ?? '');
    const [kept, added] = await classesOf(projectId);
    expect(kept?._id).toBe(row._id);
    expect(added).toMatchObject({
      ...{ name: '二班', state: 'published', capacity: 40, opensOn: '2026-08-02' },
      ...{ modules: row.modules, publishedAt: announcedAt, hoursCenti: 90_00 },
    });
    expect(added?.sessions).toHaveLength(90);
    const schedules = await courses.told(told.classScheduled);
    expect(schedules.filter(({ classId }) => classId === added?._id)).toHaveLength(1);
  });

  test('CRS-19: a dropped class: its trainees are told, may leave, and are released; the project goes on without it', async () => {
    const { projectId, row, rows } = await published(courses, 2, withClasses(first, second));
    const asked = await request(courses, projectId, withClasses(second));
    expect(asked.planChange?.differences.map(({ kind }) => kind)).toEqual(['CLASS_DROPPED']);
    await carryThrough(asked.planChange?.id ?? '');
    await courses.runChore(releaseCancelledChore);
    const announced = (await courses.told(told.noticeRequested)).filter(
      ({ code, subject }) => code === 'PLAN_CHANGE_ANNOUNCED' && subject === asked.planChange?.id,
    );
    expect(announced).toHaveLength(2);
    const ids = rows.map(({ _id }) => _id);
    const ended = await courses.db
      .model(enrollments)
      .find({ _id: { $in: ids } })
      .lean();
    expect(ended.map(({ state, active }) => [state, active])).toEqual([
      ['withdrawn', false],
      ['withdrawn', false],
    ]);
    expect(await step(courses, 'openProject', projectId)).toEqual([]);
    const states = (await classesOf(projectId)).map(({ _id, state }) => [_id === row._id, state]);
    expect(states).toEqual([
      [true, 'cancelled'],
      [false, 'open'],
    ]);
  });
});

describe('CRS-18: the schedule of the new version, through the graph', () => {
  test('CRS-18: a class brought forward is refused with its figures when five full days are not left', async () => {
    const { projectId } = await published(courses, 0, withClasses(first, second));
    // From 2 August to 22 June: public by the first instant of 17 June.
    const sooner = withClasses(first, later('二班', -21));
    courses.now = new Date(startOfDay('2026-06-17').getTime() + 1);
    const late = await request(courses, projectId, sooner);
    expect(late.planChange).toBeNull();
    expect(late.refusals).toContainEqual({
      code: 'SCHEDULE_PUBLISHED_TOO_LATE',
      rule: 'CRS-18',
      required: '5 d',
      actual: '4 d',
    });
    courses.now = new Date(startOfDay('2026-06-17').getTime());
    const inTime = await request(courses, projectId, sooner);
    expect(inTime.refusals.map(({ code }) => code)).not.toContain('SCHEDULE_PUBLISHED_TOO_LATE');
  });

  test('CRS-18: a project opens five full days after the notice that published the schedule anew', async () => {
    const { projectId } = await published(courses, 0);
    courses.now = startOfDay('2026-07-01');
    const asked = await request(courses, projectId, withClasses({ ...first, place: '新校区' }));
    const changeId = asked.planChange?.id ?? '';
    // Told at the last instant that leaves five full days before the 13th.
    courses.now = startOfDay('2026-07-08');
    await carryThrough(changeId);
    const [row] = await classesOf(projectId);
    expect(row).toMatchObject({ place: '新校区', publishedAt: startOfDay('2026-07-08') });
    expect(await step(courses, 'openProject', projectId)).toEqual([]);
  });

  test('CRS-18: consent that comes a millisecond too late is refused', async () => {
    const { projectId } = await published(courses, 0);
    courses.now = startOfDay('2026-07-01');
    const asked = await request(courses, projectId, withClasses({ ...first, place: '新校区' }));
    courses.now = new Date(startOfDay('2026-07-08').getTime() + 1);
    const late = await consent(courses, asked.planChange?.id ?? '');
    expect(late.refusals.map(({ code }) => code)).toEqual(['SCHEDULE_PUBLISHED_TOO_LATE']);
  });
});

test('CRS-11: the whole plan is reckoned anew by a change: 44 of 90 practical hours are 48.9 %, and 50 % is needed', async () => {
  const { projectId } = await published(courses, 0);
  const lessPractice: PlanContent = {
    ...taughtByBoth,
    modules: taughtByBoth.modules.map((each) => {
      if (each.key === 'theory') return { ...each, hoursCenti: 28_00 };
      return each.key === 'practice' ? { ...each, hoursCenti: 44_00 } : each;
    }),
    classes: [
      {
        ...first,
        sessions: first.sessions.map((each, at) =>
          at === 45 ? { ...each, moduleKey: 'theory' } : each,
        ),
      },
    ],
  };
  const { planChange, refusals } = await request(courses, projectId, lessPractice);
  expect(planChange).toBeNull();
  expect(refusals).toEqual([
    { code: 'PRACTICE_TOO_SMALL', rule: 'CRS-11', required: '50 %', actual: '48.9 %' },
  ]);
});
