import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import type { PlanContent } from '../plans/plan.ts';
import { plans } from '../plans/store.ts';
import { classes, projects } from '../projects/store.ts';
import type { RealCourses } from '../real-courses.example.ts';
import { planChangesChore } from './commands-progress.ts';
import {
  consent,
  days,
  openCourses,
  published,
  request,
  taughtByBoth,
} from './plan-changes.example.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await openCourses(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

const first = (change: object): PlanContent => ({
  ...taughtByBoth,
  classes: taughtByBoth.classes.map((each) => ({
    ...each,
    sessions: each.sessions.map((session, at) => (at === 0 ? { ...session, ...change } : session)),
  })),
});
const noticesOf = async (code: string, subject: string) =>
  (await courses.told(told.noticeRequested)).filter(
    (each) => each.code === code && each.subject === subject,
  );

describe('CRS-19: a minor change through the graph', () => {
  test('CRS-19: is in effect at once, keeps ids, is told to trainees and to whoever follows the schedule', async () => {
    const { projectId, row } = await published(courses, 3);
    const { planChange, refusals } = await request(courses, projectId, first({ place: '报告厅' }));
    expect(refusals).toEqual([]);
    expect(planChange).toMatchObject({
      state: 'APPLIED',
      severity: 'MINOR',
      differences: [{ kind: 'SESSION_ROOM_MOVED' }],
    });
    const changed = await courses.db.model(classes).findById(row._id).lean();
    expect(changed?.sessions[0]).toEqual({ ...row.sessions[0], place: '报告厅' });
    expect(changed?.sessions.map(({ _id }) => _id)).toEqual(row.sessions.map(({ _id }) => _id));
    expect(changed?.modules).toEqual(row.modules);
    const project = await courses.db.model(projects).findById(projectId).lean();
    const plan = await courses.db.model(plans).findById(project?.planId).lean();
    expect(plan?.round).toBe(2);
    const schedules = await courses.told(told.classScheduled);
    expect(schedules.filter(({ classId }) => classId === row._id)).toHaveLength(2);
    await courses.runChore(planChangesChore);
    await courses.runChore(planChangesChore);
    expect(await noticesOf('PLAN_CHANGED', planChange?.id ?? '')).toHaveLength(3);
  });
});

describe('CRS-19: a major change through the graph', () => {
  test('CRS-19: consent, notice to everyone, the window, and only then the new plan', async () => {
    const { projectId, row, rows } = await published(courses, 3);
    const asked = await request(courses, projectId, first({ trainerId: 'trn_2' }));
    expect(asked.planChange).toMatchObject({ state: 'REQUESTED', severity: 'MAJOR' });
    const changeId = asked.planChange?.id ?? '';
    const again = await request(courses, projectId, first({ place: '报告厅' }));
    expect(again.refusals.map(({ code }) => code)).toEqual(['PLAN_CHANGE_PENDING']);

    const consented = await consent(courses, changeId);
    expect(consented.planChange?.state).toBe('CONSENTED');
    await courses.runChore(planChangesChore);
    expect(await noticesOf('PLAN_CHANGE_ANNOUNCED', changeId)).toHaveLength(3);
    const until = courses.now.getTime() + 3 * days;
    const seen = async () => courses.db.model(classes).findById(row._id).lean();
    expect((await seen())?.freeWithdrawalUntil).toEqual(new Date(until));

    // Long after the menu closed: withdrawal is free again until that instant.
    const leave = async (at: number) => {
      const teacherId = rows[at]?.teacherId ?? '';
      const caller: Caller = {
        subject: teacherId,
        grants: [{ role: 'Teacher', personId: teacherId }],
      };
      const enrollmentId = rows[at]?._id ?? '';
      await courses.db
        .model(enrollments)
        .updateOne({ _id: enrollmentId }, { $set: { closesAt: new Date('2026-05-01T00:00:00Z') } });
      const asking = { enrollmentId };
      return courses.give(caller, 'withdrawEnrollment', asking, 'enrollment { state }');
    };
    await courses.db.connection.collection('seats').insertOne({
      _id: row._id as never,
      ...{ taken: 3, takenByQuota: [], waiting: 0, waitingByBucket: [], lastTicket: 3 },
    });
    courses.now = new Date(until - 1);
    await courses.runChore(planChangesChore);
    expect((await seen())?.sessions[0]?.trainerId).toBe('trn_1');
    expect((await leave(0)).refusals).toEqual([]);

    courses.now = new Date(until);
    expect((await leave(1)).refusals.map(({ code }) => code)).toEqual(['WITHDRAWAL_NEEDS_CONSENT']);
    await courses.runChore(planChangesChore);
    await courses.runChore(planChangesChore);
    const after = await seen();
    expect(after?.sessions[0]).toEqual({ ...row.sessions[0], trainerId: 'trn_2' });
    const shown = await courses.ask<{ planChange: { state: string } }>(
      null,
      'query($id: ID!) { planChange(id: $id) { state } }',
      { id: changeId },
    );
    expect(shown.planChange.state).toBe('APPLIED');
  });

  test('CRS-19: without consent the published plan holds', async () => {
    const { projectId, row } = await published(courses, 0);
    const asked = await request(courses, projectId, first({ trainerId: 'trn_2' }));
    const changeId = asked.planChange?.id ?? '';
    const hidden = await courses.ask<{ planChange: unknown }>(
      null,
      'query($id: ID!) { planChange(id: $id) { state } }',
      { id: changeId },
    );
    expect(hidden.planChange).toBeNull();
    const refused = await consent(courses, changeId, false);
    expect(refused.planChange?.state).toBe('REFUSED');
    courses.now = new Date(courses.now.getTime() + 10 * days);
    await courses.runChore(planChangesChore);
    const same = await courses.db.model(classes).findById(row._id).lean();
    expect(same?.sessions).toEqual(row.sessions);
  });
});
