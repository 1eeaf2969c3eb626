/**
 * What a service does with what it hears. The chain, in order: trace → envelope and contract → inbox → handler with
 * deadline → retry of the transient → dead letter. A message that can't be absorbed never stops its partition, and
 * none is ever dropped in silence.
 */
import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { FaultPoint } from '../bus/fault-point.ts';
import type { EventBus, GroupHealth, InboundBatch, Listening } from '../bus/port.ts';
import type { Database } from '../database.ts';
import type { LivenessProbe } from '../health.ts';
import { inSpan } from '../telemetry/traces.ts';
import type { RunOptions } from '../unit/run.ts';
import { Absorber } from './absorber.ts';
import { groupByType } from './group-by-type.ts';
import type { EventHandler, HandlerContext } from './handler.ts';
import { type ConsumerMetrics, consumerMetrics } from './metrics.ts';
import { type Poison, readMessage, type SoundEvent } from './read.ts';
import { redriveForever } from './redrive.ts';
import { topicsHeard, topicsOf } from './topics.ts';

export type ConsumerOptions = {
  readonly db: Database;
  readonly bus: EventBus;
  /** How units are run; its service is the consumer group's name. */
  readonly run: RunOptions;
  readonly handlers: readonly EventHandler[];
  readonly context: HandlerContext;
  readonly log: Logger;
  readonly metrics?: Registry;
  /** One try of a handler, in milliseconds. */
  readonly deadlineMs?: number;
  /** Tries of an event that fails alone, before it becomes a dead letter. */
  readonly attempts?: number;
  /** How long an absorbed event is remembered. */
  readonly inboxDays?: number;
  /** Batches in a row that may fail before the process is declared dead, so that it is started anew. */
  readonly failuresLimit?: number;
  readonly faultPoint?: FaultPoint;
};

export type Consumers = {
  readonly health: () => GroupHealth;
  /** Not live: stuck, or failing again and again. An absent broker or database alone doesn't make it so. */
  readonly liveness: LivenessProbe;
  /** Finishes the batch in hand and leaves the group. */
  readonly stop: () => Promise<void>;
};

const defaults = { deadlineMs: 5_000, attempts: 3, inboxDays: 30, failuresLimit: 100 };
/** Longer than any single step of an adapter that works: a connect, a rebuilt consumer, a back-off. */
const silentLimitMs = 120_000;

/** Listens for the service, and takes up the dead letters that operators redrive. Never waits for the broker. */
export function startConsumers(options: ConsumerOptions): Consumers {
  const { bus, handlers, run, db, log } = options;
  const chain = new Chain(options);
  bus.declareTopics(topicsOf(run.service, handlers));
  const listening = bus.subscribe({
    group: run.service,
    topics: topicsHeard(handlers),
    onBatch: (batch) => chain.absorb(batch),
  });
  const stopping = new AbortController();
  const { absorber, byType } = chain;
  const redriving = redriveForever(
    { db, absorber, handlers: byType, log, secrets: options.context.personalDataKey },
    stopping.signal,
  );
  chain.metrics?.watch(() => listening.health());
  return {
    health: () => listening.health(),
    liveness: () => livenessOf(listening, options.failuresLimit ?? defaults.failuresLimit),
    stop: async () => {
      stopping.abort();
      await Promise.all([listening.stop(), redriving]);
    },
  };
}

function livenessOf(listening: Listening, failuresLimit: number): ReturnType<LivenessProbe> {
  const { failuresInARow, lastPollAt, lastTryAt } = listening.health();
  if (failuresInARow >= failuresLimit) {
    return { live: false, reason: `${failuresInARow} batches in a row were not absorbed` };
  }
  const lastSign = Math.max(lastTryAt.getTime(), lastPollAt?.getTime() ?? 0);
  const silentMs = Date.now() - lastSign;
  if (silentMs <= silentLimitMs) return { live: true };
  return { live: false, reason: `the consumer gave no sign for ${Math.round(silentMs / 1_000)} s` };
}

class Chain {
  readonly absorber: Absorber;
  readonly byType: ReadonlyMap<string, readonly EventHandler[]>;
  readonly metrics: ConsumerMetrics | undefined;
  readonly #options: ConsumerOptions;
  readonly #contracts: ReadonlyMap<string, EventHandler['contract']>;

  constructor(options: ConsumerOptions) {
    const { db, run, context, handlers } = options;
    this.#options = options;
    this.byType = Map.groupBy(handlers, ({ contract }) => contract.type);
    this.#contracts = new Map(handlers.map(({ contract }) => [contract.type, contract]));
    this.metrics = options.metrics && consumerMetrics(options.metrics, db);
    const { deadlineMs, attempts, inboxDays } = { ...defaults, ...withoutUndefined(options) };
    this.absorber = new Absorber({ db, run, context, deadlineMs, attempts, inboxDays });
  }

  /** Rejects only when the same batch must come again. */
  async absorb(batch: InboundBatch): Promise<void> {
    const name = `absorb ${batch.topic}`;
    const { traceparent } = batch.messages[0]?.headers ?? {};
    const attributes = { 'messaging.batch.message_count': batch.messages.length };
    await inSpan({ name, traceparent, kind: SpanKind.CONSUMER, attributes }, async () => {
      const { sound, poison } = this.#read(batch);
      await this.#options.faultPoint?.('before-handle');
      if (poison.length > 0) await this.#bury(poison);
      const keyOf = (event: SoundEvent) => event.envelope.subject;
      for (const { type, events } of groupByType(sound, keyOf, ({ envelope }) => envelope.type)) {
        const became = await this.absorber.absorb(events, this.byType.get(type) ?? []);
        this.metrics?.absorbed(type, became);
      }
      await this.#options.faultPoint?.('after-commit-before-ack');
    });
  }

  #read(batch: InboundBatch): { sound: SoundEvent[]; poison: Poison[] } {
    const sound: SoundEvent[] = [];
    const poison: Poison[] = [];
    for (const message of batch.messages) {
      if (!this.#isMine(message.headers)) continue;
      const reading = readMessage(message, this.#contracts);
      if (reading.is === 'sound') sound.push(reading.event);
      else if (reading.is === 'poison') poison.push(reading.poison);
      else this.metrics?.ignored(batch.topic);
    }
    return { sound, poison };
  }

  async #bury(poison: readonly Poison[]): Promise<void> {
    const buried = await this.absorber.bury(poison);
    this.metrics?.buried(buried);
    const [first] = poison;
    this.#options.log.error(
      { dead: buried, topic: first?.message.topic, cause: first?.cause },
      'messages that nobody can read became dead letters',
    );
  }

  /** A redelivery may be meant for another group alone. */
  #isMine(headers: Readonly<Record<string, string>>): boolean {
    const { redeliver_to: only } = headers;
    return only === undefined || only === this.#options.run.service;
  }
}

function withoutUndefined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
