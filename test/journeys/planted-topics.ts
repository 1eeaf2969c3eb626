/** Puts messages on Kafka as a stranger would, and reads every topic of a prefix from its beginning to its end. */
import { randomUUID } from 'node:crypto';
import { createLogger } from '@shixun/runtime';
import { kafkaClient } from '../../packages/runtime/src/bus/kafka/client.ts';
import type { Poison } from './planted-poison.ts';

function client(topicPrefix: string) {
  return kafkaClient({
    brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'planted',
    topicPrefix,
    replicationFactor: 1,
    log: createLogger('planted', 'silent'),
  });
}

export async function publish(prefix: string, messages: readonly Poison[]): Promise<void> {
  const producer = client(prefix).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    for (const { topic, ...message } of messages) {
      await producer.send({ topic: prefix + topic, messages: [message] });
    }
  } finally {
    await producer.disconnect();
  }
}

export type Read = {
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Every message of every topic whose name begins so. */
export async function everyMessage(prefix: string): Promise<ReadonlyMap<string, readonly Read[]>> {
  const kafka = client(prefix);
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  /** Messages still to come, by topic and partition. */
  const awaited = new Map<string, bigint>();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      if (BigInt(high) > BigInt(low)) awaited.set(`${topic}/${partition}`, BigInt(high) - 1n);
    }
  }
  const read = new Map<string, Read[]>(topics.map((topic) => [topic, []]));
  const groupId = `${prefix}reader-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false });
  await consumer.connect();
  try {
    if (awaited.size > 0) {
      await consumer.subscribe({ topics, fromBeginning: true });
      const { promise: all, resolve } = Promise.withResolvers<void>();
      await consumer.run({
        eachMessage: async ({ topic, partition, message }) => {
          const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [
            name,
            String(value),
          ]);
          read.get(topic)?.push({
            key: message.key?.toString() ?? null,
            value: message.value?.toString() ?? '',
            headers: Object.fromEntries(headers),
          });
          const place = `${topic}/${partition}`;
          if (BigInt(message.offset) >= (awaited.get(place) ?? -1n)) awaited.delete(place);
          if (awaited.size === 0) resolve();
        },
      });
      await all;
    }
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect();
  }
  return read;
}
