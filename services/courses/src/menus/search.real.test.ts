/** A search reads what it shows, however many items are open. [CRS-40] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import { teachers } from '../projections/teachers.ts';
import { RealCourses } from '../real-courses.example.ts';
import { menuItems } from './store.ts';

let courses: RealCourses;
const path = ['140000', '140100', '140105'];
const itemId = (n: number) => `mni_${100 + n}`;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  courses.now = startOfDay('2026-03-02');
  const teacher = { _id: 'tch_1', regionCode: '140105001', status: 'active' };
  await courses.db.model(teachers).collection.insertOne(teacher as never);
  const rows = Array.from({ length: 300 }, (_, n) => ({
    _id: itemId(n),
    menuId: 'mnu_1',
    classId: `cls_${n}`,
    regionCode: path[n % 3],
    opensAt: startOfDay('2026-03-01'),
    closesAt: new Date(startOfDay('2026-03-08').getTime() + n),
    opensOn: '2026-04-13',
    ratingRank: 1 + (n % 5),
    words: n % 100 === 0 ? ['阅读', '舞蹈'] : ['阅读'],
  }));
  await courses.db.model(menuItems).collection.insertMany(rows as never[]);
});
afterAll(() => courses.close());

type Page = { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } };

async function search(text: string, order: string, first = 2, after: string | null = null) {
  const { menuItems: page } = await courses.ask<{ menuItems: Page }>(
    { subject: 'tch_1', grants: [{ role: 'Teacher' }] },
    `query Q($after: String) { menuItems(filter: { text: "${text}" }, order: ${order}, first: ${first}, after: $after) {
      edges { node { id } } pageInfo { endCursor } } }`,
    { after },
  );
  return { ids: page.edges.map(({ node }) => node.id), end: page.pageInfo.endCursor };
}

/** Rows that the last query of items has looked at. */
async function lookedAt(): Promise<number> {
  const profile = courses.db.connection.collection('system.profile');
  const [last] = await profile
    .find({ ns: /\.menuItems$/ })
    .sort({ ts: -1 })
    .limit(1)
    .toArray();
  return Number(last?.docsExamined);
}

test.each(['SOONEST_CLOSING', 'BEST_RATED'])(
  'CRS-40: a rare word after many searches for a common one, %s: no other item is read, page by page',
  async (order) => {
    await courses.db.connection.db?.setProfilingLevel('all');
    for (let n = 0; n < 5; n += 1) await search('阅读', order);
    expect(await lookedAt()).toBe(3);
    const begun = await search('舞蹈', order);
    expect(begun.ids).toEqual([itemId(0), itemId(100)]);
    expect(await lookedAt()).toBe(3);
    const rest = await search('舞蹈', order, 2, begun.end);
    expect(rest.ids).toEqual([itemId(200)]);
    expect(await lookedAt()).toBeLessThanOrEqual(3);
    expect((await search('舞蹈 阅读', order, 3)).ids).toHaveLength(3);
    await courses.db.connection.db?.setProfilingLevel('off');
  },
);

test('CRS-40: a text without a word narrows nothing', async () => {
  const { ids } = await search('！？', 'BEST_RATED', 3);
  expect(ids).toEqual([itemId(0), itemId(5), itemId(10)]);
});
