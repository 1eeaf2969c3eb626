import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { conforms, inChunks } from './conformance.example.ts';
import { FolderStore } from './folder.ts';

let folder: string;
let store: FolderStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-objects-'));
  store = new FolderStore(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function kept(prefix: string): Promise<readonly string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((path) => path.startsWith(`${prefix}/`));
}

conforms('folder', () => ({ store, kept }));

test('CRS-56: what a process that was killed left of a file goes with the object, and nobody else’s does', async () => {
  await store.put('killed/file', inChunks(Buffer.from('whole')));
  await store.put('killed/file2', inChunks(Buffer.from('other')));
  for (const half of ['file.1111.part', 'file.2222.part', 'file2.3333.part']) {
    await writeFile(join(folder, 'killed', half), 'half');
  }
  await store.remove('killed/file');
  expect([...(await kept('killed'))].sort()).toEqual(['killed/file2', 'killed/file2.3333.part']);
});
