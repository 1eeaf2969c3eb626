/** Duties of bureaus, schools, experts, institutions and trainees, as the graph answers them. [CRS-59] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import type { Caller, Collection } from '@shixun/runtime';
import { participations } from '../delivery/store.ts';
import { dispatches } from '../dispatch/store.ts';
import { enrollments } from '../enrollment/store.ts';
import { schoolClasses } from '../forecast/store.ts';
import { classProgress, stageEvidence } from '../modalities/store.ts';
import { classPeople, placements } from '../modalities/store-people.ts';
import { planChanges } from '../plan-changes/store.ts';
import { trainers } from '../projections/trainers.ts';
import { classes } from '../projects/store.ts';
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
  classId = await courses.addClass(project, { state: 'running', trainerIds: [] });
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
  expect(institution).toEqual([
    ['BRING_EVIDENCE', 'centralised/diagnosis'],
    ['FORM_GROUPS', 'centralised'],
  ]);
  const trainee = await dutiesOf({ role: 'Teacher', personId: 'tch_1' });
  expect(trainee).toEqual([['BRING_EVIDENCE', 'centralised/study_plan']]);
});

test('CRS-33, CRS-59: groups formed, the institution is rid of them; placements wait for it, then for their mentor', async () => {
  const institution = () => dutiesOf({ role: 'InstitutionAdmin', institutionId: 'ins_1' });
  const mentor = () => dutiesOf({ role: 'Trainer', personId: 'trn_9' });
  const ofKind = (kind: string) => ({ kind, subjects: ['chinese'] });
  const mentorIds = ['trn_6', 'trn_7', 'trn_8'];
  await put(
    trainers,
    { _id: 'trn_6', ...ofKind('university_expert') },
    { _id: 'trn_7', ...ofKind('teaching_researcher') },
    { _id: 'trn_8', ...ofKind('frontline_teacher') },
  );
  const progress = courses.db.model(classProgress);
  await courses.db
    .model(classes)
    .updateOne({ _id: classId }, { $set: { trainerIds: mentorIds, institutionId: 'ins_1' } });
  const others = Array.from({ length: 4 }, (_, at) => `tch_other_${at}`);
  const group = { number: 1, leaderId: null, mentorIds, memberIds: ['tch_1', ...others] };
  const people = { _id: classId, groups: [group], matches: [], leftIds: [], turn: 1 };
  const seat = { classId, regionCode: '140105', schoolId: 'sch_1', state: 'confirmed', ticket: 9 };
  await put(classPeople, people);
  const memberRows = others.map((teacherId) => ({ ...seat, teacherId, _id: `enr_${teacherId}` }));
  await put(enrollments, ...memberRows.map((row) => ({ ...row, turn: 1, active: true })));
  expect(await institution()).toEqual([['BRING_EVIDENCE', 'centralised/diagnosis']]);

  const at = { openedAt: courses.now, openedBy: 'p', completedBy: null };
  const steps = [
    { ...at, key: 'centralised', completedAt: courses.now },
    { ...at, key: 'shadow', completedAt: null },
  ];
  await progress.updateOne({ _id: classId }, { $set: { steps } });
  const both = ['shadow/placement_centre', 'shadow/placement_school'];
  expect(await institution()).toEqual(both.map((detail) => ['PLACE_TRAINEES', detail]));
  const placed = ['enr_1', ...memberRows.map(({ _id }) => _id)].flatMap((enrollmentId) =>
    ['school', 'centre'].map((hostKind) => ({
      ...{ _id: `plc_${enrollmentId}_${hostKind}`, classId, enrollmentId, hostKind },
      ...{ mentorId: 'trn_9', state: 'placed', endsOn: '2026-07-30' },
    })),
  );
  await put(placements, ...placed);
  expect(await institution()).toEqual([]);
  expect(await mentor()).toEqual(placed.map(() => ['ASSESS_PLACEMENT', '']));
  await courses.db.model(placements).updateMany({}, { $set: { state: 'assessed' } });
  expect(await mentor()).toEqual([]);
  expect(await institution()).toEqual([['COMPLETE_STAGE', 'shadow']]);
});

test('CRS-59: a school has the evidence of the classes in which its teachers are', async () => {
  const project = await courses.addProject({ state: 'running', modality: 'visiting' });
  const visited = await courses.addClass(project, { state: 'running', modality: 'visiting' });
  const seat = { classId: visited, regionCode: '140105', state: 'confirmed', active: true };
  await put(
    enrollments,
    { ...seat, _id: 'enr_v1', teacherId: 'tch_v1', schoolId: 'sch_v1', turn: 1, ticket: 1 },
    { ...seat, _id: 'enr_v2', teacherId: 'tch_v2', schoolId: 'sch_v2', turn: 1, ticket: 2 },
  );
  const row = { classId: visited, away: true, days: [], lastDay: '2026-07-30', trainees: {} };
  await put(
    schoolClasses,
    { ...row, _id: `sch_v1/${visited}`, schoolId: 'sch_v1' },
    { ...row, _id: `sch_v2/${visited}`, schoolId: 'sch_v2' },
  );
  const at = { openedAt: courses.now, openedBy: 'p', completedBy: null };
  const steps = [
    { ...at, key: 'diagnosis', completedAt: courses.now },
    { ...at, key: 'polishing', completedAt: null },
  ];
  await put(classProgress, { _id: visited, templateId: 'visiting@1', turn: 1, steps });
  await put(stageEvidence, {
    ...{ _id: 'evd_1', classId: visited, stageKey: 'polishing', askKey: 'lesson_study' },
    ...{ about: 'sch_v1', step: 1, fields: [] },
  });
  const school = (schoolId: string) => dutiesOf({ role: 'SchoolAdmin', schoolId });
  expect(await school('sch_v2')).toEqual([['BRING_EVIDENCE', 'polishing/lesson_study']]);
  expect(await school('sch_v1')).toEqual([]);
  expect(await school('sch_v3')).toEqual([]);
});

test('GOV-06: what waits for a bureau or a mentor is found without scanning anything', async () => {
  const { connection } = courses.db;
  const asked = [
    ['participations', { 'violation.appeal.openFor': '140105' }],
    ['placements', { mentorId: 'trn_9', state: 'placed' }],
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
