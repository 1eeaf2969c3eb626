/** The services' users on a MongoDB that asks who one is: what may only be added to can't be altered by them. */

import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Owner, owners } from '@shixun/contracts';
import { createLogger, InProcessBus, serviceConfig, startService } from '@shixun/runtime';
import { MongoClient, MongoServerError } from 'mongodb';
import { projectRoot } from '../local/cache-folder.ts';
import { type Guarded, startGuarded } from '../local/guarded.ts';
import { startMongod } from '../local/mongod.ts';
import { findMongod } from '../local/mongod-binary.ts';
import { loadServices } from '../local/platform.ts';

const stack = new AsyncDisposableStack();
let port: number;

const uriOf = (user: string, database?: string) =>
  `mongodb://${user}:secret@127.0.0.1:${port}/${database ?? ''}?replicaSet=rs0&authSource=admin`;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shixun-roles-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  // Made without accounts, as every replica set begins; then started again so that it asks for them.
  const open = await startMongod({ dataFolder: folder });
  port = open.port;
  const first = await MongoClient.connect(open.uri);
  await first.db('admin').command({ createUser: 'root', pwd: 'secret', roles: ['root'] });
  await first.close();
  await open.stop();
  const keyFile = join(folder, 'replica-set.key');
  await writeFile(keyFile, randomBytes(256).toString('base64'));
  await chmod(keyFile, 0o400);
  const asking: Guarded = await startGuarded(
    await findMongod(() => {}),
    [
      ...['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port)],
      ...['--dbpath', join(folder, 'db'), '--logpath', join(folder, 'asking.log')],
      ...['--keyFile', keyFile, '--nounixsocket', '--wiredTigerCacheSizeGB', '0.25'],
      ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=0'],
    ],
    { log: join(folder, 'asking.out') },
  );
  stack.defer(async () => {
    await asking.stop(20_000);
  });
  const passwords = owners.map((owner) => [`${owner.toUpperCase()}_MONGODB_PASSWORD`, 'secret']);
  const env = { ...process.env, ...Object.fromEntries(passwords), MONGODB_URI: uriOf('root') };
  const roles = join(projectRoot, 'infra', 'roles.ts');
  await promisify(execFile)(process.execPath, [roles], { env: { ...env, NODE_OPTIONS: '' } });
}, 120_000);

afterAll(async () => {
  await stack.disposeAsync();
}, 60_000);

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof MongoServerError ? error.codeName : error),
  );
}

test('GOV-02: every service starts and works as its own user, and is a stranger to the others', async () => {
  const definitions = await loadServices();
  const { privateKey } = generateKeyPairSync('ed25519');
  const bus = new InProcessBus({ expected: [], log: createLogger('bus', 'silent') });
  for (const owner of owners) {
    const config = serviceConfig(
      {
        HTTP_PORT: '0',
        MONGODB_URI: uriOf(owner),
        EVENT_BUS: 'in-process',
        AUTH_ISSUER: 'http://127.0.0.1:9',
        AUTH_JWKS_URL: 'http://127.0.0.1:9/jwks',
        PERSONAL_DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
        AUDIT_SIGNING_KEY: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
        LOG_LEVEL: 'silent',
      },
      { database: owner, port: 0 },
    );
    const running = await startService(definitions[owner], config, { bus });
    try {
      const ready = await running.app.inject({ url: '/health/ready' });
      expect(ready.statusCode).toBe(200);
      const other = owners.find((name) => name !== owner) as Owner;
      const foreign = running.db.connection.getClient().db(other);
      expect(await codeOf(foreign.collection('audit').findOne())).toBe('Unauthorized');
    } finally {
      await running.close();
    }
  }
  await bus.stop();
}, 120_000);

describe('GOV-02: the user of the service', () => {
  const addOnly: readonly (readonly [Owner, string])[] = [
    ...owners.flatMap((owner) => [
      [owner, 'audit'] as const,
      [owner, 'audit_checkpoints'] as const,
    ]),
    ['credits', 'entries'],
    ['registry', 'disclosures'],
  ];

  test.each(addOnly)(
    '%s reads and adds to %s, and can neither change nor remove',
    async (owner, name) => {
      const client = await MongoClient.connect(uriOf(owner));
      try {
        const db = client.db(owner);
        const rows = db.collection<{ _id: string }>(name);
        const row = { _id: 'proof', stream: 'proof', sequence: 1, number: 1, postings: [] };
        expect(await codeOf(rows.insertOne(row))).toBe('done');
        expect(await rows.findOne({ _id: 'proof' })).not.toBeNull();
        const change = { $set: { stream: 'other' } };
        const attempts = [
          rows.updateOne({ _id: 'proof' }, change),
          rows.replaceOne({ _id: 'proof' }, { stream: 'other' } as never),
          rows.findOneAndUpdate({ _id: 'proof' }, change),
          rows.updateOne({ _id: 'new' }, change, { upsert: true }),
          rows.deleteOne({ _id: 'proof' }),
          rows.deleteMany({}),
          rows.drop(),
          rows.rename('elsewhere'),
          rows.createIndex({ at: -1 }, { expireAfterSeconds: 1 }),
          db.command({ collMod: name, validator: {} }),
          rows.aggregate([{ $match: {} }, { $out: name }]).toArray(),
          rows.aggregate([{ $set: { stream: 'x' } }, { $merge: name }]).toArray(),
          db.dropDatabase(),
          client.db('admin').command({ grantRolesToUser: owner, roles: ['root'] }),
        ];
        const codes = await Promise.all(attempts.map(codeOf));
        expect(codes).toEqual(attempts.map(() => 'Unauthorized'));
        expect(await rows.findOne({ _id: 'proof' })).toMatchObject({ stream: 'proof' });
      } finally {
        await client.close();
      }
    },
  );

  test('changes what it is there to change', async () => {
    const client = await MongoClient.connect(uriOf('registry'));
    try {
      const rows = client.db('registry').collection<{ _id: string }>('teachers');
      expect(await codeOf(rows.insertOne({ _id: 'proof' }))).toBe('done');
      expect(await codeOf(rows.updateOne({ _id: 'proof' }, { $set: { name: 'x' } }))).toBe('done');
      expect(await codeOf(rows.deleteOne({ _id: 'proof' }))).toBe('done');
    } finally {
      await client.close();
    }
  });
});
