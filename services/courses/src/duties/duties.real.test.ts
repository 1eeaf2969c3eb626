/** Duties of bureaus, schools, experts, institutions and trainees, as the graph answers them. [CRS-59] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import type { Caller, Collection } from '@shixun/runtime';
import { participations } from '../delivery/store.ts';
import { dispatches } from '../dispatch/store.ts';
import { enrollments } from '../enrollment/store.ts';
import { classProgress } from '../modalities/store.ts';
import { planChanges } from '../plan-changes/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { bids, sheets, tenders } from '../tenders/store.ts';

let courses: RealCourses;
let classId = '';

async function put<Row extends { readonly _id: string }>(
  collection: Collection<Row>,
  ...rows: readonly object[]
): Promise<void> {
  await courses.db.model(collection).collection.insertMany(rows as never[]);
}

beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  courses.now = startOfDay('2026-07-20');
  const project = await courses.addProject({ state: 'running', modality: 'release_time' });
  classId = await courses.addClass(project, { state: 'running' });
  const shared = { classId, projectId: project._id, ownerRegionCode: '140105', schoolId: 'sch_1' };
  const enrolled = { ...shared, regionCode: '140105', active: true, done: false };
  await put(
    enrollments,
    { ...enrolled, _id: 'enr_1', teacherId: 'tch_1', turn: 1, ticket: 1, state: 'confirmed' },
    {
      ...{ ...enrolled, _id: 'enr_2', teacherId: 'tch_2', turn: 1, ticket: 2 },
      ...{ state: 'pending_school', respondBy: startOfDay('2026-07-21') },
    },
  );
  const appeal = { reason: '', askedAt: courses.now, upheld: null, openFor: '140105' };
  const elsewhere = { ...appeal, openFor: '140106' };
  await put(
    participations,
    { _id: 'enr_8', classId, violation: { evidence: '', appeal } },
    { _id: 'enr_9', classId, violation: { evidence: '', appeal: elsewhere } },
  );
  await put(dispatches, {
    ...{ ...shared, _id: 'dsp_1', teacherId: 'tch_3', state: 'nominated', active: true },
    replacesId: null,
  });
  await put(planChanges, {
    ...{ ...shared, _id: 'pch_1', regionPath: ['140000', '140100', '140105'] },
    ...{ state: 'requested', projectTitle: '', working: true },
  });
  await put(tenders, {
    ...{ _id: 'tnd_1', projectId: project._id, ownerRegionCode: '140105', state: 'opened' },
    ...{ regionPath: ['140000', '140100', '140105'], reviewerIds: ['trn_1', 'trn_2'] },
  });
  const bid = { tenderId: 'tnd_1', state: 'open' };
  await put(
    bids,
    { ...bid, _id: 'bid_1', institutionId: 'ins_1', number: 1 },
    { ...bid, _id: 'bid_2', institutionId: 'ins_2', number: 2 },
  );
  await put(sheets, { _id: 'sht_1', tenderId: 'tnd_1', bidId: 'bid_1', reviewerId: 'trn_1' });
  const step = { key: 'centralised', openedAt: courses.now, openedBy: 'p', completedAt: null };
  await put(classProgress, {
    ...{ _id: classId, templateId: 'release_time@1', turn: 1 },
    steps: [{ ...step, completedBy: null }],
  });
});
afterAll(() => courses.close());

async function dutiesOf(grant: Caller['grants'][number], subject = 'someone') {
  const { myDuties } = await courses.ask<{
    myDuties: { edges: { node: { kind: string; detail: string; dueOn: string | null } }[] };
  }>(
    { subject, grants: [grant] },
    '{ myDuties(first: 100) { edges { node { kind detail dueOn } } } }',
  );
  return myDuties.edges.map(({ node }) => [node.kind, node.detail]);
}

test('CRS-59: a bureau has appeals, changes and nominations of its own region to decide, no other bureau has', async () => {
  const own = await dutiesOf({ role: 'CountyAdmin', regionCode: '140105' });
  expect(own).toEqual(
    expect.arrayContaining([
      ['DECIDE_VIOLATION_APPEAL', ''],
      ['DECIDE_PLAN_CHANGE', ''],
      ['CONFIRM_DISPATCH', 'tch_3'],
    ]),
  );
  expect(own.filter(([kind]) => kind === 'DECIDE_VIOLATION_APPEAL')).toHaveLength(1);
  const neighbour = await dutiesOf({ role: 'CountyAdmin', regionCode: '140106' });
  expect(neighbour).toEqual([['DECIDE_VIOLATION_APPEAL', '']]);
  expect(await dutiesOf({ role: 'CityAdmin', regionCode: '140100' })).toEqual([]);
});

test('CRS-59: a school answers for its teachers, an expert scores what is not scored yet', async () => {
  const school = await dutiesOf({ role: 'SchoolAdmin', schoolId: 'sch_1' });
  expect(school).toEqual([['ANSWER_FOR_SCHOOL', '']]);
  const expert = (personId: string) => dutiesOf({ role: 'ExpertReviewer', personId });
  expect(await expert('trn_1')).toEqual([['SCORE_BID', '2']]);
  expect(await expert('trn_2')).toEqual([
    ['SCORE_BID', '1'],
    ['SCORE_BID', '2'],
  ]);
  expect(await expert('trn_3')).toEqual([]);
});

test('CRS-59: the stage at hand is due to who brings evidence for it, a trainee’s own to the trainee', async () => {
  const institution = await dutiesOf({ role: 'InstitutionAdmin', institutionId: 'ins_1' });
  expect(institution).toContainEqual(['BRING_EVIDENCE', 'centralised/diagnosis']);
  const trainee = await dutiesOf({ role: 'Teacher', personId: 'tch_1' });
  expect(trainee).toEqual([['BRING_EVIDENCE', 'centralised/study_plan']]);
});

test('GOV-06: what waits for a bureau is found without scanning anything', async () => {
  const { connection } = courses.db;
  const asked = [
    ['participations', { 'violation.appeal.openFor': '140105' }],
    [
      'dispatches',
      { ownerRegionCode: '140105', state: { $in: ['nominated', 'objected'] }, active: true },
    ],
  ] as const;
  for (const [name, filter] of asked) {
    const plan = await connection.collection(name).find(filter).sort({ _id: 1 }).explain();
    const winning = JSON.stringify(plan);
    expect({ name, scans: winning.includes('COLLSCAN') }).toEqual({ name, scans: false });
    expect(winning).toContain('IXSCAN');
  }
});
