/** A project whose plan is published, with trainees, on a real MongoDB. Tests change its plan. */
import { randomUUID } from 'node:crypto';
import { registry } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { examplePlan } from '../plans/plan.example.ts';
import type { PlanContent } from '../plans/plan.ts';
import { trainerRecordedHandler } from '../projections/trainers.ts';
import { planInput } from '../projects/real-steps.example.ts';
import { classes } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';

export const county: Caller = {
  subject: 'c',
  grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
};
export const institution: Caller = {
  subject: 'i',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
export const days = 86_400_000;

export async function openCourses(uri: string | undefined): Promise<RealCourses> {
  const courses = await RealCourses.open(uri);
  const { example } = registry.trainerRecorded;
  await courses.hear(trainerRecordedHandler, registry.trainerRecorded, [
    { ...example, trainerId: 'trn_1', kind: 'frontline_teacher', inPool: true },
    { ...example, trainerId: 'trn_2', kind: 'university_expert', inPool: true },
  ]);
  return courses;
}

export const taughtByBoth: PlanContent = {
  ...examplePlan,
  modules: examplePlan.modules.map((module) => ({ ...module, trainerIds: ['trn_1', 'trn_2'] })),
};

/** A project whose plan is published on 1 June, with so many confirmed trainees in its first class. */
export async function published(courses: RealCourses, trainees: number, content = taughtByBoth) {
  courses.now = new Date('2026-06-01T00:00:00Z');
  const project = await courses.addProject({ state: 'commissioned' });
  const projectId = project._id;
  const plan = planInput(content);
  await courses.give(institution, 'submitPlan', { projectId, plan }, '');
  await courses.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' }, '');
  await step(courses, 'publishProject', projectId);
  const made = await courses.db.model(classes).find({ projectId }).sort({ opensOn: 1 }).lean();
  const [row] = made;
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

/** Takes a step of the county's that has no reason; answers the codes that speak against it. */
export async function step(courses: RealCourses, name: string, projectId: string) {
  const input = { idempotencyKey: randomUUID(), projectId };
  const source = `mutation($input: ProjectStepInput!) { ${name}(input: $input) { refusals { code } } }`;
  const answer = await courses.ask<Record<string, { refusals: { code: string }[] }>>(
    county,
    source,
    { input },
  );
  return answer[name]?.refusals.map(({ code }) => code);
}

const fields =
  'planChange { id state severity freeWithdrawalUntil differences { kind messageEn } }';
export type ChangeAnswer = {
  planChange: {
    id: string;
    state: string;
    severity: string;
    differences: { kind: string }[];
  } | null;
};

export const request = (courses: RealCourses, projectId: string, plan: PlanContent) =>
  courses.give<ChangeAnswer>(
    institution,
    'requestPlanChange',
    { projectId, plan: planInput(plan), explanation: '主讲教师临时公务' },
    fields,
  );

export const consent = (courses: RealCourses, changeId: string, given = true) =>
  courses.give<ChangeAnswer>(
    county,
    'decidePlanChange',
    { changeId, consent: given, reason: given ? '情况属实' : '无充分理由' },
    fields,
  );
