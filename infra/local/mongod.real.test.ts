import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type RunningMongod, startMongod } from './mongod.ts';

let folder: string;
let running: RunningMongod | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-mongod-'));
});

afterAll(async () => {
  await running?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function inTransaction(uri: string, id: number): Promise<void> {
  const client = await MongoClient.connect(uri);
  try {
    const rows = client.db('proof').collection<{ _id: number }>('rows');
    await client.withSession((session) =>
      session.withTransaction(() => rows.insertOne({ _id: id }, { session }), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
      }),
    );
  } finally {
    await client.close();
  }
}

async function idsIn(uri: string): Promise<number[]> {
  const client = await MongoClient.connect(uri);
  try {
    const rows = client.db('proof').collection<{ _id: number }>('rows');
    return (await rows.find().sort({ _id: 1 }).toArray()).map((row) => row._id);
  } finally {
    await client.close();
  }
}

test('what was committed is there after kill -9 and a restart on the same port', async () => {
  running = await startMongod({ dataFolder: folder });
  await inTransaction(running.uri, 1);
  const before = running.pid();
  await running.restart();
  expect(running.pid()).not.toBe(before);
  await inTransaction(running.uri, 2);
  expect(await idsIn(running.uri)).toEqual([1, 2]);
});

test('the same data folder serves on another port, as it does after every start of the platform', async () => {
  await running?.kill();
  running = await startMongod({ dataFolder: folder });
  expect(await idsIn(running.uri)).toEqual([1, 2]);
  await inTransaction(running.uri, 3);
  await running.stop();
  running = await startMongod({ dataFolder: folder });
  expect(await idsIn(running.uri)).toEqual([1, 2, 3]);
});
