/**
 * Creates every topic of the platform that does not exist yet, by the same code with which the services see to theirs,
 * and ends: so that a cluster's topics can stand, with their replication, before the first service starts.
 */
import { service as courses } from '@shixun/courses';
import { service as credits } from '@shixun/credits';
import { service as evaluation } from '@shixun/evaluation';
import { service as registry } from '@shixun/registry';
import {
  ConfigInvalid,
  createLogger,
  readEnvironment,
  serviceEnvironment,
  topicsOf,
} from '@shixun/runtime';
import { z } from 'zod';
import { kafkaClient } from '../../packages/runtime/src/bus/kafka/client.ts';
import { ensureTopics } from '../../packages/runtime/src/bus/kafka/topics.ts';

const { shape } = serviceEnvironment;

/** What this program reads from its environment: the services' own words for it. */
const topicsEnvironment = z.object({
  KAFKA_BROKERS: shape.KAFKA_BROKERS.unwrap().min(1),
  KAFKA_TOPIC_PREFIX: shape.KAFKA_TOPIC_PREFIX,
  KAFKA_REPLICATION_FACTOR: shape.KAFKA_REPLICATION_FACTOR,
  LOG_LEVEL: shape.LOG_LEVEL,
});

async function createTopics(): Promise<void> {
  const env = readEnvironment(topicsEnvironment, process.env);
  const log = createLogger('topics', env.LOG_LEVEL);
  const needed = [registry, courses, credits, evaluation].flatMap(({ name, allHandlers }) =>
    topicsOf(name, allHandlers),
  );
  const topics = [...new Map(needed.map((spec) => [spec.topic, spec])).values()];
  const settings = {
    brokers: env.KAFKA_BROKERS.split(','),
    clientId: 'topics',
    topicPrefix: env.KAFKA_TOPIC_PREFIX,
    replicationFactor: env.KAFKA_REPLICATION_FACTOR,
    log,
  };
  await ensureTopics(kafkaClient(settings), settings, topics);
  log.info({ topics: topics.map(({ topic }) => settings.topicPrefix + topic) }, 'topics exist');
}

try {
  await createTopics();
} catch (error) {
  if (!(error instanceof ConfigInvalid)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
