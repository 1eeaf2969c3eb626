/**
 * A bureau brings a file of teachers through the gateway; the platform is killed in the middle of both passes, and
 * another one goes on: every teacher once, every event once. `npm run bench import` does it with 100,000. [REG-06]
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ImportClient } from '@shixun/infra/import/client';
import { type Issuer, startIssuer } from '@shixun/infra/local/issuer';
import { connectDatabase, type Database, eventsOf, outboxRows } from '@shixun/runtime';
import { type TeacherFile, teacherFile } from '../bench/import-file.ts';
import { type ImportPlatform, startImportPlatform } from '../bench/import-platform.ts';

const count = 5_000;
const database = `test_import_${randomUUID().slice(0, 8)}`;
let folder: string;
let issuer: Issuer;
let token: string;
let platform: ImportPlatform;
let file: TeacherFile;
let db: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-import-'));
  issuer = await startIssuer(folder);
  const grants = [{ role: 'ProvinceAdmin' as const, regionCode: '140000' }];
  token = await issuer.issueToken({ sub: 'usr_province', name: '省厅', grants });
  platform = await startImportPlatform({ issuer, database, folder });
  file = await teacherFile({ count, first: 2_000_000, schoolCodes: platform.schoolCodes });
  db = await connectDatabase({ uri: process.env.MONGODB_URI ?? '', database });
});
afterAll(async () => {
  await platform.stop();
  await issuer.close();
  await file.remove();
  await db.connection.dropDatabase();
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const clientOf = () => new ImportClient(platform.url, token);

/** Kills the platform when the pass is somewhere between its first and its last batch, and starts another. */
async function killedWithin(id: string, pass: 'validated' | 'applied'): Promise<void> {
  for (;;) {
    const { read } = (await clientOf().see(id))[pass];
    if (read === count) throw new Error('too late to be killed');
    if (read > 0) break;
    await sleep(10);
  }
  await platform.kill();
  platform = await startImportPlatform({ issuer, database, folder });
}

/** Of whom an event says what is on record, once for each event. */
async function toldTeachers(): Promise<string[]> {
  const rows = await db.model(outboxRows).find({ topic: 'registry.teacher' }).lean();
  return rows.flatMap((row) => eventsOf(row).map(({ key = row.key }) => key));
}

test('REG-06: killed in the dry run and in the application, an import ends whole, each row once', async () => {
  const id = await clientOf().bring(file.path, { kind: 'TEACHERS', regionCode: '140000' });
  await killedWithin(id, 'validated');
  const dry = await clientOf().untilSettled(id);
  expect(dry).toMatchObject({ state: 'VALIDATED', validated: { read: count, added: count } });
  expect(await db.connection.collection('teachers').countDocuments()).toBe(0);

  await clientOf().apply(id, 'ALL_OR_NOTHING');
  await killedWithin(id, 'applied');
  const seen = await clientOf().untilSettled(id);
  expect(seen).toMatchObject({
    state: 'APPLIED',
    rowsTotal: count,
    applied: { read: count, valid: count, added: count, faulty: 0 },
  });
  expect(await db.connection.collection('teachers').countDocuments()).toBe(count);
  const told = await toldTeachers();
  expect(told).toHaveLength(count);
  expect(new Set(told).size).toBe(count);

  const again = await clientOf().bring(file.path, { kind: 'TEACHERS', regionCode: '140000' });
  await clientOf().untilSettled(again);
  await clientOf().apply(again, 'ALL_OR_NOTHING');
  expect(await clientOf().untilSettled(again)).toMatchObject({
    sameAs: id,
    applied: { unchanged: count, added: 0, changed: 0 },
  });
  expect(await toldTeachers()).toHaveLength(count);
});
