import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';
import type { OutboundMessage } from '../port.ts';

/** How long the broker may take until all replicas have a batch. */
const acknowledgeMs = 8_000;

/**
 * One batch in flight at a time, acknowledged by all in-sync replicas. The producer is idempotent, so retries
 * inside it neither double nor reorder; after a result that is unknown it is thrown away, since a producer that
 * has lost count would refuse or misplace what follows.
 */
export class KafkaPublisher {
  readonly #kafka: Kafka;
  readonly #topicPrefix: string;
  #producer: Producer | undefined;
  #inFlight: Promise<void> = Promise.resolve();

  constructor(kafka: Kafka, topicPrefix: string) {
    this.#kafka = kafka;
    this.#topicPrefix = topicPrefix;
  }

  /** Resolves when every message is acknowledged; a rejection leaves open which were. */
  publish(messages: readonly OutboundMessage[]): Promise<void> {
    const sent = this.#inFlight.then(() => this.#send(messages));
    this.#inFlight = sent.catch(() => undefined);
    return sent;
  }

  async stop(): Promise<void> {
    await this.#inFlight;
    await this.#discard();
  }

  async #send(messages: readonly OutboundMessage[]): Promise<void> {
    if (messages.length === 0) return;
    try {
      const producer = await this.#connected();
      await producer.sendBatch({
        acks: -1,
        timeout: acknowledgeMs,
        topicMessages: this.#byTopic(messages),
      });
    } catch (error) {
      await this.#discard();
      throw error;
    }
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = this.#kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      idempotent: true,
      maxInFlightRequests: 1,
      metadataMaxAge: 30_000,
    });
    this.#producer = producer;
    await producer.connect();
    return producer;
  }

  async #discard(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  #byTopic(messages: readonly OutboundMessage[]): { topic: string; messages: Message[] }[] {
    const topics = new Map<string, Message[]>();
    for (const { topic, key, value, headers } of messages) {
      const name = this.#topicPrefix + topic;
      const list = topics.get(name) ?? [];
      topics.set(name, list);
      list.push({ key, value, headers });
    }
    return [...topics].map(([topic, list]) => ({ topic, messages: list }));
  }
}
