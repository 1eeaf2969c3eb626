import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGuarded } from './guarded.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-guarded-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("the server's exit code and output come through", async () => {
  const log = join(folder, 'said.log');
  const server = await startGuarded('/bin/sh', ['-c', 'echo words; exit 7'], { log });
  expect(await server.exited).toEqual({ code: 7 });
  expect(await readFile(log, 'utf8')).toBe('words\n');
});

test('stop asks first', async () => {
  const log = join(folder, 'asked.log');
  const script = 'trap "echo asked; exit 0" TERM; echo ready; while :; do sleep 0.05; done';
  const server = await startGuarded('/bin/sh', ['-c', script], { log });
  while (!(await readFile(log, 'utf8')).includes('ready')) await new Promise(setImmediate);
  expect(await server.stop(10_000)).toEqual({ code: 0 });
  expect(await readFile(log, 'utf8')).toContain('asked');
});

test('stop kills what does not listen', async () => {
  const log = join(folder, 'deaf.log');
  const script = 'trap "" TERM; echo ready; while :; do sleep 0.05; done';
  const server = await startGuarded('/bin/sh', ['-c', script], { log });
  while (!(await readFile(log, 'utf8')).includes('ready')) await new Promise(setImmediate);
  expect(await server.stop(100)).toEqual({ code: 137 });
});

test('a server ends when its starter is killed with -9', async () => {
  const log = join(folder, 'orphan.log');
  const module = JSON.stringify(join(import.meta.dirname, 'guarded.ts'));
  const script = `import { startGuarded } from ${module};
    const { pid } = await startGuarded('sleep', ['600'], { log: ${JSON.stringify(log)} });
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const [said] = await once(starter.stdout, 'data');
  const pid = Number(String(said));
  expect(isAlive(pid)).toBe(true);
  starter.kill('SIGKILL');
  await untilGone(pid);
  expect(isAlive(pid)).toBe(false);
});
