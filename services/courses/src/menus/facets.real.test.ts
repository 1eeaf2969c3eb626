/** Facets are kept in memory, and never other than counting them anew would give: on two replicas of one database. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { evaluation, courses as told } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import fc from 'fast-check';
import { hearRegions } from '../projections/regions.example.ts';
import { teachers } from '../projections/teachers.ts';
import type { ProjectRow } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { itemDatedHandler, itemRatedHandler } from './events.ts';
import { facetsOf } from './facets.ts';
import { itemsFor, type MenuFilter } from './readers.ts';
import { type MenuItemRow, menuItems, menuVersions } from './store.ts';

let one: RealCourses;
let two: RealCourses;
beforeAll(async () => {
  const uri = process.env.MONGODB_URI;
  one = await RealCourses.open(uri);
  two = await RealCourses.open(uri, one.db.connection.name);
  await hearRegions(one);
  await one.db.model(teachers).collection.insertMany([
    { _id: 'tch_1', regionCode: '140105001', status: 'active' },
    { _id: 'tch_2', regionCode: '140106', status: 'active' },
  ] as never[]);
});
afterAll(async () => {
  await two?.db.close();
  await one?.close();
});

const bureau: Caller = { subject: 'b', grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }] };
const as = (teacherId: string): Caller => ({ subject: teacherId, grants: [{ role: 'Teacher' }] });
const opensAt = startOfDay('2026-03-01');
const closesAt = startOfDay('2026-03-08');

function setClock(now: Date): void {
  one.now = now;
  two.now = now;
}

/** A class on a menu of its own; answers the item's row. */
async function put(
  change: Partial<ProjectRow> = {},
  menu: { regionCode?: string; closesAt?: Date } = {},
): Promise<MenuItemRow> {
  const window = {
    opensAt: opensAt.toISOString(),
    closesAt: (menu.closesAt ?? closesAt).toISOString(),
  };
  const regionCode = menu.regionCode ?? '140105';
  const opened = await one.give<{ menu: { id: string } }>(
    bureau,
    'openMenu',
    { title: '春季选学', regionCode, ...window },
    'menu { id }',
  );
  expect(opened.refusals).toEqual([]);
  const project = await one.addProject({
    title: '整本书阅读',
    ownerRegionCode: regionCode,
    channel: 'self_selected',
    startsOn: '2026-04-13',
    ...change,
  });
  const classId = await one.addClass(project, { place: '太原' });
  const input = { menuId: opened.menu.id, classId };
  const { menuItem, refusals } = await one.give<{ menuItem: { id: string } }>(
    bureau,
    'putOnMenu',
    input,
    'menuItem { id }',
  );
  expect(refusals).toEqual([]);
  const row = await one.db.model(menuItems).findById(menuItem.id).lean();
  if (row === null) throw new Error('no item');
  return row;
}

const rate = (institutionId: string, grade: 'A' | 'B' | 'C' | 'D') =>
  one.hear(itemRatedHandler, evaluation.gradePublished, [
    { ...evaluation.gradePublished.example, institutionId, grade },
  ]);
const move = (classId: string, opensOn: string) =>
  one.hear(itemDatedHandler, told.classRecorded, [
    { ...told.classRecorded.example, classId, opensOn },
  ]);

type Answer = { total: number } & Record<string, { value: string; count: number }[]>;
const names = ['stages', 'subjects', 'institutions', 'months', 'distances', 'ratings'] as const;

async function facets(replica: RealCourses, teacherId: string, filter = ''): Promise<Answer> {
  const lists = names.map((name) => `${name} { value count }`).join(' ');
  const { menuFacets } = await replica.ask<{ menuFacets: Answer }>(
    as(teacherId),
    `{ menuFacets(filter: { ${filter} }) { total ${lists} } }`,
  );
  return menuFacets;
}

async function totals(filter = '', teacherId = 'tch_1'): Promise<readonly number[]> {
  const answers = [await facets(one, teacherId, filter), await facets(two, teacherId, filter)];
  return answers.map(({ total }) => total);
}

/** How often the items of menus are read by the work. */
async function counted(work: () => Promise<unknown>): Promise<number> {
  const { db } = one.db.connection;
  await db?.setProfilingLevel('all');
  const since = await db?.collection('system.profile').countDocuments({ ns: /\.menuItems$/ });
  await work();
  await db?.setProfilingLevel('off');
  const until = await db?.collection('system.profile').countDocuments({ ns: /\.menuItems$/ });
  return (until ?? 0) - (since ?? 0);
}

test('CRS-40: what is put on a menu counts at once on every replica; who asks again, or at the same time, is answered from memory', async () => {
  setClock(opensAt);
  expect(await totals()).toEqual([0, 0]);
  const item = await put();
  expect(await totals()).toEqual([1, 1]);
  expect(await counted(() => totals())).toBe(0);
  expect(await counted(() => facets(one, 'tch_1', 'subject: "chinese"'))).toBe(1);
  await move(item.classId, '2026-05-11');
  const crowd = () => Promise.all(Array.from({ length: 30 }, () => facets(one, 'tch_1')));
  expect(await counted(crowd)).toBe(1);
});

test('CRS-40: a new grade and new dates show at once on every replica, in every question that they concern', async () => {
  const item = await put({ institutionId: 'ins_rated' });
  const narrowed = 'institutionId: "ins_rated"';
  expect(await totals(`${narrowed}, ratingAtLeast: B`)).toEqual([0, 0]);
  expect(await totals(`${narrowed}, opensFrom: "2026-06-01"`)).toEqual([0, 0]);
  const seen = async (name: 'ratings' | 'months') =>
    [await facets(one, 'tch_1', narrowed), await facets(two, 'tch_1', narrowed)].map(
      (answer) => answer[name],
    );
  const both = (value: string) => [[{ value, count: 1 }], [{ value, count: 1 }]];
  expect(await seen('ratings')).toEqual(both('NONE'));
  await rate('ins_rated', 'A');
  expect(await seen('ratings')).toEqual(both('A'));
  expect(await seen('months')).toEqual(both('2026-04'));
  await move(item.classId, '2026-06-15');
  expect(await seen('months')).toEqual(both('2026-06'));
  expect(await totals(`${narrowed}, ratingAtLeast: B`)).toEqual([1, 1]);
  expect(await totals(`${narrowed}, opensFrom: "2026-06-01"`)).toEqual([1, 1]);
});

test('CRS-40: what closes, or has begun on a day before, is out at that very instant, and in again for who asks of before', async () => {
  const narrowed = 'institutionId: "ins_times"';
  const closes = new Date('2026-03-05T12:00:00+08:00');
  await put({ institutionId: 'ins_times' }, { closesAt: closes });
  const begun = await put({ institutionId: 'ins_times' });
  await move(begun.classId, '2026-03-05');
  const dayEnds = startOfDay('2026-03-06');
  const before = (instant: Date) => new Date(instant.getTime() - 1);
  const seen: (readonly number[])[] = [];
  for (const now of [before(closes), closes, before(dayEnds), dayEnds, before(closes)]) {
    setClock(now);
    seen.push(await totals(narrowed));
  }
  expect(seen).toEqual([
    [2, 2],
    [1, 1],
    [1, 1],
    [0, 0],
    [2, 2],
  ]);
  setClock(opensAt);
});

test('CRS-40: a change makes only those count again whose menus it is on: a county’s its teachers, the city’s all', async () => {
  const asked = async () => [await facets(one, 'tch_1'), await facets(one, 'tch_2')];
  await asked();
  await put({}, { regionCode: '140106' });
  expect(await counted(asked)).toBe(1);
  await put({}, { regionCode: '140100' });
  expect(await counted(asked)).toBe(2);
  expect(await counted(asked)).toBe(0);
});

test('CRS-40: an enrollment changes no counts, so it makes nobody count again', async () => {
  const item = await put();
  await facets(one, 'tch_1');
  const versions = () => one.db.model(menuVersions).find().sort({ _id: 1 }).lean();
  const before = await versions();
  const stage = { stage: 'junior', subjects: ['chinese'], careerStage: 'backbone' };
  const teacher = { ...stage, regionCode: '140105', status: 'active', schoolId: 'sch_1' };
  await one.db
    .model(teachers)
    .collection.insertOne({ _id: 'tch_in', ...teacher, sector: 'basic' } as never);
  const input = { menuItemId: item._id, teacherId: 'tch_in' };
  const { refusals } = await one.give(as('tch_in'), 'enrollTeacher', input, 'enrollment { id }');
  expect(refusals).toEqual([]);
  expect(await versions()).toEqual(before);
  expect(await counted(() => facets(one, 'tch_1'))).toBe(0);
});

/** What counting now gives, straight from the rows. */
async function countedNow(regionCode: string, filter: MenuFilter): Promise<Answer> {
  const items = await one.db
    .model(menuItems)
    .find(itemsFor({ regionCode }, filter, one.now) as never)
    .lean();
  const { stages, subjects, institutions, months, distances, ratings } = facetsOf(
    items,
    regionCode,
  );
  const lists = { stages, subjects, institutions, months, distances, ratings };
  return { total: items.length, ...lists } as unknown as Answer;
}

const hour = 3_600_000;
const steps = fc.oneof(
  fc.record({
    does: fc.constant('put' as const),
    regionCode: fc.constantFrom('140105', '140106', '140100'),
    closesIn: fc.integer({ min: 1, max: 60 }),
    institutionId: fc.constantFrom('ins_a', 'ins_b'),
  }),
  fc.record({
    does: fc.constant('rate' as const),
    institutionId: fc.constantFrom('ins_a', 'ins_b'),
    grade: fc.constantFrom('A' as const, 'C' as const),
  }),
  fc.record({ does: fc.constant('move' as const), day: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: -12, max: 36 }) }),
);
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;

async function take(step: Step, last: MenuItemRow | null): Promise<MenuItemRow | null> {
  if (step.does === 'put') {
    const { regionCode, closesIn, institutionId } = step;
    const closing = new Date(opensAt.getTime() + closesIn * hour);
    return put({ institutionId }, { regionCode, closesAt: closing });
  }
  if (step.does === 'rate') await rate(step.institutionId, step.grade);
  if (step.does === 'wait') setClock(new Date(one.now.getTime() + step.hours * hour));
  if (step.does === 'move' && last) await move(last.classId, `2026-03-0${step.day}`);
  return last;
}

test('CRS-40: after any sequence of changes and at any time, both replicas answer what counting anew gives', async () => {
  const whoever = [
    ['tch_1', '140105'],
    ['tch_2', '140106'],
  ] as const;
  const asks = [
    ['', {}],
    ['ratingAtLeast: B', { ratingAtLeast: 'B' }],
    ['opensTo: "2026-03-05"', { opensTo: '2026-03-05' }],
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 8 }), async (sequence) => {
      setClock(opensAt);
      let last: MenuItemRow | null = null;
      for (const step of sequence) {
        last = await take(step, last);
        for (const [teacherId, regionCode] of whoever) {
          for (const [text, filter] of asks) {
            const expected = await countedNow(regionCode, filter);
            expect(await facets(one, teacherId, text)).toEqual(expected);
            expect(await facets(two, teacherId, text)).toEqual(expected);
          }
        }
      }
    }),
    { numRuns: 6 },
  );
});
