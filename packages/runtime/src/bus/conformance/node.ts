/**
 * What the conformance suite runs on a bus: things that are counted. A teller counts 1, 2, 3 … for each thing; a
 * hearer writes the numbers down in the order in which they took effect. Whatever was lost, doubled or turned
 * round can be read off its rows.
 */
import { defineEvent, type Owner } from '@shixun/contracts';
import { pino } from 'pino';
import { z } from 'zod';
import { connectDatabase, type Database, defineCollection, type RowBase } from '../../database.ts';
import { type Consumers, startConsumers } from '../../inbox/consumer.ts';
import { type EventHandler, on } from '../../inbox/handler.ts';
import { eventCollections } from '../../inbox/store.ts';
import { OutboxRelay } from '../../outbox/relay.ts';
import { PolicyBook, policyRows } from '../../policies.ts';
import { runUnit } from '../../unit/run.ts';
import { streamHeads } from '../../unit/streams.ts';
import type { FaultPoint } from '../fault-point.ts';
import { InProcessBus } from '../in-process.ts';
import type { KafkaSettings } from '../kafka/client.ts';
import { KafkaBus } from '../kafka/kafka-bus.ts';
import type { EventBus } from '../port.ts';

export const counted = defineEvent({
  type: 'courses.conformance.counted.v1',
  topic: 'courses.conformance',
  compacted: false,
  subject: 'thing',
  description: { zh: '一致性测试', en: 'A thing was counted once more' },
  data: z.strictObject({ thing: z.string().min(1), number: z.int().min(1) }),
  example: { thing: 'a', number: 1 },
});

/** A second type on the same topic, so that batches hold several. */
export const recounted = { ...counted, type: 'courses.conformance.recounted.v1' as const };

export type HeardRow = RowBase & { readonly numbers: readonly number[] };

export const heardRows = defineCollection<HeardRow>('heard', { numbers: { type: [Number] } }, []);

/** Writes every number down where it belongs; `before` may throw. */
export function writeDown(before?: (thing: string) => void | Promise<void>): EventHandler[] {
  return [counted, recounted].map((contract) =>
    on(contract, async (events, unit) => {
      for (const { data } of events) {
        await before?.(data.thing);
        unit.upsert(heardRows, { _id: data.thing }, { $push: { numbers: data.number } });
      }
    }),
  );
}

export const quiet = pino({ level: process.env.CONFORMANCE_LOG ?? 'silent' });

export type Place = { readonly uri: string; readonly database: string };

export async function openPlace({ uri, database }: Place): Promise<Database> {
  const db = await connectDatabase({ uri, database });
  const own = [...eventCollections, heardRows, streamHeads, policyRows];
  await db.ensureIndexes(own as Parameters<Database['ensureIndexes']>[0]);
  return db;
}

/** Things told from number `from` to `to`, both types by turns, each unit of work telling of several things. */
export async function tell(
  db: Database,
  things: readonly string[],
  from: number,
  to: number,
  onOutbox?: () => void,
): Promise<void> {
  for (let number = from; number <= to; number += 1) {
    const contract = number % 3 === 0 ? recounted : counted;
    await runUnit(
      db,
      async (unit) => {
        for (const thing of things) unit.emit(contract, thing, { thing, number });
      },
      { service: 'courses', onOutbox, deadlineMs: 30_000 },
    );
  }
}

export type HearOptions = {
  readonly handlers?: readonly EventHandler[];
  readonly faultPoint?: FaultPoint;
  readonly deadlineMs?: number;
};

export function hear(
  db: Database,
  bus: EventBus,
  service: Owner,
  options: HearOptions = {},
): Consumers {
  const { faultPoint } = options;
  return startConsumers({
    db,
    bus,
    run: { service, faultPoint: (name) => faultPoint?.(name as Parameters<FaultPoint>[0]) },
    handlers: options.handlers ?? writeDown(),
    context: { policies: new PolicyBook(db), personalDataKey: Buffer.alloc(32) },
    log: quiet,
    deadlineMs: options.deadlineMs ?? 5_000,
    ...(faultPoint ? { faultPoint } : {}),
  });
}

export function relayOf(db: Database, bus: EventBus, faultPoint?: FaultPoint): OutboxRelay {
  const relay = new OutboxRelay({
    db,
    bus,
    service: 'courses',
    log: quiet,
    leaseMs: 1_000,
    batchSize: 200,
    ...(faultPoint ? { faultPoint } : {}),
  });
  relay.start();
  return relay;
}

export type BusName = 'kafka' | 'in-process';

/** Topics and groups of each run carry its name, so that runs on one broker keep apart. */
export function kafkaSettings(run: string): KafkaSettings {
  return {
    brokers: String(process.env.KAFKA_BROKERS).split(','),
    clientId: 'conformance',
    topicPrefix: `${run}.`,
    replicationFactor: 1,
    sessionMs: 6_000,
    log: quiet,
  };
}

/** A bus as one process would open it. */
export function openBus(name: BusName, run: string, expected: readonly Owner[] = []): EventBus {
  if (name === 'in-process') return new InProcessBus({ expected, log: quiet });
  return new KafkaBus(kafkaSettings(run));
}
