/** infra/topics/create.ts on a real broker: what the topics job of Kubernetes and compose runs. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { allEvents } from '@shixun/contracts';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import kafkajs from 'kafkajs';

const execute = promisify(execFile);
const brokers = String(process.env.KAFKA_BROKERS);
const prefix = `operations-${randomUUID().slice(0, 8)}.`;
const { Kafka, ConfigResourceTypes, logLevel } = kafkajs;
const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();

/** Runs the program with nothing in its environment but what is given. */
function create(env: Readonly<Record<string, string>>) {
  const program = join(projectRoot, 'infra', 'topics', 'create.ts');
  const PATH = String(process.env.PATH);
  return execute(process.execPath, [program], { env: { PATH, ...env }, timeout: 60_000 });
}

const given = { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: prefix, KAFKA_REPLICATION_FACTOR: '1' };

async function ours(): Promise<readonly string[]> {
  return (await admin.listTopics()).filter((topic) => topic.startsWith(prefix)).sort();
}

afterAll(async () => {
  await admin.deleteTopics({ topics: [...(await ours())] });
  await admin.disconnect();
});

test('creates every topic and its dead letters once, with the retention of each', async () => {
  await admin.connect();
  await create(given);
  const made = await ours();
  const told = [...new Set(allEvents.map(({ topic }) => prefix + topic))];
  expect(made).toEqual(expect.arrayContaining(told));
  expect(made).toContain(`${prefix}credits.dead.courses.completion`);
  const { topics } = await admin.fetchTopicMetadata({ topics: [...made] });
  expect(topics.map(({ partitions }) => partitions.length)).toEqual(made.map(() => 6));

  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: ['registry.teacher', 'courses.completion'].map((topic) => ({
      type: ConfigResourceTypes.TOPIC,
      name: prefix + topic,
      configNames: ['cleanup.policy', 'unclean.leader.election.enable'],
    })),
  });
  const configs = resources.map(({ configEntries }) =>
    configEntries.map(({ configValue }) => configValue),
  );
  expect(configs).toEqual([
    ['compact', 'false'],
    ['delete', 'false'],
  ]);

  await create(given);
  expect(await ours()).toEqual(made);
});

test('names what its environment lacks, and leaves with 1', async () => {
  const missing = create({ KAFKA_TOPIC_PREFIX: prefix, KAFKA_REPLICATION_FACTOR: 'three' });
  await expect(missing).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/KAFKA_BROKERS[\s\S]*KAFKA_REPLICATION_FACTOR/),
  });
});
