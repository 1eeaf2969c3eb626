/** The load on a real MongoDB: whole after a kill, nothing twice, nothing that names a person outside the record. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { service } from '@shixun/registry';
import {
  connectDatabase,
  type Database,
  eventsOf,
  type OutboxRow,
  outboxRows,
} from '@shixun/runtime';
import { demoPeople } from './demo-people.ts';
import { loadDemoProvince } from './load.ts';
import { identityNumberOf } from './people.ts';
import { shanxiRegions } from './regions.ts';

let db: Database;
const personalDataKey = Buffer.alloc(32, 3);

beforeAll(async () => {
  const uri = process.env.MONGODB_URI;
  if (uri === undefined) throw new Error('MONGODB_URI must name a replica set');
  db = await connectDatabase({ uri, database: `province_${randomUUID().slice(0, 8)}` });
  await db.ensureIndexes(service.allCollections);
});
afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

async function counts(): Promise<Record<string, number>> {
  const names = ['regions', 'schools', 'institutions', 'trainers', 'teachers'];
  const entries = names.map(async (name) => [
    name,
    await db.connection.collection(name).countDocuments(),
  ]);
  return { ...Object.fromEntries(await Promise.all(entries)), events: (await eventsTold()).length };
}

async function eventsTold(filter: object = {}) {
  const rows = await db.model(outboxRows).find(filter).lean<OutboxRow[]>();
  return rows.flatMap(eventsOf);
}

test('a load killed before and after a commit goes on where it stood, and a third call does nothing', async () => {
  const diesAt = (point: string, batch: number) => {
    let commits = 0;
    return (name: string) => {
      if (name !== point) return;
      commits += 1;
      if (commits === batch) throw new Error(`killed ${point}`);
    };
  };
  const load = (faultPoint?: (name: string) => void) =>
    loadDemoProvince({
      registry: { db, run: { service: 'registry', faultPoint }, personalDataKey },
      size: 'small',
    });
  await expect(load(diesAt('before-commit', 4))).rejects.toThrow('killed before-commit');
  await expect(load(diesAt('after-commit', 3))).rejects.toThrow('killed after-commit');
  const resumed = await load();
  expect(resumed.size).toBe('small');
  expect(resumed.rows).toBeGreaterThan(0);
  const regions = shanxiRegions().length;
  const loaded = await counts();
  expect(loaded).toMatchObject({ regions, trainers: 120, teachers: 2_000, institutions: 136 });
  const rows = regions + 120 + 2_000 + 136 + (loaded.schools ?? 0);
  // One event per row, the three policies that ship and the two bodies that watch over quality.
  expect(loaded.events).toBe(rows + 3 + 2);
  expect(await load()).toEqual({ size: 'small', rows: 0 });
  expect(await counts()).toEqual(loaded);
});

test('another size does not load over what is there', async () => {
  const registry = { db, run: { service: 'registry' as const }, personalDataKey };
  expect(await loadDemoProvince({ registry, size: 'city' })).toEqual({ size: 'small', rows: 0 });
});

test('the cast of the story is in the registry', async () => {
  const { teachers, schoolId, institutionId, trainerIds } = demoPeople('small', 2026);
  const found = async (collection: string, ids: readonly string[]) =>
    db.connection
      .collection<{ _id: string }>(collection)
      .countDocuments({ _id: { $in: [...ids] } });
  const ids = teachers.map(({ subject }) => subject);
  expect(await found('teachers', ids)).toBe(ids.length);
  expect(await found('schools', [schoolId])).toBe(1);
  expect(await found('institutions', [institutionId])).toBe(1);
  expect(await found('trainers', trainerIds)).toBe(trainerIds.length);
});

test('REG-10: who is in the pool is a member of one, so that the list of experts has them', async () => {
  const of = (collection: string, filter: object) =>
    db.connection.collection(collection).countDocuments(filter);
  const pooled = await of('trainers', { inPool: true });
  expect(pooled).toBeGreaterThan(12);
  expect(await of('pool_memberships', { state: 'admitted', regionCode: '140000' })).toBe(pooled);
  const reviewer = demoPeople('small', 2026).staff.find(({ role }) => role === 'ExpertReviewer');
  expect(await of('pool_memberships', { trainerId: reviewer?.subject })).toBe(1);
});

test('REG-05: no event names a person', async () => {
  const told = await eventsTold({ topic: 'registry.teacher' });
  expect(told).toHaveLength(2_000);
  const text = JSON.stringify(told);
  for (const n of [0, 1, 999, 1_999]) expect(text).not.toContain(identityNumberOf(n));
  expect(text).not.toContain('name');
});
