/** kill -9 of the whole platform in the middle of the story, again and again: nothing is lost, nothing doubled. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { tellStory } from '@shixun/infra/story/story';
import type { Cast, World } from '@shixun/infra/story/world';
import getPort from 'get-port';
import mongoose from 'mongoose';
import { expectBooksAgree } from './books.ts';

const name = randomBytes(4).toString('hex');
const killsWanted = 3;

let folder = '';
let running: ChildProcess | undefined;

afterAll(async () => {
  running?.kill('SIGKILL');
  const connection = mongoose.createConnection(process.env['MONGODB_URI'] ?? '');
  await connection.asPromise();
  for (const service of ['registry', 'courses', 'credits', 'evaluation']) {
    await connection.useDb(`test_${name}_${service}`).dropDatabase();
  }
  await connection.close();
  await rm(folder, { recursive: true, force: true });
});

async function startPlatform(port: number): Promise<{ cast: Cast; gatewayUrl: string }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PLATFORM_NAME: name,
    PLATFORM_FOLDER: folder,
    PLATFORM_PORT: String(port),
  };
  delete env['NODE_OPTIONS'];
  const child = fork(join(import.meta.dirname, 'platform-process.ts'), {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running = child;
  const [started] = await once(child, 'message');
  return started as { cast: Cast; gatewayUrl: string };
}

test('CRD-03, CRS-42: kill -9 in the middle of the story and a restart lose and double nothing', async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-killed-'));
  const port = await getPort();
  const { cast, gatewayUrl } = await startPlatform(port);
  let kills = 0;
  let over = false;
  let up: Promise<unknown> = Promise.resolve();
  const days = async (count: number): Promise<Date> => {
    await up;
    running?.send(count);
    const [{ now }] = (await once(running as ChildProcess, 'message')) as [{ now: string }];
    return new Date(now);
  };
  const world: World = {
    cast,
    gatewayUrl,
    now: () => days(0),
    advance: async (count) => void (await days(count)),
    tell: () => {},
  };
  const killer = (async () => {
    while (!over && kills < killsWanted) {
      await sleep(1_500 + Math.random() * 2_500);
      if (over) return;
      kills += 1;
      up = (async () => {
        running?.kill('SIGKILL');
        await startPlatform(port);
      })();
      await up;
    }
  })();
  const told = await tellStory(world);
  over = true;
  await killer;
  expect(kills).toBeGreaterThan(0);
  expect(told.page.creditStanding.hours).toBe('72.00');
  await expectBooksAgree(`test_${name}_`, told);
}, 300_000);
