import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { staleFiles } from './index.ts';

test('a file is stale when it is missing or differs by one byte', async () => {
  const root = await mkdtemp(join(tmpdir(), 'shixun-gen-'));
  try {
    await writeFile(join(root, 'same.md'), 'words\n');
    await writeFile(join(root, 'old.md'), 'words');
    const contents = new Map([
      ['same.md', 'words\n'],
      ['old.md', 'words\n'],
      ['new.md', 'words\n'],
    ]);
    expect(await staleFiles(root, contents)).toEqual(['old.md', 'new.md']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
