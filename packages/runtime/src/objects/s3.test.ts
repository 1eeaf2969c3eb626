/** What an S3 may say while the halves of an object are ended. Each answer is one that some store gives. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { S3Store } from './s3.ts';

const key = 'uploads/one';
const gone = { status: 404, body: '<Error><Code>NoSuchUpload</Code></Error>' };
const refused = { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answer = { readonly status: number; readonly body?: string };

/** A store with these halves; what it says each time one is ended, and 204 when nothing more is given. */
async function storeWith(halves: Readonly<Record<string, readonly Answer[]>>) {
  const left = new Map(Object.entries(halves).map(([id, says]) => [id, [...says]]));
  const ended: string[] = [];
  const list = () =>
    [...left.keys()]
      .map((id) => `<Upload><Key>${id.split('#')[0]}</Key><UploadId>${id}</UploadId></Upload>`)
      .join('');
  const end = (id: string): Answer => {
    ended.push(id);
    const said = left.get(id)?.shift() ?? { status: 204 };
    if (said.status < 300) left.delete(id);
    return said;
  };
  const answer = ({ method, url = '' }: IncomingMessage): Answer => {
    const { searchParams: query } = new URL(url, 'http://store');
    if (method === 'GET') {
      const body = `<ListMultipartUploadsResult>${list()}</ListMultipartUploadsResult>`;
      return { status: 200, body };
    }
    const id = query.get('uploadId');
    return id === null ? { status: 204 } : end(id);
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { accessKeyId: 'a', secretAccessKey: 'b' };
  return {
    store: new S3Store({ bucket: 'objects', region: 'us-east-1', endpoint, ...keys }),
    left,
    ended,
  };
}

test('CRS-56: halves of an object go with it, those of another that begins alike stay', async () => {
  const { store, left } = await storeWith({
    [`${key}#1`]: [],
    [`${key}#2`]: [],
    [`${key}0#3`]: [],
  });
  await store.remove(key);
  expect([...left.keys()]).toEqual([`${key}0#3`]);
});

test.each([
  ['fails without a word, as when a part is still coming', { status: 400 }],
  ['conflicts', { status: 409, body: '<Error><Code>OperationAborted</Code></Error>' }],
  ['is out of order', { status: 500 }],
])('CRS-56: ending a half that %s is tried again until none is left', async (_what, said) => {
  const { store, left } = await storeWith({ [`${key}#1`]: [said, said], [`${key}#2`]: [] });
  await store.remove(key);
  expect(left.size).toBe(0);
});

test('CRS-56: a half that is gone already is none, even where it is still listed', async () => {
  const { store, ended } = await storeWith({ [`${key}#1`]: [gone, gone] });
  await store.remove(key);
  expect(ended).toEqual([`${key}#1`]);
});

test('CRS-56: a half that cannot be ended is told of, so that whoever removes comes again', async () => {
  const { store, left } = await storeWith({
    [`${key}#1`]: Array.from({ length: 6 }, () => refused),
  });
  await expect(store.remove(key)).rejects.toMatchObject({ name: 'AccessDenied' });
  await store.remove(key);
  expect(left.size).toBe(0);
});
