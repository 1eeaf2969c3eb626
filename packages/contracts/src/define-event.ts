/** What a service promises about one kind of event it tells. [INT-01] */
import type { z } from 'zod';

/** The services that tell events. */
export const owners = ['registry', 'courses', 'credits', 'evaluation'] as const;
export type Owner = (typeof owners)[number];

/** `courses.enrollment.confirmed.v1`: owner, subject, past fact, version. */
export type EventType = `${Owner}.${string}.${string}.v${number}`;

/** One kind of event: where it goes, what it carries, and an example that will parse for ever. */
export type EventContract<Data> = {
  readonly type: EventType;
  /** The topic without the deployment's prefix; siblings share it so that order holds. */
  readonly topic: string;
  /** True when the topic keeps the newest event of each subject, so that a newcomer can start from nothing. */
  readonly compacted: boolean;
  readonly owner: Owner;
  /** What the envelope's subject (= aggregate = Kafka key) is. */
  readonly subject: string;
  readonly description: { readonly zh: string; readonly en: string };
  readonly data: z.ZodType<Data>;
  readonly example: Data;
};

/** An event of any kind, for those who only carry it (outbox, bus, generators). */
export type AnyEventContract = EventContract<unknown>;

type Definition<Data> = Omit<EventContract<Data>, 'owner' | 'subject' | 'example'> & {
  readonly subject: keyof NoInfer<Data> & string;
  readonly example: NoInfer<Data>;
};

/** Defines one kind of event; throws at start when its name or its example contradicts its own contract. */
export function defineEvent<Data>(definition: Definition<Data>): EventContract<Data> {
  const owner = owners.find((name) => definition.type.startsWith(`${name}.`));
  if (owner === undefined || !/^[a-z]+(\.[a-z_]+){2}\.v\d+$/.test(definition.type)) {
    throw new Error(`Event type ${definition.type} is not <service>.<subject>.<fact>.v<version>`);
  }
  if (!definition.topic.startsWith(`${owner}.`)) {
    throw new Error(`Topic ${definition.topic} of ${definition.type} is not ${owner}'s`);
  }
  definition.data.parse(definition.example);
  return { ...definition, owner };
}
