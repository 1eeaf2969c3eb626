/** Items of earlier releases, and items whose class moves. [CRS-40] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import { institutionGrades } from '../projections/institution-grades.ts';
import { teachers } from '../projections/teachers.ts';
import { RealCourses } from '../real-courses.example.ts';
import { completeItems } from './commands-complete.ts';
import { itemDatedHandler } from './events.ts';
import { menuItems } from './store.ts';

let courses: RealCourses;
let classId = '';
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  courses.now = startOfDay('2026-03-02');
  await courses.db
    .model(teachers)
    .collection.insertOne({ _id: 'tch_1', regionCode: '140105001', status: 'active' } as never);
  await courses.db
    .model(institutionGrades)
    .collection.insertOne({ _id: 'ins_1', grade: 'B' } as never);
  const project = await courses.addProject({ channel: 'self_selected' });
  classId = await courses.addClass(project, { opensOn: '2026-04-13' });
  // What the first release stored.
  const item = { menuId: 'mnu_1', classId, projectId: project._id, regionCode: '140105' };
  const window = { opensAt: startOfDay('2026-03-01'), closesAt: startOfDay('2026-03-08') };
  const shown = { title: '整本书阅读', stage: 'junior', subject: 'chinese', words: ['阅读'] };
  const rows = [
    { _id: 'mni_1', ...item, ...window, ...shown, modality: 'concentrated' },
    { _id: 'mni_2', ...item, ...window, ...shown, menuId: 'mnu_2', classId: 'cls_gone' },
  ];
  await courses.db.model(menuItems).collection.insertMany(rows as never[]);
});
afterAll(() => courses.close());

async function found(filter: string): Promise<readonly string[]> {
  const { menuItems: page } = await courses.ask<{
    menuItems: { edges: { node: { id: string } }[] };
  }>(
    { subject: 'tch_1', grants: [{ role: 'Teacher' }] },
    `{ menuItems(filter: { ${filter} }, order: BEST_RATED) { edges { node { id rating distance } } } }`,
  );
  return page.edges.map(({ node }) => node.id);
}

test('CRS-40: an item of an earlier release is filled in at the start and found like any other; twice changes nothing', async () => {
  expect(await found('text: "阅读"')).toEqual([]);
  const room = { db: courses.db, run: { service: 'courses' as const } };
  await completeItems(room);
  const items = () => courses.db.model(menuItems).find().sort({ _id: 1 }).lean();
  const once = await items();
  expect(once).toMatchObject([
    { opensOn: '2026-04-13', placeRegionCode: '140105', ratingRank: 2, level: 'county' },
    { opensOn: '2026-03-08', placeRegionCode: '140105', ratingRank: 5 },
  ]);
  expect(await found('opensFrom: "2026-04-13"')).toEqual(['mni_1']);
  expect(await found('opensFrom: "2026-04-14"')).toEqual([]);
  await completeItems(room);
  expect(await items()).toEqual(once);
});

test('CRS-19: a class whose dates were moved is found by the new ones, after a replay as well', async () => {
  const { example } = told.classRecorded;
  const moved = { ...example, classId, opensOn: '2026-05-11' };
  await courses.hear(itemDatedHandler, told.classRecorded, [example, moved]);
  await courses.hear(itemDatedHandler, told.classRecorded, [moved]);
  expect(await found('opensFrom: "2026-05-11"')).toEqual(['mni_1']);
  expect(await found('opensTo: "2026-05-10"')).not.toContain('mni_1');
});
