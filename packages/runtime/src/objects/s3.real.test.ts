/** The store of objects on a server that speaks S3 and checks signatures (S3_ADDRESS), and what it does when that fails. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { conforms, inChunks } from './conformance.example.ts';
import { Line } from './line.example.ts';
import { ObjectMissing } from './port.ts';
import { type S3Settings, S3Store } from './s3.ts';

const { S3_ADDRESS: address } = process.env;
if (!address) throw new Error('set S3_ADDRESS to http://<key>:<secret>@<host>:<port>/<bucket>');
const url = new URL(address);
const settings: S3Settings = {
  bucket: url.pathname.slice(1),
  region: 'us-east-1',
  endpoint: url.origin,
  accessKeyId: url.username,
  secretAccessKey: url.password,
};
const store = new S3Store(settings);
const client = new S3Client({
  region: settings.region,
  endpoint: settings.endpoint,
  forcePathStyle: true,
  credentials: { accessKeyId: url.username, secretAccessKey: url.password },
});
afterAll(() => client.destroy());

async function kept(prefix: string): Promise<readonly string[]> {
  const asked = { Bucket: settings.bucket, Prefix: `${prefix}/` };
  const { Contents = [] } = await client.send(new ListObjectsV2Command(asked));
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand(asked));
  return [...Contents, ...Uploads].map(({ Key = '' }) => Key);
}

conforms('S3', () => ({ store, kept }));

const mib = 2 ** 20;
const run = `faults-${Date.now().toString(36)}`;

test.each([
  ['an unknown key', { accessKeyId: 'somebody' }],
  ['a wrong secret', { secretAccessKey: 'guessed' }],
])('CRS-56: with %s nothing is read, written or taken for missing', async (_what, wrong) => {
  await store.put(`${run}/secret`, inChunks(Buffer.from('x')));
  const stranger = new S3Store({ ...settings, ...wrong });
  for (const refused of [
    () => stranger.get(`${run}/secret`),
    () => stranger.head(`${run}/secret`),
    () => stranger.head(`${run}/nothing`),
    () => stranger.put(`${run}/new`, inChunks(Buffer.from('x'))),
    () => stranger.put(`${run}/new`, inChunks(Buffer.alloc(6 * mib))),
    () => stranger.remove(`${run}/secret`),
  ]) {
    const error = await refused().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 403 } });
  }
  expect(await kept(run)).toEqual([`${run}/secret`]);
});

test('CRS-56: without its bucket a store fails; it does not say that an object is missing', async () => {
  const homeless = new S3Store({ ...settings, bucket: 'no-such-bucket' });
  await expect(homeless.get('a')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(homeless.put('a', inChunks(Buffer.from('x')))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

describe('CRS-56: a server that dies', () => {
  const line = new Line(Number(url.port));
  const overLine = () => ({ ...settings, endpoint: `http://127.0.0.1:${line.port}` });
  let through: S3Store;
  beforeAll(() => line.open());
  beforeEach(() => {
    line.mend();
    through = new S3Store(overLine());
  });
  afterAll(() => line.close());

  test.each([0, 1, 3])(
    'in the middle of a file, after %d parts: the file is refused, none of it is seen, and it goes in again later',
    async (parts) => {
      const key = `${run}/dying-${parts}/file`;
      const content = Buffer.alloc(21 * mib, parts);
      const dying = async function* () {
        for (let at = 0; at < content.length; at += mib) {
          if (at === (parts * 5 + 5) * mib) line.cut();
          yield content.subarray(at, at + mib);
        }
      };
      await expect(through.put(key, Readable.from(dying()))).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      line.mend();
      await through.put(key, inChunks(content));
      expect((await buffer(await through.get(key))).equals(content)).toBe(true);
    },
  );

  test('leaves halves that no reader sees; they go with the object', async () => {
    const prefix = `${run}/halves`;
    const dying = async function* () {
      for (let n = 0; n < 12; n += 1) yield Buffer.alloc(mib);
      line.cut();
    };
    await expect(through.put(`${prefix}/file`, Readable.from(dying()))).rejects.toThrow();
    expect(await store.head(`${prefix}/file`)).toBeNull();
    expect(await kept(prefix)).toEqual([`${prefix}/file`]);
    await store.remove(`${prefix}/file`);
    expect(await kept(prefix)).toEqual([]);
  });

  test('removing does not wait for a part that is still coming, and nothing is left when it came', async () => {
    const prefix = `${run}/coming`;
    const half = { Bucket: settings.bucket, Key: `${prefix}/file` };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(half));
    const rest = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = async function* () {
      yield Buffer.alloc(mib);
      begun.resolve();
      await rest.promise;
      yield Buffer.alloc(mib);
    };
    const part = { ...half, UploadId, PartNumber: 1, ContentLength: 2 * mib };
    const coming = client.send(new UploadPartCommand({ ...part, Body: Readable.from(slow()) }));
    await begun.promise;
    await store.remove(half.Key);
    rest.resolve();
    await coming.catch(() => {});
    await store.remove(half.Key);
    expect(await kept(prefix)).toEqual([]);
    expect(await store.head(half.Key)).toBeNull();
  });

  test('in the middle of reading: the reader hears of it, and does not take the half for the whole', async () => {
    const key = `${run}/read`;
    await store.put(key, inChunks(Buffer.alloc(32 * mib)));
    const read = async () => {
      for await (const chunk of await through.get(key)) if (chunk) line.cut();
    };
    await expect(read()).rejects.toThrow();
    line.mend();
    expect((await buffer(await through.get(key))).length).toBe(32 * mib);
  });

  test('and is away: every request fails, and none says that the object is missing', async () => {
    line.cut();
    for (const asked of [
      () => through.head(`${run}/read`),
      () => through.get(`${run}/read`),
      () => through.put(`${run}/away`, inChunks(Buffer.from('x'))),
      () => through.remove(`${run}/read`),
    ]) {
      await expect(asked()).rejects.not.toBeInstanceOf(ObjectMissing);
    }
  });

  test('or says nothing any more: it is given up', async () => {
    line.hush();
    const impatient = new S3Store(overLine(), 500);
    await expect(impatient.head(`${run}/read`)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
