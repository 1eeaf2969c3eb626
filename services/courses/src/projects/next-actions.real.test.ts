import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { evaluation, registry } from '@shixun/contracts';
import { addDays, startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { seatRows } from '../enrollment/store.ts';
import { county, institution, openCourses } from '../plan-changes/plan-changes.example.ts';
import { exampleClass, examplePlan } from '../plans/plan.example.ts';
import { institutionRecordedHandler } from '../projections/institutions.ts';
import { needsSurveyClosedHandler } from '../projections/needs-surveys.ts';
import type { Answered, RealCourses } from '../real-courses.example.ts';
import { sealedBidOf } from '../tenders/client.ts';
import { gradePublishedHandler } from './events.ts';
import { draftInput, needsSurveyId, planInput } from './real-steps.example.ts';
import { classes, projects } from './store.ts';
import { confirmationId, projectConfirmations } from './store-joint.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await openCourses(process.env.MONGODB_URI);
  const { example } = registry.institutionRecorded;
  const qualification = {
    ...{ state: 'qualified' as const, levels: ['county' as const], stages: ['junior' as const] },
    ...{ subjects: ['chinese'], modalities: ['concentrated' as const] },
    ...{ validFrom: '2026-01-01', validTo: '2026-12-31' },
  };
  await courses.hear(institutionRecordedHandler, registry.institutionRecorded, [
    { ...example, institutionId: 'ins_1', qualification },
  ]);
  const survey = evaluation.needsSurveyClosed.example;
  await courses.hear(needsSurveyClosedHandler, evaluation.needsSurveyClosed, [
    { ...survey, surveyId: needsSurveyId, audience: { ...survey.audience, stages: [] } },
  ]);
});
afterAll(() => courses.close());

/** Every command that moves a project by itself, with its input's type. */
const steps: Readonly<Record<string, string>> = {
  submitProject: 'SubmitProjectInput',
  approveProject: 'ProjectStepInput',
  rejectProject: 'ReasonedProjectStepInput',
  commissionInstitution: 'CommissionInstitutionInput',
  submitPlan: 'SubmitPlanInput',
  reviewPlan: 'ReviewPlanInput',
  publishProject: 'ProjectStepInput',
  requestPlanChange: 'RequestPlanChangeInput',
  openProject: 'ProjectStepInput',
  startProject: 'ProjectStepInput',
  closeProject: 'ProjectStepInput',
  archiveProject: 'ProjectStepInput',
  cancelProject: 'ReasonedProjectStepInput',
};
const plan = planInput(examplePlan);
const inputs: Readonly<Record<string, object>> = {
  submitProject: { needsSurveyId },
  rejectProject: { reason: '不符合计划' },
  commissionInstitution: { institutionId: 'ins_1' },
  submitPlan: { plan },
  reviewPlan: { verdict: 'ACCEPT' },
  requestPlanChange: { plan, explanation: '调整' },
  cancelProject: { reason: '取消' },
};
const ofTheExecutor = { submitPlan: true, requestPlanChange: true };
const callers: Readonly<Record<string, Caller>> = {
  CountyAdmin: county,
  InstitutionAdmin: institution,
};

async function give(caller: Caller, command: string, projectId: string, more: object = {}) {
  const source = `mutation($input: ${steps[command]}!) { ${command}(input: $input) { refusals { code } } }`;
  const input = { idempotencyKey: randomUUID(), projectId, ...inputs[command], ...more };
  const data = await courses.ask<Record<string, Answered>>(caller, source, { input });
  return data[command]?.refusals.map(({ code }) => code) ?? [];
}

type Action = { command: string; roles: string[]; missing: { code: string }[] };
async function next(projectId: string) {
  const { project } = await courses.ask<{ project: { state: string; nextActions: Action[] } }>(
    county,
    'query($id: ID!) { project(id: $id) { state nextActions { command roles missing { code } } } }',
    { id: projectId },
  );
  const missing = (command: string) =>
    project.nextActions.find((each) => each.command === command)?.missing.map(({ code }) => code);
  return { ...project, missing };
}

/**
 * What a client reads is what happens: a command that is not among the next is refused for the state, one that is
 * among them belongs to nobody else's role.
 */
async function walked(projectId: string): Promise<string> {
  const { state, nextActions } = await next(projectId);
  for (const command of Object.keys(steps)) {
    const action = nextActions.find((each) => each.command === command);
    if (action === undefined) {
      const caller = command in ofTheExecutor ? institution : county;
      const codes = await give(caller, command, projectId);
      // To an institution that is not commissioned the project is none.
      const refused = codes.some((code) => ['PROJECT_STEP_NOT_NEXT', 'NOT_FOUND'].includes(code));
      expect([state, command, codes, refused]).toEqual([state, command, codes, true]);
      continue;
    }
    for (const [role, caller] of Object.entries(callers)) {
      if (action.roles.includes(role)) continue;
      const codes = await give(caller, command, projectId);
      const refused = codes.some((code) => ['PROJECT_STEP_OF_OTHERS', 'FORBIDDEN'].includes(code));
      expect([state, command, role, refused]).toEqual([state, command, role, true]);
    }
  }
  return state;
}

async function drafted(): Promise<string> {
  courses.now = startOfDay('2026-03-01');
  const { project } = await courses.give<{ project: { id: string } }>(
    county,
    'draftProject',
    draftInput({ contentCode: `walk-${randomUUID().slice(0, 8)}` }),
    'project { id }',
  );
  return project.id;
}
async function approved(): Promise<string> {
  const projectId = await drafted();
  await confirm(projectId);
  for (const command of ['submitProject', 'approveProject']) await give(county, command, projectId);
  return projectId;
}
const confirm = (projectId: string) =>
  courses.db.model(projectConfirmations).create({
    ...{ _id: confirmationId(projectId, 'sch_1'), projectId, schoolId: 'sch_1' },
    ...{ answer: 'confirmed', reason: null, askedAt: courses.now, answeredAt: courses.now },
  });

describe('CRS-01: what a client reads as the next actions is what happens, from draft to archive', () => {
  test('CRS-01: every state: who may, what is missing, and nothing else', async () => {
    const projectId = await drafted();
    expect(await walked(projectId)).toBe('DRAFT');
    const asked = (await next(projectId)).missing('submitProject');
    // The survey comes with the command; the schools are what is missing.
    expect(asked).toEqual(['PROJECT_SURVEY_MISSING', 'PROJECT_SCHOOLS_NOT_ASKED']);
    expect(await give(county, 'submitProject', projectId)).toEqual(['PROJECT_SCHOOLS_NOT_ASKED']);
    await confirm(projectId);
    expect((await next(projectId)).missing('submitProject')).toEqual(['PROJECT_SURVEY_MISSING']);

    const take = async (caller: Caller, command: string, more: object = {}) => {
      expect((await next(projectId)).nextActions.map((each) => each.command)).toContain(command);
      expect([command, await give(caller, command, projectId, more)]).toEqual([command, []]);
      return walked(projectId);
    };
    expect(await take(county, 'submitProject')).toBe('SUBMITTED');
    expect(await take(county, 'approveProject')).toBe('APPROVED');
    expect(await take(county, 'commissionInstitution')).toBe('COMMISSIONED');
    const bad = { plan: planInput({ ...examplePlan, goals: '', completionAssessment: null }) };
    expect(await take(institution, 'submitPlan', bad)).toBe('PLAN_REVIEW');
    const faults = (await next(projectId)).missing('reviewPlan');
    expect(faults).toEqual(['PLAN_GOALS_MISSING', 'ASSESSMENT_MISSING']);
    expect(await give(county, 'reviewPlan', projectId)).toEqual(faults);
    const back = { verdict: 'RETURN', reason: '请补充' };
    expect(await take(county, 'reviewPlan', back)).toBe('PLAN_RETURNED');
    expect(await take(institution, 'submitPlan')).toBe('PLAN_REVIEW');
    expect((await next(projectId)).missing('reviewPlan')).toEqual([]);
    expect(await take(county, 'reviewPlan')).toBe('PLAN_ACCEPTED');

    // Published a millisecond too late it says what is missing, in the words of the refusal.
    const opensOn = exampleClass.segments[0]?.startsOn ?? '';
    courses.now = new Date(startOfDay(addDays(opensOn, -5)).getTime() + 1);
    expect(await take(county, 'publishProject')).toBe('PUBLISHED');
    expect((await next(projectId)).missing('openProject')).toEqual(['SCHEDULE_PUBLISHED_TOO_LATE']);
    expect(await give(county, 'openProject', projectId)).toEqual(['SCHEDULE_PUBLISHED_TOO_LATE']);
    const publishedAt = startOfDay(addDays(opensOn, -5));
    await courses.db.model(classes).updateMany({ projectId }, { $set: { publishedAt } });
    expect((await next(projectId)).missing('openProject')).toEqual([]);
    expect(await take(county, 'openProject')).toBe('OPEN');
    expect(await take(county, 'startProject')).toBe('RUNNING');
    expect(await take(county, 'closeProject')).toBe('CLOSING');
    expect((await next(projectId)).nextActions).toEqual([]);

    const [row] = await courses.db.model(classes).find({ projectId }).lean();
    await courses.db.model(seatRows).collection.insertOne({
      ...{ _id: row?._id as never, taken: 10, takenByQuota: [], waiting: 0 },
      ...{ waitingByBucket: [], lastTicket: 10 },
    });
    const grade = (answersCount: number) =>
      courses.hear(gradePublishedHandler, evaluation.gradePublished, [
        { ...evaluation.gradePublished.example, projectId, answersCount },
      ]);
    await grade(0);
    expect(await walked(projectId)).toBe('EVALUATED');
    const few = (await next(projectId)).missing('archiveProject');
    expect(few).toEqual(['PROJECT_COVERAGE_TOO_SMALL']);
    expect(await give(county, 'archiveProject', projectId)).toEqual(few);
    await courses.db.model(projects).updateOne({ _id: projectId }, { $set: { answersCount: 10 } });
    expect(await take(county, 'archiveProject')).toBe('ARCHIVED');
    expect((await next(projectId)).nextActions).toEqual([]);
  });

  test('CRS-01: rejected and cancelled are ends', async () => {
    const rejected = await drafted();
    await confirm(rejected);
    await give(county, 'submitProject', rejected);
    expect(await give(county, 'rejectProject', rejected)).toEqual([]);
    expect(await walked(rejected)).toBe('REJECTED');
    const cancelled = await approved();
    expect(await give(county, 'cancelProject', cancelled)).toEqual([]);
    expect(await walked(cancelled)).toBe('CANCELLED');
    expect((await next(cancelled)).nextActions).toEqual([]);
  });
});

type Tender = { id: string; bidKey: string; state: string };

describe('CRS-02: the tender, as clients read it', () => {
  async function announced(projectId: string): Promise<Tender> {
    const { tender } = await courses.give<{ tender: Tender }>(
      county,
      'announceTender',
      {
        ...{ projectId, closesAt: '2026-03-08T00:00:00Z', requirements: '初中语文教师培训' },
        criteria: [{ code: 'plan', titleZh: '方案', titleEn: 'Plan', weightPercent: 80 }],
      },
      'tender { id bidKey state }',
    );
    return tender;
  }
  const bid = async (tender: Tender) => {
    const words = { price: '1000.00', proposal: '方案', trainerIds: [] };
    const sealedBid = await sealedBidOf(tender, 'ins_1', words);
    const input = { tenderId: tender.id, institutionId: 'ins_1', sealedBid };
    const { refusals } = await courses.give(institution, 'submitBid', input, '');
    return refusals.map(({ code }) => code);
  };

  test('CRS-02: from announced to opened the award says what it lacks', async () => {
    const projectId = await approved();
    const tender = await announced(projectId);
    expect(await bid(tender)).toEqual([]);
    expect(await walked(projectId)).toBe('TENDERING');
    expect((await next(projectId)).missing('awardTender')).toEqual([
      'TENDER_STATE_WRONG',
      'BIDS_MISSING',
    ]);
    courses.now = new Date('2026-03-08T00:00:00Z');
    await courses.ask(
      county,
      'mutation($input: TenderStepInput!) { openBids(input: $input) { refusals { code } } }',
      { input: { idempotencyKey: randomUUID(), tenderId: tender.id } },
    );
    expect((await next(projectId)).missing('awardTender')).toEqual(['SHEETS_TOO_FEW']);
  });

  test('CRS-01: a cancelled project takes its tender along: no bid comes in any more', async () => {
    const projectId = await approved();
    const tender = await announced(projectId);
    expect(await bid(tender)).toEqual([]);
    expect(await give(county, 'cancelProject', projectId)).toEqual([]);
    expect(await bid(tender)).toContain('TENDER_STATE_WRONG');
    const { tender: row } = await courses.ask<{ tender: { state: string } }>(
      county,
      'query($id: ID!) { tender(id: $id) { state } }',
      { id: tender.id },
    );
    expect(row.state).toBe('ABANDONED');
  });

  test('CRS-19: a cancelled project takes along a change of its plan that waits for consent', async () => {
    const projectId = await approved();
    await give(county, 'commissionInstitution', projectId);
    await give(institution, 'submitPlan', projectId);
    await give(county, 'reviewPlan', projectId);
    await give(county, 'publishProject', projectId);
    const moved = { ...exampleClass, place: '新校区' };
    const changed = planInput({ ...examplePlan, classes: [moved] });
    expect(await give(institution, 'requestPlanChange', projectId, { plan: changed })).toEqual([]);
    expect((await next(projectId)).missing('requestPlanChange')).toEqual(['PLAN_CHANGE_PENDING']);
    expect((await next(projectId)).missing('decidePlanChange')).toEqual([]);
    expect(await give(county, 'cancelProject', projectId)).toEqual([]);
    const { project } = await courses.ask<{
      project: { planChanges: { edges: { node: { state: string } }[] } };
    }>(
      county,
      'query($id: ID!) { project(id: $id) { planChanges { edges { node { state } } } } }',
      { id: projectId },
    );
    expect(project.planChanges.edges.map(({ node }) => node.state)).toEqual(['LAPSED']);
  });
});
