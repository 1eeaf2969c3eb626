import type { Admin, ITopicConfig, Kafka } from 'kafkajs';
import type { TopicSpec } from '../port.ts';
import type { KafkaSettings } from './client.ts';

/** Enough for six consumers of one group; order per key holds only while the number stays. */
export const PARTITIONS = 6;

const factsKeptMs = 365 * 24 * 60 * 60 * 1_000;

/** Creates the topics that don't exist yet; those that exist are left as they are. Throws when the broker is away. */
export async function ensureTopics(
  kafka: Kafka,
  settings: KafkaSettings,
  topics: readonly TopicSpec[],
): Promise<void> {
  await withAdmin(kafka, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = topics
      .map((spec) => topicConfig(spec, settings))
      .filter((config) => !existing.has(config.topic));
    if (missing.length === 0) return;
    await admin
      .createTopics({ topics: missing, waitForLeaders: true, timeout: 10_000 })
      .catch(async (error: unknown) => {
        // Services that start together create the same topics; what counts is that they are there.
        const now = new Set(await admin.listTopics());
        if (missing.some((config) => !now.has(config.topic))) throw error;
      });
  });
}

/** Connects an admin client for one errand. */
export async function withAdmin<T>(kafka: Kafka, errand: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await errand(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

function topicConfig(spec: TopicSpec, settings: KafkaSettings): ITopicConfig {
  const { replicationFactor, topicPrefix } = settings;
  const kept = spec.compacted
    ? [{ name: 'cleanup.policy', value: 'compact' }]
    : [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: String(factsKeptMs) },
      ];
  return {
    topic: topicPrefix + spec.topic,
    numPartitions: PARTITIONS,
    replicationFactor,
    configEntries: [
      ...kept,
      { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
      { name: 'unclean.leader.election.enable', value: 'false' },
    ],
  };
}
