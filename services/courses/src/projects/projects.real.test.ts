import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses, evaluation } from '@shixun/contracts';
import {
  auditEntries,
  type Caller,
  firstBrokenEntry,
  streamHeads,
  unguardedFields,
} from '@shixun/runtime';
import { seatRows } from '../enrollment/store.ts';
import { hearRegions } from '../projections/regions.example.ts';
import { gradePublishedHandler } from './events.ts';
import { graphAccess } from './real-graph.example.ts';
import { county, draftInput, institution, province, RealSteps } from './real-steps.example.ts';
import { classes } from './store.ts';

let steps: RealSteps;
beforeAll(async () => {
  steps = await RealSteps.open(process.env['MONGODB_URI']);
});
afterAll(() => steps.graph.close());

describe('a project from draft to archive, through the graph', () => {
  test('CRS-01: every field of projects and plans has its row of access', () => {
    expect(unguardedFields(steps.graph.schema, graphAccess)).toEqual([]);
  });

  test('CRS-01: each step moves the project, tells it, and leaves who, when and why', async () => {
    const projectId = await steps.published();
    await steps.give(county, 'openProject', { projectId });
    await steps.give(county, 'startProject', { projectId });
    expect((await steps.give(county, 'closeProject', { projectId })).project?.state).toBe(
      'CLOSING',
    );
    const { project } = await steps.graph.ask<{
      project: { steps: { command: string; role: string; at: string }[]; classes: unknown[] };
    }>(
      county,
      `query Q($id: ID!) { project(id: $id) {
        steps { command role at }
        classes { name state capacity opensOn closesOn hours sessions { date trainer { id } } modules { id title } }
      } }`,
      { id: projectId },
    );
    expect(project.steps.map(({ command, role }) => [command, role])).toEqual([
      ['draftProject', 'CountyAdmin'],
      ['submitProject', 'CountyAdmin'],
      ['approveProject', 'CountyAdmin'],
      ['commissionInstitution', 'CountyAdmin'],
      ['submitPlan', 'InstitutionAdmin'],
      ['reviewPlan', 'CountyAdmin'],
      ['publishProject', 'CountyAdmin'],
      ['openProject', 'CountyAdmin'],
      ['startProject', 'CountyAdmin'],
      ['closeProject', 'CountyAdmin'],
    ]);
    expect(project.steps[0]?.at).toBe(steps.graph.now.toISOString());
    expect(project.classes).toMatchObject([
      {
        name: '一班',
        state: 'CLOSING',
        capacity: 40,
        opensOn: '2026-07-13',
        closesOn: '2026-07-27',
        hours: '90.00',
      },
    ]);
    const told = await steps.graph.told(courses.projectRecorded);
    expect(told.filter((each) => each.projectId === projectId).map(({ state }) => state)).toEqual([
      'draft',
      'submitted',
      'approved',
      'commissioned',
      'plan_review',
      'plan_accepted',
      'published',
      'open',
      'running',
      'closing',
    ]);
    const ofClass = await steps.graph.told(courses.classRecorded);
    expect(
      ofClass.filter((each) => each.projectId === projectId).map(({ state }) => state),
    ).toEqual(['published', 'open', 'running', 'closing']);
    const entries = await steps.graph.db
      .model(auditEntries)
      .find({ stream: projectId })
      .sort({ sequence: 1 })
      .lean();
    const head = await steps.graph.db.model(streamHeads).findById(projectId).lean();
    expect(entries).toHaveLength(10);
    expect(firstBrokenEntry(entries, head)).toBeNull();
  });

  test('CRS-01: a step of others is refused, whoever is above', async () => {
    const projectId = await steps.drafted();
    const refused = await steps.give(province, 'submitProject', { projectId });
    expect(refused.refusals.map(({ code }) => code)).toEqual(['PROJECT_STEP_OF_OTHERS']);
    const stranger = await steps.give(institution, 'submitProject', { projectId });
    expect(stranger.refusals.map(({ code }) => code)).toEqual(['FORBIDDEN']);
    const neighbour: Caller = {
      subject: 'n',
      grants: [{ role: 'CountyAdmin', regionCode: '140106' }],
    };
    const outside = await steps.give(neighbour, 'submitProject', { projectId });
    expect(outside.refusals.map(({ code }) => code)).toEqual(['NOT_FOUND']);
  });

  test('CRS-01: the same key gives the first answer, and the project moves once', async () => {
    const projectId = await steps.drafted();
    const input = { projectId, idempotencyKey: 'the-same-key-twice' };
    const first = await steps.give(county, 'submitProject', input);
    expect(await steps.give(county, 'submitProject', input)).toEqual(first);
    expect(first.project?.state).toBe('SUBMITTED');
  });

  test('CRS-01: two who take the same step at once move the project once', async () => {
    const projectId = await steps.drafted();
    const both = await Promise.all([
      steps.give(county, 'submitProject', { projectId }),
      steps.give(county, 'submitProject', { projectId }),
    ]);
    const refusals = both.flatMap((each) => each.refusals.map(({ code }) => code));
    expect(refusals).toEqual(['PROJECT_STEP_NOT_NEXT']);
  });

  test('REG-02: a county has no higher education', async () => {
    const input = draftInput({ sector: 'higher', stage: 'higher' });
    const { project, refusals } = await steps.give(county, 'draftProject', input);
    expect(project).toBeNull();
    expect(refusals).toMatchObject([{ rule: 'REG-02', code: 'PROJECT_LEVEL_NOT_IN_SECTOR' }]);
  });

  test('REG-01: a project is for regions of the official table, and for no code that is out of force when it begins', async () => {
    await hearRegions(steps.graph);
    const city = { subject: 'c', grants: [{ role: 'CityAdmin' as const, regionCode: '140100' }] };
    const to = async (regionCodes: readonly string[]) => {
      const { audience, ...draft } = draftInput({ level: 'city', ownerRegionCode: '140100' });
      const input = { ...draft, audience: { ...audience, regionCodes } };
      const { project, refusals } = await steps.give(city, 'draftProject', input);
      expect(project === null).toBe(refusals.length > 0);
      return refusals.map(({ rule, code }) => [rule, code]);
    };
    expect(await to(['140105', '140106'])).toEqual([]);
    expect(await to(['140105', '140199', '140102'])).toEqual([
      ['REG-01', 'REGION_NOT_IN_TABLE'],
      ['REG-01', 'REGION_NO_LONGER_IN_FORCE'],
    ]);
  });

  test('REG-08: an institution that was never qualified, or not for all of it, is not commissioned', async () => {
    const projectId = await steps.drafted({ modality: 'blended' });
    await steps.give(county, 'submitProject', { projectId });
    await steps.give(county, 'approveProject', { projectId });
    const applying = { projectId, institutionId: 'ins_applying' };
    expect((await steps.give(county, 'commissionInstitution', applying)).refusals).toMatchObject([
      { rule: 'REG-08', actual: 'none' },
    ]);
    const other = { projectId, institutionId: 'ins_1' };
    expect((await steps.give(county, 'commissionInstitution', other)).refusals).toMatchObject([
      { rule: 'REG-08', actual: 'concentrated' },
    ]);
    const unknown = { projectId, institutionId: 'ins_unknown' };
    expect((await steps.give(county, 'commissionInstitution', unknown)).refusals).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('CRS-01: cancelling takes the classes along', async () => {
    const projectId = await steps.published();
    await steps.give(county, 'cancelProject', { projectId, reason: '机构停业' });
    const rows = await steps.graph.db.model(classes).find({ projectId }).lean();
    expect(rows.map(({ state }) => state)).toEqual(['cancelled']);
    expect((await steps.give(county, 'openProject', { projectId })).project).toBeNull();
  });

  test('EVL-01: a grade evaluates the project, which is archived at 80 % of answers and not below', async () => {
    const grade = async (projectId: string, answersCount: number) => {
      const { example } = evaluation.gradePublished;
      await steps.graph.hear(gradePublishedHandler, evaluation.gradePublished, [
        { ...example, projectId, answersCount },
      ]);
    };
    const closing = async () => {
      const projectId = await steps.published();
      for (const step of ['openProject', 'startProject', 'closeProject']) {
        await steps.give(county, step, { projectId });
      }
      const [row] = await steps.graph.db.model(classes).find({ projectId }).lean();
      const none = { takenByQuota: [], waiting: 0, waitingByBucket: [] };
      const counters = { ...none, taken: 10, lastTicket: 10 };
      await steps.graph.db.model(seatRows).create({ _id: row?._id ?? '', ...counters });
      return projectId;
    };
    const short = await closing();
    await grade(short, 7);
    const refused = await steps.give(county, 'archiveProject', { projectId: short });
    expect(refused.refusals).toMatchObject([{ rule: 'EVL-01', actual: '70 %' }]);
    const enough = await closing();
    await grade(enough, 8);
    const archived = await steps.give(county, 'archiveProject', { projectId: enough });
    expect(archived.project?.state).toBe('ARCHIVED');
    const rows = await steps.graph.db.model(classes).find({ projectId: enough }).lean();
    expect(rows.map(({ state }) => state)).toEqual(['closed']);
  });

  test('CRS-01: a grade that comes before the project closes takes effect when it does', async () => {
    const projectId = await steps.published();
    const { example } = evaluation.gradePublished;
    await steps.graph.hear(gradePublishedHandler, evaluation.gradePublished, [
      { ...example, projectId },
    ]);
    for (const step of ['openProject', 'startProject'])
      await steps.give(county, step, { projectId });
    const closed = await steps.give(county, 'closeProject', { projectId });
    expect(closed.project?.state).toBe('EVALUATED');
  });
});
