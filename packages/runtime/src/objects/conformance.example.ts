/** What every store of objects must hold, whatever is behind it. Both adapters run this one suite. [CRS-56, REG-06] */
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { putCounted } from './counted.ts';
import { ObjectMissing, type ObjectStore } from './port.ts';
import { SealedObjects } from './sealed.ts';

export type StoreUnderTest = {
  readonly store: ObjectStore;
  /** All that is kept below the prefix, halves of objects included. */
  readonly kept: (prefix: string) => Promise<readonly string[]>;
};

const mib = 2 ** 20;
/** What S3 takes as one part. */
const part = 5 * mib;
/** Keys of this run alone. */
const run = `run-${randomBytes(6).toString('hex')}`;
const chunkBytes = 64 * 1024;

export const inChunks = (content: Buffer, bytes = chunkBytes): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / bytes) }, (_, at) =>
      content.subarray(at * bytes, (at + 1) * bytes),
    ),
  );

/** So many bytes and then an error, as when a line breaks. */
const breakingOff = (bytes: number) =>
  Readable.from(
    (async function* () {
      for (let sent = 0; sent < bytes; sent += chunkBytes) yield Buffer.alloc(chunkBytes, 1);
      throw new Error('the line broke');
    })(),
  );

export function conforms(name: string, opened: () => StoreUnderTest): void {
  describe(`${name} store of objects`, () => {
    whole(opened);
    parts(opened);
    nothingHalf(opened);
    withoutHoldingIt(opened);
  });
}

function whole(opened: () => StoreUnderTest): void {
  test.each([0, 1, chunkBytes, part - 1, part, part + 1, 2 * part + 1])(
    'CRS-56: an object of %d bytes comes back as it went in, with its size',
    async (bytes) => {
      const { store } = opened();
      const key = `${run}/sizes/${bytes}`;
      const content = randomBytes(bytes);
      await store.put(key, inChunks(content));
      expect((await buffer(await store.get(key))).equals(content)).toBe(true);
      expect(await store.head(key)).toEqual({ bytes });
    },
  );
  test('CRS-56: what is put again stands alone, shorter or longer', async () => {
    const { store } = opened();
    const key = `${run}/again`;
    for (const bytes of [part + 100, 10, 2000]) {
      const content = randomBytes(bytes);
      await store.put(key, inChunks(content));
      expect((await buffer(await store.get(key))).equals(content)).toBe(true);
    }
  });
  test('CRS-56: what is not there is missing, in whole and in part, and can be removed all the same', async () => {
    const { store } = opened();
    const key = `${run}/nothing`;
    expect(await store.head(key)).toBeNull();
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
    await expect(store.get(key, { start: 5, end: 10 })).rejects.toThrow(ObjectMissing);
    await store.remove(key);
    await store.put(key, inChunks(Buffer.from('there')));
    await store.remove(key);
    expect(await store.head(key)).toBeNull();
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
  });
  test('a key never leads out of the store', async () => {
    const { store } = opened();
    for (const key of ['../one', 'a/../../b', '/etc/passwd', 'a//b', '', 'a'.repeat(201)]) {
      await expect(store.get(key)).rejects.toThrow('no key of an object');
      await expect(store.put(key, inChunks(Buffer.from('x')))).rejects.toThrow('no key');
      await expect(store.head(key)).rejects.toThrow('no key of an object');
      await expect(store.remove(key)).rejects.toThrow('no key of an object');
    }
  });
}

function parts(opened: () => StoreUnderTest): void {
  test('REG-06: a part is read alone, as much of it as there is', async () => {
    const { store } = opened();
    const key = `${run}/ranges`;
    const content = randomBytes(1000);
    await store.put(key, inChunks(content));
    const ends = [0, 1, 500, 999, 1000, 1001, 2000];
    for (const start of ends) {
      for (const end of ends) {
        const read = await buffer(await store.get(key, { start, end }));
        expect(read.equals(content.subarray(start, Math.max(start, end)))).toBe(true);
      }
    }
  });
  test('GOV-03: sealed, it keeps no byte of the content in the open, and reads parts of it', async () => {
    const { store } = opened();
    const sealed = new SealedObjects(store, Buffer.alloc(32, 7));
    const key = `${run}/sealed`;
    const content = Buffer.concat([randomBytes(part), Buffer.from('140105199001011234 张三')]);
    await sealed.put(key, inChunks(content));
    expect((await buffer(await store.get(key))).includes('140105')).toBe(false);
    expect(await sealed.head(key)).toEqual({ bytes: content.length });
    const end = await buffer(await sealed.get(key, { start: part, end: content.length }));
    expect(end.toString()).toBe('140105199001011234 张三');
  });
}

function nothingHalf(opened: () => StoreUnderTest): void {
  test.each([0, chunkBytes, part, 2 * part])(
    'CRS-56: a file that breaks off after %d bytes leaves nothing, and what stood before stands',
    async (bytes) => {
      const { store, kept } = opened();
      const prefix = `${run}/broken-${bytes}`;
      await expect(store.put(`${prefix}/new`, breakingOff(bytes))).rejects.toThrow('line broke');
      expect(await kept(prefix)).toEqual([]);
      await store.put(`${prefix}/old`, inChunks(Buffer.from('old')));
      await expect(store.put(`${prefix}/old`, breakingOff(bytes))).rejects.toThrow('line broke');
      expect((await buffer(await store.get(`${prefix}/old`))).toString()).toBe('old');
      expect(await kept(prefix)).toEqual([`${prefix}/old`]);
    },
  );
  test('CRS-56: a file above its limit is refused while it comes, and nothing of it is kept', async () => {
    const { store, kept } = opened();
    const prefix = `${run}/limit`;
    const limits = { bytesMax: part, startBytes: 4 };
    const content = randomBytes(part);
    const counted = await putCounted(store, `${prefix}/at`, inChunks(content), limits);
    expect(counted).toEqual({
      bytes: part,
      contentHash: createHash('sha256').update(content).digest('hex'),
      start: content.subarray(0, 4),
    });
    const above = inChunks(Buffer.concat([content, Buffer.from('x')]));
    await expect(putCounted(store, `${prefix}/above`, above, limits)).rejects.toMatchObject({
      name: 'ObjectTooLarge',
    });
    expect(await kept(prefix)).toEqual([`${prefix}/at`]);
  });
}

function withoutHoldingIt(opened: () => StoreUnderTest): void {
  test('CRS-56: a big file goes in and out as it comes: what is held of it is a small part', async () => {
    const { store } = opened();
    const key = `${run}/big`;
    const bytes = 64 * mib;
    const going = new Held(bytes);
    await store.put(key, Readable.from(going.watch(zeros(bytes))));
    const coming = new Held(bytes);
    let read = 0;
    for await (const chunk of coming.watch(await store.get(key))) read += chunk.length;
    expect(read).toBe(bytes);
    expect(going.most).toBeLessThan(bytes / 2);
    expect(coming.most).toBeLessThan(bytes / 2);
    await store.remove(key);
  });
  test('CRS-56: readers that leave early hold nothing: more of them than there are connections', async () => {
    const { store } = opened();
    const key = `${run}/left`;
    await store.put(key, inChunks(Buffer.alloc(mib)));
    for (let n = 0; n < 60; n += 1) (await store.get(key)).destroy();
    expect((await buffer(await store.get(key))).length).toBe(mib);
  });
}

async function* zeros(bytes: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < bytes; sent += chunkBytes) yield Buffer.alloc(chunkBytes);
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
/** Twice: what one pass found is given back beside it, and by the next one at the latest. */
const collect = () => {
  gc();
  gc();
};

/** Watches a stream pass and measures, after collecting what nobody holds, how many bytes are held meanwhile. */
class Held {
  readonly #every: number;
  most = 0;

  constructor(bytes: number) {
    this.#every = bytes / 4;
  }

  async *watch(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    collect();
    const before = process.memoryUsage().arrayBuffers;
    let next = this.#every;
    let passed = 0;
    for await (const chunk of content) {
      passed += chunk.length;
      yield chunk;
      if (passed < next) continue;
      next += this.#every;
      collect();
      this.most = Math.max(this.most, process.memoryUsage().arrayBuffers - before);
    }
  }
}
