import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectDatabase, type Database } from '../database.ts';
import { Turnstile, turnstileRows } from './turnstile.ts';

let db: Database;

beforeAll(async () => {
  const uri = process.env['MONGODB_URI'] ?? '';
  db = await connectDatabase({ uri, database: `turnstile_${randomUUID().slice(0, 8)}` });
  await db.ensureIndexes([turnstileRows]);
});

afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

/** A replica that has met another one. */
function crowded(name: string): Turnstile {
  const turnstile = new Turnstile(db, name);
  turnstile.missed(2);
  return turnstile;
}

const rowOf = (name: string) =>
  db.connection
    .collection<{ _id: string; queue: string[]; firstSince: Date }>(turnstileRows.name)
    .findOne({ _id: name }, { readConcern: { level: 'local' } });

test('CRS-42: who met nobody asks nobody; one row not as believed is not yet somebody, two are', async () => {
  const turnstile = new Turnstile(db, 'free');
  const pass = () => turnstile.pass(async ({ leave }) => leave());
  await pass();
  turnstile.missed(1);
  expect(turnstile.crowded).toBe(false);
  await pass();
  expect(await rowOf('free')).toBeNull();
  turnstile.missed(1);
  turnstile.missed(1);
  expect(turnstile.crowded).toBe(true);
  await pass();
  expect(await rowOf('free')).not.toBeNull();
});

test('CRS-42: four replicas that met commit one at a time, and each gets its turns', async () => {
  const log: string[] = [];
  let inside = 0;
  let together = 0;
  const replica = async (at: number) => {
    const turnstile = crowded('four');
    for (let batch = 0; batch < 5; batch += 1) {
      await turnstile.pass(async ({ leave }) => {
        inside += 1;
        together = Math.max(together, inside);
        await sleep(8);
        log.push(`${at}/${batch}`);
        inside -= 1;
        leave();
      });
    }
  };
  await Promise.all([0, 1, 2, 3].map(replica));
  expect(together).toBe(1);
  expect(log).toHaveLength(20);
  expect(new Set(log).size).toBe(20);
});

test('CRS-42: a replica that died in its turn is passed over', async () => {
  const dead = crowded('dead');
  const [waiting, alive] = [Promise.withResolvers<void>(), crowded('dead')];
  void dead.pass(async () => {
    waiting.resolve();
    // Never leaves.
    await new Promise(() => undefined);
  });
  await waiting.promise;
  const before = (await rowOf('dead'))?.queue;
  expect(before).toHaveLength(1);
  let passed = false;
  await alive.pass(async ({ leave }) => {
    passed = true;
    expect((await rowOf('dead'))?.queue).not.toContain(before?.[0]);
    leave();
  });
  expect(passed).toBe(true);
});

test('CRS-42: a replica that was passed over takes a new place instead of waiting for its old one', async () => {
  const [first, second] = [crowded('again'), crowded('again')];
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = first.pass(async () => {
    held.resolve();
    await release.promise;
  });
  await held.promise;
  let done = false;
  const waiting = second.pass(async () => {
    done = true;
  });
  const queueOf = async () => (await rowOf('again'))?.queue ?? [];
  while ((await queueOf()).length < 2) await sleep(5);
  const [holder] = await queueOf();
  // As if somebody had taken it for dead.
  await db.connection
    .collection<{ _id: string }>(turnstileRows.name)
    .updateOne({ _id: 'again' }, { $set: { queue: [holder] } });
  while ((await queueOf()).length < 2) await sleep(5);
  expect(done).toBe(false);
  release.resolve();
  await Promise.all([holding, waiting]);
  expect(done).toBe(true);
});
