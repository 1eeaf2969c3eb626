/**
 * An enrollment rush on two replicas of the courses service, one of which is killed every few seconds. What was
 * acknowledged is counted against the database: lost, doubled, oversold, each 0. `ENROLLMENTS=10000` makes it larger.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { service } from '@shixun/courses';
import { type Issuer, startIssuer } from '@shixun/infra/local/issuer';
import { connectDatabase, type Database } from '@shixun/runtime';
import { classRow, itemRow, teacherRow } from '../bench/enrollment-rows.ts';
import { type Acknowledged, countEnrollments } from './enrollment-count.ts';

const requests = Number(process.env.ENROLLMENTS ?? 3_000);
const classCount = 6;
const places = Math.floor((requests * 2) / 3 / classCount);
/** Each region may fill so many of a class's places. */
const quota = Math.floor(places * 0.4);
const regions = ['140105', '140106', '140107'];
const killEveryMs = Number(process.env.KILL_EVERY_MS ?? 4_000);
const killsMin = 3;
const waitingAtOnce = 128;
const database = `courses_killed_${randomUUID().slice(0, 8)}`;

let folder = '';
let issuer: Issuer;
let db: Database;
const replicas: { child: ChildProcess; url: string }[] = [];

async function startReplica(at: number): Promise<void> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    MONGODB_DATABASE: database,
    AUTH_ISSUER: issuer.url,
    AUTH_JWKS_URL: issuer.jwksUrl,
    EVENT_BUS: 'in-process',
    HTTP_PORT: '0',
    LOG_LEVEL: 'error',
  };
  delete env.NODE_OPTIONS;
  const child = fork(join(import.meta.dirname, 'courses-process.ts'), {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  replicas[at] = { child, url };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-killed-'));
  issuer = await startIssuer(folder);
  db = await connectDatabase({ uri: process.env.MONGODB_URI ?? '', database });
  await db.ensureIndexes(service.allCollections);
  await Promise.all([startReplica(0), startReplica(1)]);
}, 60_000);

afterAll(async () => {
  for (const { child } of replicas) child.kill('SIGKILL');
  await db.connection.dropDatabase();
  await db.close();
  await issuer.close();
  await rm(folder, { recursive: true, force: true });
});

const mutation = `mutation Enroll($input: EnrollTeacherInput!) {
  enrollTeacher(input: $input) { enrollment { id state } refusals { code } }
}`;

type Request = { readonly teacherId: string; readonly token: string; readonly body: string };

async function prepare(): Promise<Request[]> {
  const classIds = Array.from({ length: classCount }, (_, n) => `k${n}`);
  const quotas = regions.map((regionCode) => ({ regionCode, schoolId: null, places: quota }));
  const into = (name: string, rows: readonly object[]) =>
    db.connection.collection(name).insertMany(rows as never[]);
  const audience = { ...classRow('', 0).audience, regionCodes: ['140000'] };
  await into(
    'classes',
    classIds.map((id) => ({ ...classRow(id, places), audience, quotas })),
  );
  await into('menuItems', classIds.map(itemRow));
  const ids = Array.from({ length: requests }, () => `tch_${randomUUID()}`);
  await into(
    'teachers',
    ids.map((id, n) => ({ ...teacherRow(id), regionCode: `${regions[n % 3]}001` })),
  );
  return Promise.all(
    ids.map(async (teacherId, n) => {
      const grants = [{ role: 'Teacher', personId: teacherId }] as const;
      const token = await issuer.issueToken({ sub: teacherId, name: 't', grants });
      const input = {
        idempotencyKey: randomUUID(),
        menuItemId: `mni_k${Math.floor(n / 3) % classCount}`,
        teacherId,
        waitlist: n % 5 === 0,
      };
      return { teacherId, token, body: JSON.stringify({ query: mutation, variables: { input } }) };
    }),
  );
}

/** Asks one replica, then the other, until one of them has answered. */
async function acknowledged({ teacherId, token, body }: Request, from: number) {
  for (let tries = from; ; tries += 1) {
    const answer = await fetch(replicas[tries % replicas.length]?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
      signal: AbortSignal.timeout(30_000),
    }).then(
      (response) => response.json(),
      () => null,
    );
    const payload = answer?.data?.enrollTeacher;
    if (payload) return { teacherId, ...payload } as Acknowledged;
    await sleep(50);
  }
}

test('CRS-42, CRS-46: with a replica killed again and again nothing acknowledged is lost, doubled or oversold', async () => {
  const asked = await prepare();
  const answers: Acknowledged[] = [];
  let next = 0;
  let kills = 0;
  let over = false;
  const killer = (async () => {
    while (!over || kills < killsMin) {
      await sleep(over ? 100 : killEveryMs);
      const at = kills % replicas.length;
      replicas[at]?.child.kill('SIGKILL');
      kills += 1;
      await startReplica(at);
    }
  })();
  const client = async () => {
    for (let n = next++; n < asked.length; n = next++) {
      const request = asked[n] as Request;
      const first = await acknowledged(request, n);
      answers.push(first);
      // Every seventh asks again, of the other replica: the same answer, and nothing is done twice.
      if (n % 7 === 0) expect(await acknowledged(request, n + 1)).toEqual(first);
    }
  };
  await Promise.all(Array.from({ length: waitingAtOnce }, client));
  over = true;
  await killer;
  const counted = await countEnrollments(db, answers);
  expect(counted).toEqual({ lost: 0, doubled: 0, oversold: 0, unacknowledged: 0, wrong: [] });
  const confirmed = answers.filter(({ enrollment }) => enrollment?.state === 'CONFIRMED').length;
  expect(confirmed).toBe(places * classCount);
  expect(kills).toBeGreaterThanOrEqual(killsMin);
  if (process.env.ENROLLMENTS) console.info({ requests, confirmed, kills, ...counted });
}, 600_000);
