import type { Kafka } from 'kafkajs';
import { BackOff } from '../back-off.ts';
import type { EventBus, Listening, OutboundMessage, Subscription, TopicSpec } from '../port.ts';
import { type KafkaSettings, kafkaClient } from './client.ts';
import { KafkaGroup } from './group.ts';
import { KafkaPublisher } from './publisher.ts';
import { ensureTopics } from './topics.ts';

/** The bus on Kafka. Making one asks nothing of the broker: whatever needs it connects by itself, again and again. */
export class KafkaBus implements EventBus {
  readonly #settings: KafkaSettings;
  readonly #kafka: Kafka;
  readonly #publisher: KafkaPublisher;
  readonly #groups: KafkaGroup[] = [];
  readonly #declared = new Map<string, TopicSpec>();
  readonly #ensured = new Set<string>();
  readonly #stopping = new AbortController();
  #ensuring: Promise<void> | undefined;

  constructor(settings: KafkaSettings) {
    this.#settings = settings;
    this.#kafka = kafkaClient(settings);
    this.#publisher = new KafkaPublisher(this.#kafka, settings.topicPrefix);
  }

  publish(messages: readonly OutboundMessage[]): Promise<void> {
    return this.#publisher.publish(messages);
  }

  subscribe(subscription: Subscription): Listening {
    const group = new KafkaGroup(
      {
        kafka: this.#kafka,
        topicPrefix: this.#settings.topicPrefix,
        sessionMs: this.#settings.sessionMs,
        log: this.#settings.log,
        topicsReady: () => this.#topicsReady(),
      },
      subscription,
    );
    this.#groups.push(group);
    return group;
  }

  declareTopics(topics: readonly TopicSpec[]): void {
    for (const spec of topics) this.#declared.set(spec.topic, spec);
    void this.#topicsReady();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#groups.map((group) => group.stop()));
    await this.#publisher.stop();
    await this.#ensuring;
  }

  /** Tries until the declared topics exist or the bus is stopped; never rejects. */
  #topicsReady(): Promise<void> {
    this.#ensuring ??= this.#ensureForever().finally(() => {
      this.#ensuring = undefined;
    });
    return this.#ensuring;
  }

  async #ensureForever(): Promise<void> {
    const { signal } = this.#stopping;
    const backOff = new BackOff(200, 5_000);
    for (;;) {
      const missing = [...this.#declared.values()].filter(({ topic }) => !this.#ensured.has(topic));
      if (missing.length === 0 || signal.aborted) return;
      try {
        await ensureTopics(this.#kafka, this.#settings, missing);
        for (const { topic } of missing) this.#ensured.add(topic);
      } catch (error) {
        this.#settings.log.debug({ err: error }, 'topics not created yet');
        await backOff.wait(signal);
      }
    }
  }
}
