/** Every list that a user can ask for, explained by the database as it really ran: no scan, no sorting in memory. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { connectionFields, QueryPlans, readTwoPages } from '@shixun/runtime';
import { service } from './app.ts';
import { filters, lists, school } from './lists.example.ts';
import { fillLists } from './lists-rows.example.ts';
import { noticeHandlers } from './notices/events.ts';
import { county, RealRegistry } from './real-registry.example.ts';

let registry: RealRegistry;
let plans: QueryPlans;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  await fillLists(registry);
  plans = await QueryPlans.watch(registry.db);
});
afterAll(async () => {
  await plans?.stop();
  await registry.close();
});

test('GOV-06: every field that answers pages is among the lists that are explained here', () => {
  const inbox = 'Inbox.notices';
  const explained = new Set([...lists.map(({ field }) => field), inbox]);
  expect([...explained].sort()).toEqual(connectionFields(service.schema));
});

test.each(lists.flatMap((each) => each.asked.map((args) => [each.field, args, each] as const)))(
  'GOV-06: %s(%s) reads by an index alone, on the first page and the next',
  async (_field, args, list) => {
    for (const caller of list.callers) {
      await readTwoPages(list, args, async (source) => {
        const { data, errors } = await registry.ask(caller, source);
        expect(errors).toBeUndefined();
        return data;
      });
      expect([caller.grants, await plans.bad()]).toEqual([caller.grants, []]);
    }
  },
);

test('GOV-06: what hangs below a record is read by an index too', async () => {
  const source = `{
    institution(id: "ins_001") { moves { edges { node { move } } } }
    school(id: "sch_000") { teachingPoints { id } centralSchool { id } region { children { code } } }
    policy(regionCode: "140105", date: "2026-09-01") { versionId }
    entities: teachers(first: 50) { edges { node {
      id school { id region { name } } employments { from }
    } } }
  }`;
  const { data, errors } = await registry.ask(county, source);
  expect(errors).toBeUndefined();
  expect(data.school.teachingPoints).toHaveLength(67);
  expect(await plans.bad()).toEqual([]);
});

test('GOV-04, GOV-06: an inbox is read by an index, whatever is asked of it', async () => {
  const handler = noticeHandlers.find(({ contract }) => contract === courses.noticeRequested);
  const { example } = courses.noticeRequested;
  const events = Array.from({ length: 50 }, (_, n) => ({
    envelope: { id: `evt_${n}`, sequence: String(n) },
    data: {
      ...example,
      noticeId: `ntc_${n}`,
      rule: n % 2 === 0 ? 'CRS-42' : 'CRS-54',
      recipientKind: 'school',
      recipientId: `sch_00${n % 5}`,
    },
  }));
  await registry.unit((unit) => handler?.handle(events as never, unit, registry.room));
  const asked = filters('unread: true', 'rule: "CRS-54"', 'since: "2020-01-01T00:00:00Z"');
  for (const filter of ['', ...asked, 'filter: { unread: false }']) {
    const page = async (after: string) => {
      const args = [filter, 'first: 2', after].filter((part) => part !== '').join(', ');
      const source = `{ inbox(recipient: { kind: SCHOOL, id: "sch_001" }) {
        notices(${args}) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
      const { data, errors } = await registry.ask(school, source);
      expect(errors).toBeUndefined();
      return data.inbox.notices;
    };
    const { pageInfo } = await page('');
    if (pageInfo.hasNextPage) await page(`after: "${pageInfo.endCursor}"`);
    expect([filter, await plans.bad()]).toEqual([filter, []]);
  }
});

test('a collection scan would be seen', async () => {
  await registry.db.connection.collection('teachers').find({ name: '教师7' }).toArray();
  expect(await plans.bad()).toEqual([expect.stringContaining('COLLSCAN')]);
});
