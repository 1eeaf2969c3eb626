import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tryLock, withLock } from './lock.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-lock-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a lock is had once, and again when it was given back', () => {
  const file = join(folder, 'one');
  const release = tryLock(file);
  expect(release).not.toBeNull();
  expect(tryLock(file)).toBeNull();
  release?.();
  const again = tryLock(file);
  expect(again).not.toBeNull();
  again?.();
});

test('work under one lock never overlaps', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(join(folder, 'shared'), work)));
  expect(most).toBe(1);
});

test('a process killed with -9 leaves no lock behind', async () => {
  const file = join(folder, 'dead');
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'));
  const script = `import { tryLock } from ${module};
    console.log(tryLock(${JSON.stringify(file)}) !== null);
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const [said] = await once(holder.stdout, 'data');
  expect(String(said).trim()).toBe('true');
  expect(tryLock(file)).toBeNull();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const release = tryLock(file);
  expect(release).not.toBeNull();
  release?.();
});
