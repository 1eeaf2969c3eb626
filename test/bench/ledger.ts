/**
 * How fast completions become ledger entries: the credits service as it runs in production (Kafka → contract → inbox
 * → ledger → outbox → relay), beside a bare kafkajs consumer that only parses the same messages' JSON.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { courses, envelopeOf } from '@shixun/contracts';
import { service } from '@shixun/credits';
import { checkLedger } from '@shixun/credits/ledger';
import { type RunningService, serviceConfig, startService } from '@shixun/runtime';
import { Kafka, logLevel } from 'kafkajs';

export const name = 'ledger';

export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: number;
  /** value ÷ peer. */
  readonly ratio?: number;
};

export type LedgerLoad = { readonly completions: number; readonly teachers: number };

/** A province's order of magnitude: hardly any teacher twice in a batch. */
const load: LedgerLoad = { completions: 60_000, teachers: 100_000 };
const partitions = 6;
const sendSize = 2_000;
const patienceMs = 300_000;

/** Needs MONGODB_URI and KAFKA_BROKERS. */
export async function run({ completions, teachers } = load): Promise<Row[]> {
  const brokers = (process.env.KAFKA_BROKERS ?? '').split(',').filter(Boolean);
  const prefix = `bench-${randomUUID().slice(0, 8)}.`;
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const topic = `${prefix}${courses.completionConfirmed.topic}`;
  await produce(kafka, topic, { completions, teachers });
  const bare = await bareConsumer(kafka, topic, completions);
  const running = await start(prefix);
  try {
    const { perSecond, cpuShare } = await ledgerRate(running, completions);
    const { difference, entries } = await checkLedger(running.db);
    if (difference !== null || entries !== completions) {
      throw new Error(
        `the ledger is wrong after the run: ${JSON.stringify(difference ?? entries)}`,
      );
    }
    const ratio = Number((perSecond / bare).toFixed(4));
    return [
      {
        name: 'completion events → ledger entries',
        value: perSecond,
        unit: 'events/s',
        peer: bare,
        ratio,
      },
      { name: 'of which CPU of the service’s process', value: cpuShare, unit: '%' },
    ];
  } finally {
    await running.db.connection.dropDatabase();
    await running.close();
  }
}

async function produce(kafka: Kafka, topic: string, { completions, teachers }: LedgerLoad) {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic, numPartitions: partitions }],
  });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  for (let from = 0; from < completions; from += sendSize) {
    const count = Math.min(sendSize, completions - from);
    const messages = Array.from({ length: count }, (_, at) => completion(from + at, teachers));
    await producer.send({ topic, acks: -1, messages });
  }
  await producer.disconnect();
}

function completion(number: number, teachers: number) {
  const completionId = `cmp_${randomUUID()}`;
  const teacherId = `tch_${String((number * 7919) % teachers).padStart(36, '0')}`;
  const { completionConfirmed } = courses;
  const data = { ...completionConfirmed.example, completionId, teacherId };
  const subject = data[completionConfirmed.subject as 'completionId' | 'teacherId'];
  const details = { id: `evt_${randomUUID()}`, subject, time: new Date(), sequence: 1, data };
  const value = JSON.stringify(envelopeOf(completionConfirmed, details));
  return { key: subject, value };
}

/** Messages per second of the client alone, JSON parsed. */
async function bareConsumer(kafka: Kafka, topic: string, count: number): Promise<number> {
  const consumer = kafka.consumer({ groupId: `${topic}.bare` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const ended = Promise.withResolvers<number>();
  let from = 0;
  let seen = 0;
  await consumer.run({
    partitionsConsumedConcurrently: 3,
    eachBatch: async ({ batch }) => {
      from ||= performance.now();
      for (const { value } of batch.messages) {
        if (value !== null) JSON.parse(value.toString());
      }
      seen += batch.messages.length;
      if (seen >= count) ended.resolve(performance.now() - from);
    },
  });
  const ms = await ended.promise;
  await consumer.disconnect();
  return Math.round((count / ms) * 1_000);
}

async function start(prefix: string): Promise<RunningService> {
  const env = {
    ...process.env,
    MONGODB_DATABASE: `bench_credits_${randomUUID().slice(0, 8)}`,
    EVENT_BUS: 'kafka',
    KAFKA_TOPIC_PREFIX: prefix,
    AUTH_ISSUER: 'http://127.0.0.1',
    AUTH_JWKS_URL: 'http://127.0.0.1/jwks',
    LOG_LEVEL: 'error',
  };
  return startService(service, serviceConfig(env, { database: 'credits', port: 0 }));
}

/** From the first entry to the last; joining the group is not part of it. */
async function ledgerRate({ db }: RunningService, count: number) {
  const entries = db.connection.collection('entries');
  const deadline = performance.now() + patienceMs;
  let first = { at: 0, seen: 0, cpu: process.cpuUsage() };
  for (;;) {
    const seen = await entries.estimatedDocumentCount();
    const at = performance.now();
    if (first.at === 0 && seen > 0) first = { at, seen, cpu: process.cpuUsage() };
    // The estimate counts what is not committed yet; the end is taken exactly.
    if (seen >= count && (await entries.countDocuments()) === count) {
      const ms = at - first.at;
      const { user, system } = process.cpuUsage(first.cpu);
      const perSecond = Math.round(((seen - first.seen) / ms) * 1_000);
      return { perSecond, cpuShare: Math.round((user + system) / 10 / ms) };
    }
    if (at > deadline) throw new Error(`only ${seen} of ${count} entries after ${patienceMs} ms`);
    await sleep(20);
  }
}
