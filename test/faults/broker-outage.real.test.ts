/** The broker is killed, or not there at all: nothing is lost, and nobody has to restart anything. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RunningKafka, startKafka } from '@shixun/infra/local/kafka';
import getPort from 'get-port';
import {
  type HeardRow,
  hear,
  heardRows,
  openPlace,
  quiet,
  relayOf,
  tell,
} from '../../packages/runtime/src/bus/conformance/node.ts';
import { KafkaBus } from '../../packages/runtime/src/bus/kafka/kafka-bus.ts';
import type { Database } from '../../packages/runtime/src/database.ts';
import { outboxLag } from '../../packages/runtime/src/outbox/metrics.ts';

const uri = String(process.env.MONGODB_URI);
const names = Array.from({ length: 20 }, (_, at) => `thing-${at}`);
const running: { stop(): Promise<void> }[] = [];
let folder: string;
let teller: Database;
let hearer: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-outage-'));
  const run = `outage-${Date.now().toString(36)}`;
  teller = await openPlace({ uri, database: `${run}-teller` });
  hearer = await openPlace({ uri, database: `${run}-hearer` });
});

afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.stop();
  for (const db of [teller, hearer]) {
    await db.connection.dropDatabase();
    await db.close();
  }
  await rm(folder, { recursive: true, force: true });
});

function up<T extends { stop(): Promise<void> }>(part: T): T {
  running.push(part);
  return part;
}

function busOf(port: number): KafkaBus {
  return new KafkaBus({
    brokers: [`127.0.0.1:${port}`],
    clientId: 'outage',
    topicPrefix: 'outage.',
    replicationFactor: 1,
    sessionMs: 6_000,
    log: quiet,
  });
}

async function eventuallyHeard(last: number): Promise<void> {
  const expected = Array.from({ length: last }, (_, at) => at + 1).join();
  for (let tries = 0; tries < 900; tries += 1) {
    const rows = await hearer.model(heardRows).find({}).lean<HeardRow[]>();
    if (rows.length === names.length && rows.every(({ numbers }) => numbers.includes(last))) {
      expect(rows.filter(({ numbers }) => numbers.join() !== expected)).toEqual([]);
      return;
    }
    await sleep(100);
  }
  throw new Error(`number ${last} was not heard of everything within 90 s`);
}

async function unpublished(): Promise<number> {
  return (await outboxLag(teller)).unpublished;
}

/** What was heard may not be marked yet. */
async function eventuallyNothingUnpublished(): Promise<void> {
  for (let tries = 0; tries < 100 && (await unpublished()) > 0; tries += 1) await sleep(100);
  expect(await unpublished()).toBe(0);
}

test('a broker that is killed and comes back costs time only: no event lost, doubled or overtaken', async () => {
  const kafka: RunningKafka = await startKafka({ dataFolder: join(folder, 'kafka') });
  up(kafka);
  const bus = up(busOf(kafka.port));
  up(hear(hearer, bus, 'credits'));
  const relay = up(relayOf(teller, bus));
  await tell(teller, names, 1, 5, () => relay.wake());
  await eventuallyHeard(5);

  await kafka.kill();
  for (let number = 6; number <= 15; number += 1) {
    await tell(teller, names, number, number, () => relay.wake());
    await sleep(500);
  }
  expect(await unpublished()).toBeGreaterThan(0);
  await kafka.restart();
  await eventuallyHeard(15);
  await eventuallyNothingUnpublished();
});

test('a process that starts before its broker tells and hears everything once the broker is there', async () => {
  const port = await getPort();
  const bus = up(busOf(port));
  const consumers = up(hear(hearer, bus, 'credits'));
  const relay = up(relayOf(teller, bus));
  await tell(teller, names, 1, 6, () => relay.wake());
  await sleep(8_000);
  expect(consumers.health().connected).toBe(false);
  expect(consumers.liveness()).toEqual({ live: true });
  expect(await unpublished()).toBe(names.length * 6);
  up(await startKafka({ dataFolder: join(folder, 'kafka'), port }));
  await eventuallyHeard(6);
});
