import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { type RunningKafka, startKafka } from './kafka.ts';

let folder: string;
let running: RunningKafka | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-kafka-'));
});

afterAll(async () => {
  await running?.stop();
  await rm(folder, { recursive: true, force: true });
});

const topic = 'proof';

function clientOf({ brokers }: RunningKafka): Kafka {
  return new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
}

async function send(kafka: RunningKafka, value: string): Promise<void> {
  const producer = clientOf(kafka).producer();
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ value }] });
  await producer.disconnect();
}

async function received(kafka: RunningKafka, count: number): Promise<string[]> {
  const consumer = clientOf(kafka).consumer({ groupId: 'proof' });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          values.push(String(message.value));
          if (values.length === count) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return values;
}

test('messages are there after kill -9 and a restart on the same port', async () => {
  running = await startKafka({ dataFolder: folder });
  const admin = clientOf(running).admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1 }] });
  await admin.disconnect();
  await send(running, 'before');
  const before = running.pid();
  await running.restart();
  expect(running.pid()).not.toBe(before);
  await send(running, 'after');
  expect(await received(running, 2)).toEqual(['before', 'after']);
});

test('the same data folder serves on another port, as it does after every start of the platform', async () => {
  await running?.stop();
  running = await startKafka({ dataFolder: folder });
  await send(running, 'later');
  expect(await received(running, 3)).toEqual(['before', 'after', 'later']);
});
