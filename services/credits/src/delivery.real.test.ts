/** Completions on their whole way: bus → contract → inbox → ledger → outbox → bus, with poison among them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { courses, credits, type EventContract, envelopeOf, registry } from '@shixun/contracts';
import {
  createLogger,
  type EventBus,
  InProcessBus,
  type RunningService,
  serviceConfig,
  startService,
} from '@shixun/runtime';
import { service } from './app.ts';
import { checkLedger } from './ledger/readers-check.ts';
import { type Confirmed, confirmed } from './ledger/real-ledger.example.ts';
import { accountBooks, ledgerEntries } from './ledger/store.ts';

let bus: EventBus;
let running: RunningService;
let told: unknown[];

beforeEach(async () => {
  const log = createLogger('credits', 'silent');
  bus = new InProcessBus({ expected: ['credits', 'listener'], log });
  told = [];
  bus.subscribe({
    group: 'listener',
    topics: [credits.entryPosted.topic],
    onBatch: async ({ messages }) => {
      told.push(...messages.map(({ value }) => JSON.parse(value.toString()).data));
    },
  });
  const env = {
    ...process.env,
    MONGODB_DATABASE: `credits_${randomUUID().slice(0, 8)}`,
    EVENT_BUS: 'in-process',
    AUTH_ISSUER: 'http://127.0.0.1',
    AUTH_JWKS_URL: 'http://127.0.0.1/jwks',
    LOG_LEVEL: 'silent',
  };
  const config = serviceConfig(env, { database: 'credits', port: 0 });
  running = await startService(service, config, { bus });
});
afterEach(async () => {
  await running.db.connection.dropDatabase();
  await running.close();
  await bus.stop();
});

/** The event as its teller puts it on the bus; the same number is the same event. */
function message<Data>(contract: EventContract<Data>, data: Data, number: number) {
  const subject = String((data as Record<string, unknown>)[contract.subject]);
  const id = `evt_${number}`;
  const envelope = envelopeOf(contract, { id, subject, time: new Date(), sequence: number, data });
  const headers = { ce_id: id, ce_type: contract.type };
  return { topic: contract.topic, key: subject, value: JSON.stringify(envelope), headers };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(20)) {
    if (await holds()) return;
  }
  throw new Error('it did not come about within 30 s');
}

const entries = () => running.db.model(ledgerEntries).find({}).sort({ _id: 1 }).lean();
const deadLetters = () =>
  running.db.connection.collection('dead_letters').find({}).sort({ _id: 1 }).toArray();

test('CRD-03: completions that contradict themselves become dead letters with their cause; all around them are credited once and told', async () => {
  const sound = Array.from({ length: 60 }, (_, index) =>
    confirmed({ completionId: `cmp_${index}`, teacherId: `tch_${index % 7}` }),
  );
  const wrong: Confirmed[] = [
    confirmed({ completionId: 'cmp_hours', hoursCenti: 3601 }),
    confirmed({ completionId: 'cmp_sum', hoursByCategory: [{ category: 'it', hoursCenti: 1 }] }),
  ];
  const all = [...sound.slice(0, 20), ...wrong, ...sound.slice(20)];
  const messages = all.map((data, index) => message(courses.completionConfirmed, data, index));
  const { completionId, teacherId } = sound[0] as Confirmed;
  const withdrawn = { completionId, teacherId, reason: '撤销 withdrawn' };
  messages.push(message(courses.completionWithdrawn, withdrawn, 1_000));
  await bus.publish([...messages, ...messages]);
  await until(async () => (await entries()).length === 61 && told.length === 61);
  const letters = await deadLetters();
  expect(letters.map(({ kind, cause }) => [kind, cause])).toEqual([
    ['refused', expect.stringContaining('CRD-03: cmp_')],
    ['refused', expect.stringContaining('CRD-03: cmp_')],
  ]);
  const report = await checkLedger(running.db);
  expect(report).toMatchObject({ entries: 61, difference: null, held: { hoursCenti: 59 * 3600 } });
  const told0 = told.filter((data) => (data as { causeId: string }).causeId === completionId);
  expect(told0).toMatchObject([
    { kind: 'award', hoursCenti: 3600, reversesEntryId: null },
    { kind: 'reversal', hoursCenti: -3600, reversesEntryId: `ent_${completionId}_1` },
  ]);
});

test('CRD-02: the rate follows the policy of the region that decided, on the day of completion', async () => {
  const { example } = registry.policyPublished;
  const policy = (versionId: string, effectiveFrom: string, numerator: number) => ({
    ...example,
    versionId,
    regionCode: '140000',
    effectiveFrom,
    base: 'shanxi-2023@1',
    figures: { creditsPerHourCounty: { numerator, denominator: 100 } },
  });
  await bus.publish([
    message(registry.policyPublished, policy('shanxi-2026@1', '2026-01-01', 9), 1),
    message(registry.policyPublished, policy('shanxi-2026@2', '2026-07-01', 8), 2),
  ]);
  await until(async () => running.policies.versions.length === 2);
  const completed = (completionId: string, completedOn: string, policyVersion: string) =>
    confirmed({ completionId, completedOn, policyVersion, teacherId: 'tch_1' });
  const completions = [
    completed('cmp_a', '2025-12-31', 'shanxi-2026@1'),
    completed('cmp_b', '2026-06-30', 'shanxi-2026@1'),
    completed('cmp_c', '2026-07-01', 'shanxi-2026@1'),
    completed('cmp_d', '2026-07-01', 'zhejiang-2014@1'),
  ];
  await bus.publish(
    completions.map((data, index) => message(courses.completionConfirmed, data, 10 + index)),
  );
  await until(async () => (await entries()).length === 4);
  expect((await entries()).map((entry) => [entry.creditsCenti, entry.policyVersion])).toEqual([
    [360, 'shanxi-2023@1'],
    [324, 'shanxi-2026@1'],
    [288, 'shanxi-2026@2'],
    [360, 'zhejiang-2014@1'],
  ]);
  const books = await running.db.model(accountBooks).find({}).sort({ _id: 1 }).lean();
  expect(books.map((book) => [book._id, book.entries])).toEqual([
    ['tch_1/2025', 1],
    ['tch_1/2026', 3],
  ]);
});
