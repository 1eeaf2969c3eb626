/** The broker dies for half a minute in the middle of the story: teachers notice nothing, events arrive later, once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningKafka, startKafka } from '@shixun/infra/local/kafka';
import { tellStory } from '@shixun/infra/story/story';
import { startTestPlatform, type TestPlatform } from '../journeys/platform.ts';
import { expectBooksAgree } from './books.ts';

const downMs = 30_000;

let folder: string;
let kafka: RunningKafka;
let platform: TestPlatform;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-no-broker-'));
  kafka = await startKafka({ dataFolder: join(folder, 'kafka') });
  platform = await startTestPlatform({ kafka: true, brokers: kafka.brokers });
}, 180_000);

afterAll(async () => {
  await platform?.close();
  await kafka?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('CRD-03, INT-02: a broker that is dead for 30 s in the middle of the story loses and doubles nothing', async () => {
  let outage: Promise<void> | undefined;
  const { world, services } = platform;
  const told = await tellStory({
    ...world,
    tell: (sentence) => {
      // From the moment the menu is seen: choosing, training and completion happen without a broker.
      if (outage === undefined && sentence.en.includes('opens the menu')) outage = brokerDown();
    },
  });
  await outage;
  expect(outage).toBeDefined();
  expect(told.page.creditStanding.hours).toBe('72.00');
  const [prefix = ''] = services.courses.db.connection.name.split('courses');
  await expectBooksAgree(prefix, told);
}, 300_000);

async function brokerDown(): Promise<void> {
  await kafka.kill();
  await sleep(downMs);
  await kafka.restart();
}
