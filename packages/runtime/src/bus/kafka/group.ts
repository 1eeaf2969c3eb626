/**
 * One consumer group's member. kafkajs may end a consumer for good while the process looks healthy, or restart it
 * un-awaited; so it is never allowed to restart by itself: every crash, stall or failed connect ends in this
 * loop, which builds a new consumer until it is told to stop.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import { BackOff } from '../back-off.ts';
import type { GroupHealth, InboundMessage, Listening, Subscription } from '../port.ts';

export type GroupOptions = {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
  readonly sessionMs: number | undefined;
  readonly log: Logger;
  /** Resolves when the declared topics exist; subscribing before that would fail. */
  readonly topicsReady: () => Promise<void>;
};

/** The coordinator gives a member that is silent for so long up. Heartbeats go out while a handler works, too. */
const defaultSessionMs = 10_000;
const heartbeatMs = 2_000;
/** How long a rebalance waits for a member that is still at work; a handler's deadline is shorter. */
const rebalanceMs = 20_000;
/** A consumer that neither polls nor beats for so long is replaced. */
const stalledMs = 45_000;
const stopMs = 15_000;
/** Messages given to the handler at once: one transaction for each type among them. */
const sliceSize = 500;
const partitionsAtOnce = 3;

export class KafkaGroup implements Listening {
  readonly #options: GroupOptions;
  readonly #subscription: Subscription;
  readonly #stopping = new AbortController();
  readonly #reconnects = new BackOff(200, 5_000);
  /** Pauses after failures, by topic and partition. */
  readonly #pauses = new Map<string, BackOff>();
  readonly #resumes = new Set<NodeJS.Timeout>();
  readonly #lag = new Map<string, number>();
  readonly #living: Promise<void>;
  #connected = false;
  #lastPollAt: Date | null = null;
  #lastTryAt = new Date();
  #failuresInARow = 0;

  constructor(options: GroupOptions, subscription: Subscription) {
    this.#options = options;
    this.#subscription = subscription;
    this.#living = this.#live();
  }

  health(): GroupHealth {
    return {
      group: this.#subscription.group,
      connected: this.#connected,
      lastPollAt: this.#lastPollAt,
      lastTryAt: this.#lastTryAt,
      lag: [...this.#lag.values()].reduce((sum, lag) => sum + lag, 0),
      failuresInARow: this.#failuresInARow,
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#resumes) clearTimeout(timer);
    await this.#living;
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#lastTryAt = new Date();
      const consumer = this.#newConsumer();
      try {
        await this.#consumeUntilItEnds(consumer);
      } catch (error) {
        this.#tell(error);
      }
      this.#connected = false;
      this.#lag.clear();
      // Leaves the group, so that the others get the partitions without waiting for the session to end.
      const gone = consumer.disconnect().catch(() => undefined);
      await Promise.race([gone, sleep(stopMs, undefined, { ref: false })]);
      if (!signal.aborted) await this.#reconnects.wait(signal);
    }
  }

  #newConsumer(): Consumer {
    return this.#options.kafka.consumer({
      groupId: this.#options.topicPrefix + this.#subscription.group,
      allowAutoTopicCreation: false,
      sessionTimeout: this.#options.sessionMs ?? defaultSessionMs,
      rebalanceTimeout: rebalanceMs,
      heartbeatInterval: heartbeatMs,
      metadataMaxAge: 30_000,
      maxBytesPerPartition: 256 * 1_024,
      maxBytes: 2 * 1_024 * 1_024,
      maxWaitTimeInMs: 500,
      retry: { retries: 5, restartOnFailure: async () => false },
    });
  }

  /** Returns when told to stop; throws when the consumer crashed or stalled. */
  async #consumeUntilItEnds(consumer: Consumer): Promise<void> {
    const { signal } = this.#stopping;
    const ended = Promise.withResolvers<void>();
    consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => this.#joined());
    for (const sign of [consumer.events.FETCH, consumer.events.HEARTBEAT] as const) {
      consumer.on(sign, () => {
        this.#lastPollAt = new Date();
      });
    }
    // A crash may come while nobody waits for it yet.
    ended.promise.catch(() => undefined);
    signal.addEventListener('abort', () => ended.resolve(), { once: true });
    const watch = setInterval(() => {
      const signs = [this.#lastPollAt ?? this.#lastTryAt, this.#lastTryAt];
      const silentMs = Date.now() - Math.max(...signs.map((sign) => sign.getTime()));
      if (silentMs > stalledMs) ended.reject(new Error(`no poll or heartbeat for ${silentMs} ms`));
    }, heartbeatMs);
    let over = false;
    try {
      await Promise.race([this.#run(consumer, () => over), ended.promise]);
      await ended.promise;
    } finally {
      over = true;
      clearInterval(watch);
    }
  }

  /** Connects and begins to consume. It may be given up in the middle: then it must not join the group any more. */
  async #run(consumer: Consumer, isOver: () => boolean): Promise<void> {
    await this.#options.topicsReady();
    if (isOver()) return;
    await consumer.connect();
    const topics = this.#subscription.topics.map((topic) => this.#options.topicPrefix + topic);
    if (!isOver()) await consumer.subscribe({ topics, fromBeginning: true });
    if (isOver()) return consumer.disconnect();
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: (payload) => this.#takeBatch(payload),
    });
    if (isOver()) await consumer.disconnect();
  }

  #joined(): void {
    this.#connected = true;
    this.#lastPollAt = new Date();
    this.#reconnects.reset();
    this.#lag.clear();
  }

  /** Hands a fetched batch on in slices; each slice's offset is committed after its effects are. */
  async #takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, isRunning, isStale } = payload;
    let lost: unknown;
    const beating = setInterval(() => {
      heartbeat().catch((error: unknown) => {
        lost = error;
      });
    }, heartbeatMs);
    try {
      for (let at = 0; at < batch.messages.length; at += sliceSize) {
        // Another member may have the partition by now, or the group is being stopped.
        if (lost !== undefined) throw lost;
        if (!isRunning() || isStale()) return;
        const slice = batch.messages.slice(at, at + sliceSize);
        if (!(await this.#absorb(payload, slice))) return;
        await this.#commit(payload, slice);
      }
    } finally {
      clearInterval(beating);
    }
  }

  /** False when the handler could not take the slice: its partition then rests, and brings it again. */
  async #absorb({ batch, pause }: EachBatchPayload, slice: KafkaMessage[]): Promise<boolean> {
    const topic = batch.topic.slice(this.#options.topicPrefix.length);
    const lane = `${topic}/${batch.partition}`;
    try {
      const messages = slice.map((message) => inbound(topic, batch.partition, message));
      await this.#subscription.onBatch({ topic, messages });
      this.#pauses.delete(lane);
      this.#failuresInARow = 0;
      return true;
    } catch (error) {
      this.#failuresInARow += 1;
      const backOff = this.#pauses.get(lane) ?? new BackOff(500, 5_000);
      this.#pauses.set(lane, backOff);
      const resume = pause();
      const timer = setTimeout(() => {
        this.#resumes.delete(timer);
        resume();
      }, backOff.nextMs());
      this.#resumes.add(timer);
      this.#options.log.warn({ err: error, lane }, 'events not absorbed; their partition rests');
      return false;
    }
  }

  async #commit(payload: EachBatchPayload, slice: KafkaMessage[]): Promise<void> {
    const { topic, partition, highWatermark } = payload.batch;
    const last = slice.at(-1);
    if (!last) return;
    payload.resolveOffset(last.offset);
    const next = BigInt(last.offset) + 1n;
    this.#lag.set(`${topic}/${partition}`, Number(BigInt(highWatermark) - next));
    await payload.commitOffsetsIfNecessary({
      topics: [{ topic, partitions: [{ partition, offset: next.toString() }] }],
    });
    await payload.heartbeat();
  }

  #tell(error: unknown): void {
    const tries = this.#reconnects.tries + 1;
    const { group } = this.#subscription;
    this.#options.log[tries === 1 || tries % 20 === 0 ? 'warn' : 'debug'](
      { err: error, group, tries },
      'the consumer ended; building a new one',
    );
  }
}

function inbound(topic: string, partition: number, message: KafkaMessage): InboundMessage {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => {
    const [first] = Array.isArray(value) ? value : [value];
    return [name, first === undefined ? '' : first.toString()] as const;
  });
  return {
    topic,
    key: message.key === null ? null : message.key.toString(),
    value: message.value ?? Buffer.alloc(0),
    headers: Object.fromEntries(headers),
    position: `${partition}/${message.offset}`,
  };
}
