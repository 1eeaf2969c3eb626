/** `npm run keys` as an operator runs it, on a database of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { service } from '@shixun/registry';
import { connectDatabase, type Database } from '@shixun/runtime';
import { projectRoot } from './local/cache-folder.ts';

const prefix = `keys_${randomBytes(4).toString('hex')}_`;
const uri = String(process.env.MONGODB_URI);
const [current, former] = [1, 2].map((fill) => Buffer.alloc(32, fill).toString('base64'));
let db: Database;

beforeAll(async () => {
  db = await connectDatabase({ uri, database: `${prefix}registry` });
  await db.ensureIndexes(service.allCollections);
});
afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

/** The exit code, and the output line by line. */
async function status(keys: string): Promise<readonly [number, readonly string[]]> {
  const { PATH } = process.env;
  const env = { PATH, MONGODB_URI: uri, DATABASE_PREFIX: prefix, PERSONAL_DATA_KEY: keys };
  const program = [join(projectRoot, 'infra', 'keys.ts'), 'status'];
  const lines = (out: string) => out.split('\n').filter((line) => line !== '');
  return promisify(execFile)(process.execPath, program, { env }).then(
    ({ stdout }) => [0, lines(stdout)] as const,
    ({ code, stdout }) => [code, lines(stdout)] as const,
  );
}

test('GOV-03: how many people lie under which master key is told, in the order of the configuration', async () => {
  const [none, empty] = await status(`${current},${former}`);
  expect(none).toBe(0);
  const ids = empty.map((line) => line.split(' ')[0] ?? '');
  const rows = [ids[0], ids[0], ids[1], null].map((masterId, n) => ({ _id: `tch_${n}`, masterId }));
  await db.connection.collection<{ _id: string }>('personal_keys').insertMany(rows);
  const [code, lines] = await status(`${current},${former}`);
  expect(code).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(`^${ids[0]} +2 people .*key 密钥 1, current`),
    expect.stringMatching(`^${ids[1]} +1 people .*key 密钥 2, former`),
    expect.stringMatching(/^destroyed.* 1 people/),
  ]);

  const [early, without] = await status(String(current));
  expect(early).toBe(1);
  expect(without[1]).toMatch(new RegExp(`^${ids[1]} +1 people .*NOT in PERSONAL_DATA_KEY`));
});
