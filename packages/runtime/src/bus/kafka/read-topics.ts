/** Reads topics as they stand, for who looks and does not take part: verifiers, operators, tests. */
import { randomUUID } from 'node:crypto';
import type { Admin, Consumer } from 'kafkajs';
import { type KafkaSettings, kafkaClient } from './client.ts';
import { withAdmin } from './topics.ts';

export type TopicMessage = {
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Every message of the topics, from their beginning to where they end now; a partition's are in order. A topic that
 * does not exist holds nothing. Names carry no prefix. Nobody's place in the topics is moved.
 */
export async function readTopics(
  settings: KafkaSettings,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly TopicMessage[]>> {
  const kafka = kafkaClient(settings);
  const read = new Map<string, TopicMessage[]>(topics.map((topic) => [topic, []]));
  await withAdmin(kafka, async (admin) => {
    const awaited = await endsOf(admin, settings.topicPrefix, topics);
    if (awaited.size === 0) return;
    const groupId = `${settings.topicPrefix}reader-${randomUUID()}`;
    const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false });
    try {
      await readUntil(consumer, awaited, (topic, message) => {
        read.get(topic.slice(settings.topicPrefix.length))?.push(message);
      });
    } finally {
      await consumer.disconnect();
      await admin.deleteGroups([groupId]).catch(() => undefined);
    }
  });
  return read;
}

/** The last offset of each partition that holds anything, by topic. */
type Ends = Map<string, Map<number, bigint>>;

async function endsOf(admin: Admin, prefix: string, topics: readonly string[]): Promise<Ends> {
  const existing = new Set(await admin.listTopics());
  const ends: Ends = new Map();
  for (const topic of topics.map((each) => prefix + each).filter((each) => existing.has(each))) {
    const filled = (await admin.fetchTopicOffsets(topic)).filter(({ low, high }) => low !== high);
    if (filled.length === 0) continue;
    ends.set(topic, new Map(filled.map(({ partition, high }) => [partition, BigInt(high) - 1n])));
  }
  return ends;
}

async function readUntil(
  consumer: Consumer,
  awaited: Ends,
  take: (topic: string, message: TopicMessage) => void,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  consumer.on(consumer.events.CRASH, ({ payload }) => done.reject(payload.error));
  await consumer.connect();
  await consumer.subscribe({ topics: [...awaited.keys()], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [
        name,
        String(value),
      ]);
      take(topic, {
        key: message.key?.toString() ?? null,
        value: message.value?.toString() ?? '',
        headers: Object.fromEntries(headers),
      });
      const ends = awaited.get(topic);
      if (BigInt(message.offset) < (ends?.get(partition) ?? 0n)) return;
      ends?.delete(partition);
      if (ends?.size === 0) awaited.delete(topic);
      if (awaited.size === 0) done.resolve();
    },
  });
  await done.promise;
}
