/**
 * The bus without a broker: what the relay publishes is handed to the groups of this very process, and counts as
 * published when all of them have absorbed it. The outbox is the log, so nothing here needs to be durable.
 */
import type { Logger } from 'pino';
import { BackOff } from './back-off.ts';
import {
  DeliveryInterrupted,
  type EventBus,
  type GroupHealth,
  type InboundBatch,
  type InboundMessage,
  type Listening,
  type OutboundMessage,
  type Subscription,
} from './port.ts';

/** Messages given to a handler at once. */
const sliceSize = 500;
const retryMs = { first: 100, longest: 5_000 };

export class InProcessBus implements EventBus {
  readonly #log: Logger;
  readonly #groups = new Map<string, LocalGroup>();
  readonly #expected: readonly string[];
  readonly #stopping = new AbortController();
  #complete = false;
  #waiting: (() => void)[] = [];

  /**
   * @param expected the groups that must listen before anything is published: a service that starts a little later
   * than another would otherwise miss what it told.
   */
  constructor(options: { readonly expected: readonly string[]; readonly log: Logger }) {
    this.#expected = options.expected;
    this.#log = options.log;
  }

  async publish(messages: readonly OutboundMessage[]): Promise<void> {
    await this.#everyoneListens();
    const batches = batchesOf(messages);
    const groups = [...this.#groups.values()];
    const done = await Promise.allSettled(
      groups.flatMap((group) => batches.map((batch) => group.deliver(batch))),
    );
    const failed = done.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  subscribe(subscription: Subscription): Listening {
    const { group } = subscription;
    if (this.#groups.has(group)) throw new Error(`the group ${group} listens already`);
    const local = new LocalGroup(subscription, this.#log, () => this.#groups.delete(group));
    this.#groups.set(group, local);
    for (const wake of this.#waiting.splice(0)) wake();
    return local;
  }

  /** Nothing to do: a topic without a broker is a name. */
  declareTopics(): void {}

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#groups.values()].map((group) => group.stop()));
  }

  /** Waits while the services start; once all have listened, a group that is missing is one that stopped. */
  async #everyoneListens(): Promise<void> {
    const missing = () => this.#expected.filter((group) => !this.#groups.has(group));
    while (missing().length > 0) {
      if (this.#complete) throw new DeliveryInterrupted(`${missing().join()} stopped listening`);
      if (this.#stopping.signal.aborted) break;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#stopping.signal.aborted) throw new DeliveryInterrupted('the bus is stopped');
    this.#complete = true;
  }
}

/** One group: a lane per topic, in which batches follow each other in the order in which they were published. */
class LocalGroup implements Listening {
  readonly #subscription: Subscription;
  readonly #log: Logger;
  readonly #onStopped: () => void;
  readonly #stopping = new AbortController();
  readonly #lanes = new Map<string, Promise<void>>();
  #failuresInARow = 0;
  #waiting = 0;
  #lastAbsorbedAt = new Date();

  constructor(subscription: Subscription, log: Logger, onStopped: () => void) {
    this.#subscription = subscription;
    this.#log = log;
    this.#onStopped = onStopped;
  }

  /** Resolves when the group has absorbed the batch; rejects only when the group stops before. */
  async deliver(batch: InboundBatch): Promise<void> {
    const { group, topics } = this.#subscription;
    if (!topics.includes(batch.topic)) return;
    const messages = batch.messages.filter(({ headers }) => isFor(group, headers));
    if (messages.length === 0) return;
    this.#waiting += messages.length;
    const before = this.#lanes.get(batch.topic) ?? Promise.resolve();
    const absorbed = before.then(() => this.#absorbAll({ topic: batch.topic, messages }));
    const settled = absorbed
      .catch(() => undefined)
      .finally(() => {
        this.#waiting -= messages.length;
      });
    this.#lanes.set(batch.topic, settled);
    await absorbed;
  }

  health(): GroupHealth {
    const now = new Date();
    const running = !this.#stopping.signal.aborted;
    return {
      group: this.#subscription.group,
      connected: running,
      lastPollAt: this.#waiting === 0 ? now : this.#lastAbsorbedAt,
      lastTryAt: now,
      lag: this.#waiting,
      failuresInARow: this.#failuresInARow,
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#onStopped();
    await Promise.all(this.#lanes.values());
  }

  async #absorbAll({ topic, messages }: InboundBatch): Promise<void> {
    for (let at = 0; at < messages.length; at += sliceSize) {
      await this.#absorb({ topic, messages: messages.slice(at, at + sliceSize) });
    }
  }

  async #absorb(batch: InboundBatch): Promise<void> {
    const { signal } = this.#stopping;
    const backOff = new BackOff(retryMs.first, retryMs.longest);
    while (!signal.aborted) {
      try {
        await this.#subscription.onBatch(batch);
        this.#failuresInARow = 0;
        this.#lastAbsorbedAt = new Date();
        return;
      } catch (error) {
        this.#failuresInARow += 1;
        const { group } = this.#subscription;
        this.#log.warn(
          { err: error, group, topic: batch.topic },
          'events not absorbed; again soon',
        );
        await backOff.wait(signal);
      }
    }
    throw new DeliveryInterrupted(`the group ${this.#subscription.group} stopped`);
  }
}

/** A redelivery may be meant for one group alone. */
function isFor(group: string, headers: Readonly<Record<string, string>>): boolean {
  const { redeliver_to: only } = headers;
  return only === undefined || only === group;
}

function batchesOf(messages: readonly OutboundMessage[]): InboundBatch[] {
  const topics = new Map<string, InboundMessage[]>();
  for (const { topic, key, value, headers } of messages) {
    const list = topics.get(topic) ?? [];
    topics.set(topic, list);
    const { ce_id: position = '' } = headers;
    list.push({ topic, key, value: Buffer.from(value), headers, position });
  }
  return [...topics].map(([topic, list]) => ({ topic, messages: list }));
}
