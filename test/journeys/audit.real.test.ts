/** The audit of a running platform, as its operator verifies it: with what Kafka keeps, and with a file. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { command, eventually } from '@shixun/infra/story/world';
import { operate } from './operator.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

const only = ['--service', 'registry'];

/** The lines of the topic, once it keeps that many. */
async function anchors(least: number): Promise<readonly string[]> {
  return eventually(`${least} anchors are on Kafka`, async () => {
    const { out } = await operate(platform, 'audit', ['anchors', ...only]);
    const lines = out.split('\n').filter((line) => line !== '');
    return lines.length >= least && lines;
  });
}

test('GOV-02: who takes the newest of the audit back, with every checkpoint that speaks of it, is found out', async () => {
  const { world, services } = platform;
  const verify = (...args: readonly string[]) =>
    operate(platform, 'audit', ['verify', ...only, ...args]);
  const { bureau, regionCode } = world.cast;
  const register = async (name: string): Promise<string> => {
    const scope = {
      levels: ['COUNTY'],
      stages: ['PRIMARY'],
      subjects: ['chinese'],
      modalities: ['BLENDED'],
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
    };
    const input = { name, kind: 'UNIVERSITY', regionCode, scope };
    return (await command(world, bureau, 'RegisterInstitution', input)).institution.id;
  };
  await register('先行大学');
  await world.advance(1);
  const before = await anchors(1);
  const institutionId = await register('审计之旅大学');
  await world.advance(1);
  const lines = await anchors(before.length + 1);
  const file = join(tmpdir(), `anchors-${services.registry.db.connection.name}.jsonl`);
  await writeFile(file, lines.join('\n'));

  const whole = await verify('--anchors', 'topic');
  expect(whole.out).toMatch(new RegExp(`, ${lines.length} anchors .*: whole`));
  expect(whole.code).toBe(0);

  const { db } = services.registry.db.connection;
  if (db === undefined) throw new Error('the database is open');
  const signed = db.collection('audit_checkpoints');
  const last = await signed.findOne({ 'leaves.stream': institutionId });
  await signed.deleteMany({ number: { $gte: last?.['number'] } });
  for (const name of ['audit', 'streams', 'audit_marks']) {
    const field = name === 'audit' ? 'stream' : '_id';
    await db.collection(name).deleteMany({ [field]: institutionId });
  }
  expect((await verify()).out).toContain('whole');
  for (const from of ['topic', file]) {
    const { code, out } = await verify('--anchors', from);
    expect(out).toContain(`checkpoint 检查点 ${last?.['number']}: missing (shown by its anchor`);
    expect(code).toBe(1);
  }
  const later = new Date((await world.now()).getTime() + 1).toISOString();
  expect((await verify('--anchors', file, '--anchors-since', later)).code).toBe(0);
  expect(await verify('--anchors', `${file}.elsewhere`)).toMatchObject({ code: 2 });
}, 180_000);
