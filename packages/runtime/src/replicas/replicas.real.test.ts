/** Replicas of one service on one MongoDB, with doors of their own: who owns a key executes for all. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDate } from 'node:util/types';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { accept } from '@shixun/kernel';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { by, defineAccess } from '../access.ts';
import { answerRows } from '../command/answers.ts';
import { defineGroupedCommand } from '../command/define.ts';
import { type CommandRoom, execute } from '../command/execute.ts';
import { connectDatabase, type Database, defineCollection, type RowBase } from '../database.ts';
import { mutation } from '../graph/context.ts';
import { outboxRows } from '../outbox/store.ts';
import { PolicyBook } from '../policies.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { auditEntries, streamHeads } from '../unit/streams.ts';
import { type HeldRow, heldRows } from './held-rows.example.ts';
import { Members, replicaRows } from './members.ts';
import { ownedIn, Replicas } from './replicas.ts';

type SeatRow = RowBase & { readonly classId: string; readonly at: Date; readonly by: string };
type Input = { readonly classId: string };
const seats = defineCollection<SeatRow>('seats', { classId: String, at: Date, by: String }, []);

/** Says in its row which replica executed it. */
const commandOf = (by: string) =>
  defineGroupedCommand<Input, Date, Date, Input, SeatRow>({
    name: 'takeSeat',
    input: z.object({ classId: z.string() }),
    owner: ({ classId }) => classId,
    gatherAll: async (_inputs, unit) => unit.now,
    facts: (_input, now) => now,
    scope: () => ({ regionCode }),
    decide: (input) => accept(input),
    record: ({ classId }, at, unit) => {
      const row = { _id: unit.newId('enrollment'), classId, at, by };
      unit.insert(seats, row);
      return row;
    },
    save: () => {},
    stream: (_facts, { classId }) => classId,
  });
const access = defineAccess({
  types: {},
  Query: {},
  Mutation: { takeSeat: [by('CountyAdmin', 'region')] },
});
const regionCode = '140105';
const caller = { subject: 'adm_1', grants: [{ role: 'CountyAdmin' as const, regionCode }] };
const pace = { renewMs: 200, goneMs: 2_000 };

type Replica = {
  readonly name: string;
  readonly app: FastifyInstance;
  readonly address: string;
  readonly replicas: Replicas;
  /** What came in from the others. */
  readonly letters: readonly { readonly id: string; readonly body: string }[];
  readonly enroll: (classId: string, key?: string) => ReturnType<typeof execute>;
};

let db: Database;
const open: Replica[] = [];

async function replica(name: string, secret = Buffer.alloc(32, 1)): Promise<Replica> {
  const warn = () => undefined;
  const replicas = new Replicas({
    db,
    secret,
    gatewayCredential: '',
    log: { warn } as never,
    pace,
  });
  const room: CommandRoom = {
    db,
    access,
    policies: new PolicyBook(db),
    personalDataKey: secret,
    metrics: new Metrics('courses'),
    run: { service: 'courses' },
    lanes: new Map(),
    replicas,
  };
  const app = Fastify();
  const letters: { id: string; body: string }[] = [];
  app.addHook<{ Params: { id: string }; Body: string }>('preHandler', async ({ params, body }) => {
    letters.push({ id: params.id, body });
  });
  const command = commandOf(name);
  replicas.routes(app, room, [command]);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  await replicas.join(address);
  const enroll = (classId: string, idempotencyKey: string = randomUUID()) =>
    execute(room, command, caller, { classId, idempotencyKey });
  const each = { name, app, address, replicas, enroll, letters };
  open.push(each);
  return each;
}

async function untilKnown(): Promise<void> {
  await sleep(3 * pace.renewMs);
}

/** A class that the replica owns, as all of them see it. */
function classOf(owner: Replica): string {
  for (;;) {
    const id = `cls_${randomUUID()}`;
    if (owner.replicas.ownerOf(id) === null) return id;
  }
}

const seatsIn = (classId: string) => db.model(seats).find({ classId }).lean();

beforeAll(async () => {
  const uri = process.env['MONGODB_URI'] ?? '';
  db = await connectDatabase({ uri, database: `replicas_${randomUUID().slice(0, 8)}` });
  const all = [seats, heldRows, replicaRows, answerRows, auditEntries, streamHeads, outboxRows];
  await db.ensureIndexes(all as never);
});
afterEach(async () => {
  for (const { app, replicas } of open.splice(0)) {
    await replicas.leave();
    app.server.closeAllConnections();
    await app.close();
  }
  await db.model(replicaRows).deleteMany({});
});
afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

test('CRS-42: what three replicas are asked about one class, its owner executes; each gets its own answers back, dates as dates', async () => {
  const all = [await replica('a'), await replica('b'), await replica('c')] as const;
  await untilKnown();
  for (const owner of all) {
    const classId = classOf(owner);
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, n) => all[n % 3]?.enroll(classId)),
    );
    const rows = results.map((result) => result?.answer as SeatRow);
    expect(new Set(rows.map(({ _id }) => _id)).size).toBe(60);
    expect(rows.every(({ at }) => isDate(at))).toBe(true);
    expect(new Set((await seatsIn(classId)).map(({ by }) => by))).toEqual(new Set([owner.name]));
  }
});

test('CRS-42: a service hands over what its mutations execute and say who owns', () => {
  const [owned, { owner: _, ...spec }] = [commandOf('a'), commandOf('a').spec];
  const unowned = defineGroupedCommand(spec);
  const Mutation = {
    one: mutation(owned, 'seat'),
    two: mutation(unowned, 'seat'),
    three: () => null,
  };
  expect(ownedIn([{ Query: {} }, { Mutation }])).toEqual([owned]);
});

test('CRS-42: one key at the same instant at three replicas is one command', async () => {
  const all = [await replica('a'), await replica('b'), await replica('c')] as const;
  await untilKnown();
  const classId = classOf(all[1]);
  const key = randomUUID();
  const results = await Promise.all(all.map(({ enroll }) => enroll(classId, key)));
  expect(new Set(results.map(({ answer }) => (answer as SeatRow)._id)).size).toBe(1);
  expect(await seatsIn(classId)).toHaveLength(1);
});

test('CRS-42: a refusal comes back in its words', async () => {
  const [one, other] = [await replica('a'), await replica('b')];
  await untilKnown();
  const classId = classOf(other);
  const key = randomUUID();
  await one.enroll(classId, key);
  const reused = await one.enroll(classOf(other), key);
  expect(reused.refusals).toMatchObject([
    {
      code: 'IDEMPOTENCY_KEY_REUSED',
      messageZh: expect.any(String),
      messageEn: expect.any(String),
    },
  ]);
});

test('CRS-42: an owner whose door is shut is passed over at once: the command is executed where it is', async () => {
  const [one, other] = [await replica('a'), await replica('b')];
  await untilKnown();
  const classId = classOf(other);
  other.app.server.closeAllConnections();
  await other.app.close();
  const { answer } = await one.enroll(classId);
  expect((answer as SeatRow).by).toBe('a');
  expect(await seatsIn(classId)).toHaveLength(1);
});

test('CRS-42: an owner that hangs is waited for until it is gone', async () => {
  const one = await replica('a');
  const hung = Fastify();
  let arrived = 0;
  hung.post('/replicas/commands/:id', () => {
    arrived += 1;
    return new Promise(() => {});
  });
  const address = await hung.listen({ host: '127.0.0.1', port: 0 });
  const ghost = new Replicas({
    db,
    secret: Buffer.alloc(32, 1),
    gatewayCredential: '',
    log: { warn: () => undefined } as never,
    pace,
  });
  await ghost.join(address);
  await untilKnown();
  const classId = `cls_${randomUUID()}`;
  const asked = Array.from({ length: 40 }, (_, n) => one.enroll(`${classId}-${n}`));
  await sleep(2 * pace.renewMs);
  expect(arrived).toBeGreaterThan(0);
  await ghost.leave();
  const results = await Promise.all(asked);
  expect(results.map(({ answer }) => (answer as SeatRow).by)).toEqual(Array(40).fill('a'));
  hung.server.closeAllConnections();
  await hung.close();
});

test('CRS-42: the rows of a replica that was killed inside a transaction are free once it is found gone', async () => {
  await db.model(heldRows).create({ _id: 'row', by: 'nobody' });
  const uri = process.env['MONGODB_URI'] ?? '';
  const file = join(import.meta.dirname, 'held.example.ts');
  const killed = fork(file, [uri, db.connection.name]);
  await once(killed, 'message');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const update = (maxTimeMS: number) =>
    db.connection
      .collection<HeldRow>('held')
      .updateOne({ _id: 'row' }, { $set: { by: 'another' } }, { maxTimeMS });
  await expect(update(200)).rejects.toThrow();
  await replica('a');
  const rows = db.model(replicaRows);
  while ((await rows.countDocuments({ address: 'http://127.0.0.1:1' })) > 0) await sleep(50);
  expect((await update(6_000)).modifiedCount).toBe(1);
});

test('CRS-42: who has just come takes nobody for dead: when the database was away, every row is old', async () => {
  const rows = db.model(replicaRows);
  const seenAt = new Date(Date.now() - 30_000);
  await rows.create({ _id: 'old', address: 'http://127.0.0.1:2', seenAt, sessions: [] });
  await replica('a');
  expect(await rows.countDocuments({ _id: 'old' })).toBe(1);
  while ((await rows.countDocuments({ _id: 'old' })) > 0) await sleep(50);
});

test('CRS-42: who leaves while the database is away leaves all the same', async () => {
  const uri = process.env['MONGODB_URI'] ?? '';
  const own = await connectDatabase({ uri, database: db.connection.name });
  const members = new Members(own, pace);
  await members.join('http://127.0.0.1:3');
  await own.close();
  await expect(members.leave()).resolves.toBeUndefined();
  expect(members.ownerOf('cls_1')).toBeNull();
});

test('CRS-42: who leaves owns nothing any more, and who comes owns a part', async () => {
  const [one, other] = [await replica('a'), await replica('b')];
  await untilKnown();
  const keys = Array.from({ length: 300 }, (_, n) => `cls_${n}`);
  const ofOther = keys.filter((key) => one.replicas.ownerOf(key) === other.address).length;
  expect(ofOther).toBeGreaterThan(75);
  expect(ofOther).toBeLessThan(225);
  const before = keys.filter((key) => one.replicas.ownerOf(key) === null);
  await other.replicas.leave();
  await untilKnown();
  expect(keys.every((key) => one.replicas.ownerOf(key) === null)).toBe(true);
  await replica('c');
  await untilKnown();
  const kept = before.filter((key) => one.replicas.ownerOf(key) === null);
  expect(kept.length).toBeGreaterThan(0);
});

test('GOV-03: a letter of no replica of this service is refused: another key, another place, nonsense; the same one again is the same command', async () => {
  const [one, other] = [await replica('a'), await replica('b')];
  const stranger = await replica('c', Buffer.alloc(32, 2));
  await untilKnown();
  const post = (id: string, body: string) =>
    fetch(`${other.address}/replicas/commands/${id}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    });
  const classId = classOf(other);
  await one.enroll(classId);
  const [letter] = other.letters;
  expect(letter?.body).not.toContain(Buffer.from(classId).toString('base64url').slice(0, 20));
  expect((await post('elsewhere', letter?.body ?? '')).status).toBe(403);
  expect((await post(letter?.id ?? '', 'nonsense')).status).toBe(403);
  expect((await post(letter?.id ?? '', letter?.body ?? '')).status).toBe(200);
  expect(await seatsIn(classId)).toHaveLength(1);
  const { answer } = await stranger.enroll(classId);
  expect((answer as SeatRow).by).toBe('c');
});
