import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registry, courses as told } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { examplePlan } from '../plans/plan.example.ts';
import type { PlanContent } from '../plans/plan.ts';
import { plans } from '../plans/store.ts';
import { trainerRecordedHandler } from '../projections/trainers.ts';
import { planInput } from '../projects/real-steps.example.ts';
import { classes, projects } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { planChangesChore } from './commands-progress.ts';

const county: Caller = { subject: 'c', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };
const institution: Caller = {
  subject: 'i',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
const days = 86_400_000;

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  const { example } = registry.trainerRecorded;
  await courses.hear(trainerRecordedHandler, registry.trainerRecorded, [
    { ...example, trainerId: 'trn_1', kind: 'frontline_teacher', inPool: true },
    { ...example, trainerId: 'trn_2', kind: 'university_expert', inPool: true },
  ]);
});
afterAll(() => courses.close());

const taughtByBoth: PlanContent = {
  ...examplePlan,
  modules: examplePlan.modules.map((module) => ({ ...module, trainerIds: ['trn_1', 'trn_2'] })),
};

/** A project whose plan is published, with so many confirmed trainees. */
async function published(trainees: number) {
  courses.now = new Date('2026-06-01T00:00:00Z');
  const project = await courses.addProject({ state: 'commissioned' });
  const projectId = project._id;
  const plan = planInput(taughtByBoth);
  await courses.give(institution, 'submitPlan', { projectId, plan }, '');
  await courses.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' }, '');
  await courses.ask(
    county,
    'mutation($input: ProjectStepInput!) { publishProject(input: $input) { refusals { code } } }',
    { input: { idempotencyKey: `publish-${projectId}`, projectId } },
  );
  const [row] = await courses.db.model(classes).find({ projectId }).lean();
  if (row === undefined) throw new Error('no class');
  const rows = Array.from({ length: trainees }, (_, at) => ({
    _id: `enr_${projectId}_${at}`,
    ...{ classId: row._id, projectId, teacherId: `tch_${projectId}_${at}`, schoolId: 'sch_1' },
    ...{ regionCode: '140105', ownerRegionCode: '140105', state: 'confirmed', active: true },
    ...{ ticket: at + 1, turn: 1, done: false, closesAt: new Date('2026-06-10T00:00:00Z') },
  }));
  if (rows.length > 0) await courses.db.model(enrollments).collection.insertMany(rows as never[]);
  return { projectId, row, rows };
}

const first = (change: object): PlanContent => ({
  ...taughtByBoth,
  classes: taughtByBoth.classes.map((each) => ({
    ...each,
    sessions: each.sessions.map((session, at) => (at === 0 ? { ...session, ...change } : session)),
  })),
});
const fields =
  'planChange { id state severity freeWithdrawalUntil differences { kind messageEn } }';
type Answer = {
  planChange: {
    id: string;
    state: string;
    severity: string;
    differences: { kind: string }[];
  } | null;
};
const request = (projectId: string, plan: PlanContent) =>
  courses.give<Answer>(
    institution,
    'requestPlanChange',
    { projectId, plan: planInput(plan), explanation: '主讲教师临时公务' },
    fields,
  );
const noticesOf = async (code: string, subject: string) =>
  (await courses.told(told.noticeRequested)).filter(
    (each) => each.code === code && each.subject === subject,
  );

describe('CRS-19: a minor change through the graph', () => {
  test('CRS-19: is in effect at once, keeps ids, is told to trainees and to whoever follows the schedule', async () => {
    const { projectId, row } = await published(3);
    const { planChange, refusals } = await request(projectId, first({ place: '报告厅' }));
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
    const { projectId, row, rows } = await published(3);
    const asked = await request(projectId, first({ trainerId: 'trn_2' }));
    expect(asked.planChange).toMatchObject({ state: 'REQUESTED', severity: 'MAJOR' });
    const changeId = asked.planChange?.id ?? '';
    const again = await request(projectId, first({ place: '报告厅' }));
    expect(again.refusals.map(({ code }) => code)).toEqual(['PLAN_CHANGE_PENDING']);

    const decision = { changeId, consent: true, reason: '情况属实' };
    const consented = await courses.give<Answer>(county, 'decidePlanChange', decision, fields);
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
    const { projectId, row } = await published(0);
    const asked = await request(projectId, first({ trainerId: 'trn_2' }));
    const changeId = asked.planChange?.id ?? '';
    const hidden = await courses.ask<{ planChange: unknown }>(
      null,
      'query($id: ID!) { planChange(id: $id) { state } }',
      { id: changeId },
    );
    expect(hidden.planChange).toBeNull();
    const decision = { changeId, consent: false, reason: '无充分理由' };
    const refused = await courses.give<Answer>(county, 'decidePlanChange', decision, fields);
    expect(refused.planChange?.state).toBe('REFUSED');
    courses.now = new Date(courses.now.getTime() + 10 * days);
    await courses.runChore(planChangesChore);
    const same = await courses.db.model(classes).findById(row._id).lean();
    expect(same?.sessions).toEqual(row.sessions);
  });
});
