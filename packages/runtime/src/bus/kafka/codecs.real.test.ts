import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { kafkaSettings } from '../conformance/node.ts';
import type { InboundMessage } from '../port.ts';
import { kafkaClient } from './client.ts';
import { KafkaBus } from './kafka-bus.ts';
import { withAdmin } from './topics.ts';

const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
const run = `codecs-${Date.now().toString(36)}`;
const settings = kafkaSettings(run);
let bus: KafkaBus | undefined;

afterEach(async () => {
  await bus?.stop();
});

/** The topic's own compression makes the broker compress anew, with the codecs of the Java client. */
async function createTopics(): Promise<void> {
  await withAdmin(kafkaClient(settings), (admin) =>
    admin.createTopics({
      waitForLeaders: true,
      topics: codecs.map((codec) => ({
        topic: `${run}.${codec}`,
        numPartitions: 1,
        replicationFactor: 1,
        configEntries: [{ name: 'compression.type', value: codec }],
      })),
    }),
  );
}

test.each([1, 200])(
  'INT-02: batches of %i that others compress with gzip, snappy, lz4 or zstd are read',
  async (count) => {
    if (count === 1) await createTopics();
    bus = new KafkaBus(settings);
    const heard: InboundMessage[] = [];
    bus.subscribe({
      group: `reader-${count}`,
      topics: [...codecs],
      onBatch: async ({ messages }) => {
        heard.push(...messages);
      },
    });
    const texts = Array.from({ length: count }, (_, at) => `教师 ${at} of ${count} `.repeat(40));
    await bus.publish(
      codecs.flatMap((topic) =>
        texts.map((value) => ({ topic, key: 'one', value, headers: { ce_id: value } })),
      ),
    );
    const of = (topic: string) =>
      heard.filter((message) => message.topic === topic).map(({ value }) => value.toString());
    const complete = () => codecs.every((codec) => of(codec).includes(texts.at(-1) ?? ''));
    for (let tries = 0; tries < 300 && !complete(); tries += 1) await sleep(100);
    for (const codec of codecs) expect(of(codec).slice(-count)).toEqual(texts);
  },
);
