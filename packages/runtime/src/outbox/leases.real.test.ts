import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openPlace } from '../bus/conformance/node.ts';
import type { Database } from '../database.ts';
import { ShardLeases } from './leases.ts';
import { OUTBOX_SHARDS, type OutboxRow, outboxRows, shardOf } from './store.ts';

const uri = String(process.env.MONGODB_URI);
let db: Database;

beforeEach(async () => {
  const database = `leases-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
  db = await openPlace({ uri, database });
});

afterEach(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

async function relays(count: number, leaseMs: number): Promise<ShardLeases[]> {
  const leases = Array.from({ length: count }, (_, at) => new ShardLeases(db, `r${at}`, leaseMs));
  await Promise.all(leases.map((one) => one.prepare()));
  return leases;
}

const heldByAll = (leases: readonly ShardLeases[]) => leases.flatMap(({ held }) => held);

describe('shard leases', () => {
  test('relays that come at once share every shard evenly, none twice', async () => {
    const leases = await relays(3, 60_000);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(leases.map((one) => one.refresh()));
    }
    const held = heldByAll(leases);
    expect(held.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard),
    );
    for (const { held: own } of leases) expect(own.length).toBeLessThanOrEqual(22);
  });

  test('a relay that leaves frees its shards at once; one that dies, at the end of its lease', async () => {
    const [dying, leaving, staying] = await relays(3, 1_500);
    if (!dying || !leaving || !staying) throw new Error('three relays were asked for');
    for (const one of [dying, leaving, staying, dying, leaving, staying]) await one.refresh();
    await leaving.leave();
    await staying.refresh();
    expect(leaving.held).toEqual([]);
    const others = new Set(dying.held);
    expect(staying.held.filter((shard) => others.has(shard))).toEqual([]);
    await sleep(1_600);
    expect(dying.held).toEqual([]);
    await staying.refresh();
    expect(staying.held).toHaveLength(OUTBOX_SHARDS);
  });

  test('a relay that can not reach the broker hands its shards to one that can', async () => {
    const [failing, healthy] = await relays(2, 60_000);
    if (!failing || !healthy) throw new Error('two relays were asked for');
    for (const one of [failing, healthy, failing, healthy]) await one.refresh();
    await failing.abstain();
    await failing.refresh();
    expect(failing.held).toEqual([]);
  });

  test('the relay reads unpublished rows by the partial index, without a sort in memory', async () => {
    const rows = db.connection.collection<OutboxRow>(outboxRows.name);
    await rows.insertMany(
      Array.from({ length: 500 }, (_, at) => ({
        _id: `evt_${at}`,
        shard: shardOf(`a${at % 90}`),
        position: at,
        topic: 't',
        key: `a${at % 90}`,
        type: 'x',
        envelope: '{}',
        traceparent: null,
        createdAt: new Date(),
        publishedAt: at < 400 ? new Date() : null,
      })),
    );
    const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);
    const explained = await rows
      .find({ publishedAt: null, shard: { $in: shards } })
      .sort({ position: 1 })
      .limit(50)
      .explain('executionStats');
    const plan = JSON.stringify(explained.queryPlanner.winningPlan);
    expect(plan).toContain('SORT_MERGE');
    expect(plan).not.toContain('COLLSCAN');
    expect(explained.executionStats.totalDocsExamined).toBeLessThanOrEqual(50);
  });
});
