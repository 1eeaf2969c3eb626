/** Files at rest: sealed, bound to their key, readable in parts, and never half. [GOV-03] */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FolderStore } from './folder.ts';
import { ObjectMissing } from './port.ts';
import { ObjectBroken, SealedObjects } from './sealed.ts';

let folder: string;
let objects: SealedObjects;
const frame = 64 * 1024;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-objects-'));
  objects = new SealedObjects(new FolderStore(folder), Buffer.alloc(32, 7));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(key: string, content: Buffer, chunk = 10_000) {
  const chunks = Array.from({ length: Math.ceil(content.length / chunk) }, (_, at) =>
    content.subarray(at * chunk, (at + 1) * chunk),
  );
  await objects.put(key, Readable.from(chunks));
}

test.each([0, 1, frame - 1, frame, frame + 1, 3 * frame, 3 * frame + 17])(
  'GOV-03: an object of %d bytes comes back as it went in, with its size',
  async (bytes) => {
    const content = randomBytes(bytes);
    await put(`sizes/${bytes}`, content);
    expect((await buffer(await objects.get(`sizes/${bytes}`))).equals(content)).toBe(true);
    expect(await objects.head(`sizes/${bytes}`)).toEqual({ bytes });
  },
);

test('GOV-03: any part of an object can be read alone', async () => {
  const content = randomBytes(2 * frame + 500);
  await put('parts/one', content, frame);
  const ends = [0, 1, frame - 1, frame, frame + 1, 2 * frame, 2 * frame + 499, 2 * frame + 500];
  for (const start of ends) {
    for (const end of ends.filter((each) => each > start)) {
      const part = await buffer(await objects.get('parts/one', { start, end }));
      expect(part.equals(content.subarray(start, end))).toBe(true);
    }
  }
});

test('GOV-03: what is on the disk shows nothing of the content', async () => {
  await put('secret/one', Buffer.from('140105199001011234 张三'));
  const raw = await readFile(join(folder, 'secret/one'));
  expect(raw.includes('140105')).toBe(false);
});

test('GOV-03: an object that was altered, cut off or moved to another key is refused', async () => {
  await put('broken/one', randomBytes(2 * frame + 9));
  const raw = await readFile(join(folder, 'broken/one'));
  const altered = Buffer.from(raw);
  altered.writeUInt8(altered.readUInt8(100) ^ 1, 100);
  const cases = {
    altered,
    short: raw.subarray(0, raw.length - 1),
    cut: raw.subarray(0, 44 + frame + 16),
  };
  for (const [name, bytes] of Object.entries({ ...cases, moved: raw })) {
    await writeFile(join(folder, 'broken', name), bytes);
    await expect(objects.get(`broken/${name}`).then(buffer)).rejects.toThrow(ObjectBroken);
  }
});

test('a stream that breaks off leaves nothing behind', async () => {
  const broken = Readable.from(
    (async function* () {
      yield randomBytes(frame * 2);
      throw new Error('the line broke');
    })(),
  );
  await expect(objects.put('half/one', broken)).rejects.toThrow('the line broke');
  expect(await objects.head('half/one')).toBeNull();
  expect(await readdir(join(folder, 'half'))).toEqual([]);
  await expect(objects.get('half/one')).rejects.toThrow(ObjectMissing);
});

test('removed is removed, twice as well; a key never leads out of the folder', async () => {
  await put('gone/one', Buffer.from('x'));
  await objects.remove('gone/one');
  await objects.remove('gone/one');
  expect(await objects.head('gone/one')).toBeNull();
  for (const key of ['../one', 'a/../../b', '/etc/passwd', 'a//b', '']) {
    await expect(objects.get(key)).rejects.toThrow('no key of an object');
  }
});

test('GOV-03: after a rotation of the key old objects still open, and not without the old key', async () => {
  await put('rotated/one', Buffer.from('old'));
  const store = new FolderStore(folder);
  const fresh = Buffer.alloc(32, 9);
  const both = new SealedObjects(store, Buffer.concat([fresh, Buffer.alloc(32, 7)]));
  expect((await buffer(await both.get('rotated/one'))).toString()).toBe('old');
  const without = new SealedObjects(store, fresh);
  await expect(without.get('rotated/one')).rejects.toThrow(ObjectBroken);
});
