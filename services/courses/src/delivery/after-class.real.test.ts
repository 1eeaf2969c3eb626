/** What follows a class: tracking, and results that reach other teachers. [CRS-56, CRS-58] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { teachers } from '../projections/teachers.ts';
import type { RealCourses } from '../real-courses.example.ts';
import { pushPackagesChore } from '../resources/commands-push.ts';
import { trackingChore } from '../tracking/commands-track.ts';
import { uploads } from '../uploads/store.ts';
import { codesOf, institution, nine, RealClass, teacher } from './real-class.example.ts';

let room: RealClass;
let courses: RealCourses;
const bureau: Caller = { subject: 'c', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };
const school: Caller = { subject: 's', grants: [{ role: 'SchoolAdmin', schoolId: 'sch_1' }] };
const notices = (code: string) => room.notices(code);

beforeAll(async () => {
  room = await RealClass.open(3);
  courses = room.courses;
  courses.now = nine(5, 900);
  for (const n of [1, 2, 3, 4, 5]) await room.take(n, [810, 810, 810]);
  for (const n of [1, 2, 3]) await room.handIn(n, true);
  await room.setState('closing');
  courses.now = nine(6);
  await room.decide();
});
afterAll(() => courses.close());

test('CRS-58: at three months each party is asked once; a late answer is marked and told', async () => {
  courses.now = startOfDay('2026-10-17');
  await courses.runChore(trackingChore);
  const asked = (await notices('TRACKING_DUE')).length;
  expect(asked).toBe(0);
  courses.now = startOfDay('2026-10-18');
  await courses.runChore(trackingChore);
  await courses.runChore(trackingChore);
  expect(await notices('TRACKING_DUE')).toHaveLength(9);
  const list = async (caller: Caller, askedId: string, state: string) =>
    (
      await courses.ask<{ trackings: { edges: { node: { id: string; party: string } }[] } }>(
        caller,
        `{ trackings(askedId: "${askedId}", state: ${state}) { edges { node { id party } } } }`,
      )
    ).trackings.edges.map(({ node }) => node);
  const [mine] = await list(teacher(1), 'tch_1', 'OPEN');
  expect(mine?.party).toBe('TRAINEE');
  const answer = (caller: Caller, trackingId: string | undefined) =>
    courses.give<{ tracking: { late: boolean } | null }>(
      caller,
      'answerTracking',
      { trackingId, application: 'REGULARLY', text: '每周使用' },
      'tracking { late state }',
    );
  expect(codesOf(await answer(teacher(2), mine?.id))).toEqual(['NOT_FOUND']);
  expect((await answer(teacher(1), mine?.id)).tracking).toMatchObject({ late: false });
  courses.now = startOfDay('2026-11-20');
  await courses.runChore(trackingChore);
  expect(await list(school, 'sch_1', 'LATE')).toHaveLength(3);
  const [late] = await list(school, 'sch_1', 'LATE');
  expect((await answer(school, late?.id)).tracking).toMatchObject({ late: true });
  expect(await courses.told(told.trackingAnswered)).toMatchObject([
    { party: 'trainee', months: 3, late: false },
    { party: 'school', late: true },
  ]);
});

test('CRS-56: a result is graded, packed and pushed to the teachers of its stage and subject; the same content is taken once', async () => {
  await courses.db.model(uploads).create(
    ['upl_1', 'upl_2'].map((_id) => ({
      _id,
      purpose: 'result' as const,
      aboutId: 'enr_1',
      ownerId: 'tch_1',
      state: 'there' as const,
      file: { key: 'k', bytes: 1, contentHash: 'same', contentType: 'video/mp4' },
      createdAt: courses.now,
    })),
  );
  const row = { status: 'active', schoolId: 'sch_1', subjects: ['chinese'], stage: 'junior' };
  await courses.db.model(teachers).create([
    { _id: 'tch_a', ...row, regionCode: '140105001' },
    { _id: 'tch_b', ...row, regionCode: '140105' },
    { _id: 'tch_c', ...row, regionCode: '140106001' },
    { _id: 'tch_d', ...row, regionCode: '140105001', stage: 'primary' },
    { _id: 'tch_e', ...row, regionCode: '140105001', subjects: ['music'] },
  ]);
  const about = { title: '整本书阅读微课', stage: 'JUNIOR', subject: 'chinese' };
  const submit = (uploadId: string) =>
    courses.give<{ result: { id: string } | null }>(
      teacher(1),
      'submitResult',
      { ...about, enrollmentId: 'enr_1', uploadId, kind: 'MICRO_LESSON', licence: 'CC_BY' },
      'result { id }',
    );
  const { result } = await submit('upl_1');
  expect(codesOf(await submit('upl_2'))).toEqual(['RESULT_DUPLICATE']);
  const publish = () =>
    courses.give<{ resourcePackage: { id: string } | null }>(
      bureau,
      'publishResourcePackage',
      { ...about, regionCode: '140105', resultIds: [result?.id] },
      'resourcePackage { id }',
    );
  expect(codesOf(await publish())).toEqual(['RESULT_NOT_GRADED']);
  const graded = await courses.give(
    institution,
    'gradeResult',
    { resultId: result?.id, grade: 'EXCELLENT' },
    'result { grade }',
  );
  expect(codesOf(graded)).toEqual([]);
  expect(codesOf(await publish())).toEqual([]);
  await courses.runChore(pushPackagesChore);
  await courses.runChore(pushPackagesChore);
  expect((await notices('PACKAGE_FOR_YOU')).map(({ recipientId }) => recipientId)).toEqual([
    'tch_a',
    'tch_b',
  ]);
  type Found = {
    practiceResults: { edges: { node: { licence: string; downloadUrl: string } }[] };
  };
  const { practiceResults } = await courses.ask<Found>(
    teacher(2),
    `{ practiceResults(regionCode: "140105", words: "微课 阅读", grade: EXCELLENT) {
      edges { node { licence downloadUrl author { id } } } } }`,
  );
  expect(practiceResults.edges).toMatchObject([
    { node: { licence: 'CC_BY', author: { id: 'tch_1' } } },
  ]);
  expect(practiceResults.edges[0]?.node.downloadUrl).toMatch(/^\/uploads\/upl_1\/content\?/);
});
