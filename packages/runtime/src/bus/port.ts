/**
 * The event bus as the outbox relay and the consumers see it. Two adapters stand behind it (Kafka and in
 * process) and one conformance suite says what both promise: at least once, in order per key, nothing lost.
 */

/** What the relay sends: the outbox row's bytes and the headers a broker's tools can read without parsing them. */
export type OutboundMessage = {
  /** Without the environment's prefix. */
  readonly topic: string;
  /** The aggregate's id: messages of one key stay in order. */
  readonly key: string;
  /** CloudEvents 1.0, structured JSON. */
  readonly value: string;
  /** At least `ce_id` and `ce_type`; `traceparent` where there is one. */
  readonly headers: Readonly<Record<string, string>>;
};

export type InboundMessage = {
  readonly topic: string;
  /** Null when a foreign producer gave none. */
  readonly key: string | null;
  /** The original bytes; nobody has looked at them yet. */
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the message lies, in the adapter's own words ("2/1041"); the same at every redelivery. */
  readonly position: string;
};

/** Messages of one topic, in order per key. */
export type InboundBatch = {
  readonly topic: string;
  readonly messages: readonly InboundMessage[];
};

export type Subscription = {
  /** The consumer group: the service's name. Each group gets every message. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Resolves when every message of the batch is absorbed for good. A rejection means that the same messages are
   * brought again later, and none that follow them in their partition before.
   */
  readonly onBatch: (batch: InboundBatch) => Promise<void>;
};

/** A group that listens. */
export type Listening = {
  readonly health: () => GroupHealth;
  /** Finishes the batch in hand and leaves the group, so that others take over without a wait. */
  readonly stop: () => Promise<void>;
};

export type GroupHealth = {
  readonly group: string;
  /** The group is joined and the broker answers. */
  readonly connected: boolean;
  /** Last successful poll or heartbeat; null before the first. */
  readonly lastPollAt: Date | null;
  /** Last sign that the adapter itself still works, be it a failed try to connect. */
  readonly lastTryAt: Date;
  /** Messages known to wait, as of the last batch. */
  readonly lag: number;
  /** Batches in a row that were not absorbed. */
  readonly failuresInARow: number;
};

export type TopicSpec = {
  readonly topic: string;
  /** The last message of each key stays for ever: entity state. Otherwise messages stay for the retention time. */
  readonly compacted: boolean;
};

export interface EventBus {
  /** Resolves only when the messages are durably accepted; after a rejection the outcome is unknown. */
  publish(messages: readonly OutboundMessage[]): Promise<void>;
  /** Listens for a group. Never waits for a broker: it connects, and reconnects, by itself. */
  subscribe(subscription: Subscription): Listening;
  /** Names topics this process needs; the adapter sees to it that they exist as soon as it can. */
  declareTopics(topics: readonly TopicSpec[]): void;
  /** Stops every listener and the producer. */
  stop(): Promise<void>;
}

/** The bus or a group stopped before all was absorbed; the relay keeps the rows and sends them again. */
export class DeliveryInterrupted extends Error {
  override readonly name = 'DeliveryInterrupted';
}
