/** Puts messages on Kafka as a stranger would, and reads every topic of a prefix from its beginning to its end. */
import { createLogger, readTopics, type TopicMessage } from '@shixun/runtime';
import { kafkaClient } from '../../packages/runtime/src/bus/kafka/client.ts';
import { withAdmin } from '../../packages/runtime/src/bus/kafka/topics.ts';
import type { Poison } from './planted-poison.ts';

const settingsOf = (topicPrefix: string) => ({
  brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
  clientId: 'planted',
  topicPrefix,
  replicationFactor: 1,
  log: createLogger('planted', 'silent'),
});

export async function publish(prefix: string, messages: readonly Poison[]): Promise<void> {
  const producer = kafkaClient(settingsOf(prefix)).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    for (const { topic, ...message } of messages) {
      await producer.send({ topic: prefix + topic, messages: [message] });
    }
  } finally {
    await producer.disconnect();
  }
}

/** Every message of those topics, named without the prefix; of every topic there is when none is named. */
export async function everyMessage(
  prefix: string,
  topics?: readonly string[],
): Promise<ReadonlyMap<string, readonly TopicMessage[]>> {
  const settings = settingsOf(prefix);
  if (topics !== undefined) return readTopics(settings, topics);
  const all = await withAdmin(kafkaClient(settings), (admin) => admin.listTopics());
  const ours = all.filter((topic) => topic.startsWith(prefix));
  return readTopics(
    settings,
    ours.map((topic) => topic.slice(prefix.length)),
  );
}
