import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AnyEventContract, courses } from '@shixun/contracts';
import { z } from 'zod';
import { contractFiles } from './contracts.ts';
import { staleFiles } from './index.ts';

const sound = courses.completionWithdrawn;
const shape = sound.data as unknown as z.ZodObject;
const type = sound.type;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-contracts-'));
  for (const [path, content] of await contractFiles(folder, [sound])) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function changed(change: object): readonly AnyEventContract[] {
  return [{ ...sound, ...change } as AnyEventContract];
}

describe('INT-03: the generator of event contracts', () => {
  test('makes the same files again from the same contract', async () => {
    const [once, twice] = [
      await contractFiles(folder, [sound]),
      await contractFiles(folder, [sound]),
    ];
    expect([...twice]).toEqual([...once]);
    expect([...once.keys()]).toContain(`packages/contracts/golden/${type}.json`);
  });

  test('refuses to overwrite a schema with an incompatible one, and says what broke', async () => {
    const data = shape.omit({ reason: true });
    await expect(contractFiles(folder, changed({ data }))).rejects.toThrow(
      `${type} /reason: removed or renamed`,
    );
  });

  test('finds what is committed up to date, and stale as soon as the contract says more', async () => {
    expect(await staleFiles(folder, await contractFiles(folder, [sound]))).toEqual([]);
    const data = shape.extend({ stage: z.string().optional() });
    const stale = await staleFiles(folder, await contractFiles(folder, changed({ data })));
    expect(stale).toEqual([`packages/contracts/generated/${type}.schema.json`]);
  });

  test('refuses to drop a contract whose schema is committed', async () => {
    await expect(contractFiles(folder, [])).rejects.toThrow(/contract is gone/);
  });

  test('takes a compatible change, and keeps the old golden example beside the new one', async () => {
    const data = shape.extend({ stage: z.string().optional() });
    const example = { ...sound.example, stage: 'appeal' };
    const files = await contractFiles(folder, changed({ data, example }));
    const golden = JSON.parse(files.get(`packages/contracts/golden/${type}.json`) ?? '[]');
    expect(golden.map((envelope: { data: unknown }) => envelope.data)).toEqual([
      sound.example,
      example,
    ]);
  });

  test('refuses a contract under which a golden example no longer parses', async () => {
    const data = shape.extend({ reason: z.string().refine((text) => text === 'x') });
    await expect(contractFiles(folder, changed({ data }))).rejects.toThrow(/reason/);
  });
});
