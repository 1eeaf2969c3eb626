import { type Collection, defineCollection, type RowBase } from '../database.ts';
import { outboxLeases, outboxRelays } from '../outbox/leases.ts';
import { outboxRows } from '../outbox/store.ts';

/** An event that this service has absorbed; written in the transaction of its effect. `_id` is the event id. */
export type InboxRow = RowBase & {
  readonly topic: string;
  readonly type: string;
  /** The envelope's time. */
  readonly occurredAt: Date;
  /** When the row may go. Effects that must never happen twice have a unique business key of their own besides. */
  readonly expiresAt: Date;
};

export const inboxRows = defineCollection<InboxRow>(
  'inbox',
  {
    topic: { type: String, required: true },
    type: { type: String, required: true },
    occurredAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  [{ keys: { expiresAt: 1 }, expireAfterSeconds: 0 }],
);

/** Why an event could not be absorbed. */
export type DeadLetterKind =
  /** Not JSON, no envelope, or data that breaks its contract. */
  | 'malformed'
  /** The service knows the event, but not this version of it. */
  | 'unknown_version'
  /** The handler said that it can never be applied. */
  | 'refused'
  /** The handler failed at every try. */
  | 'failed';

export type DeadLetterState = 'dead' | 'redrive_asked' | 'redriven';

export type DeadLetter = RowBase & {
  /** Null when the message could not be read so far. */
  readonly eventId: string | null;
  readonly type: string | null;
  readonly topic: string;
  /** The adapter's position: partition and offset on Kafka. */
  readonly position: string;
  readonly kind: DeadLetterKind;
  /** The error in words, without what the message held. */
  readonly cause: string;
  /** Key, headers and bytes as they came, sealed under the service's secret: nobody knows what is in them. [GOV-03] */
  readonly sealed: string;
  readonly attempts: number;
  readonly state: DeadLetterState;
  readonly deadAt: Date;
  readonly redrivenAt: Date | null;
};

export const deadLetters = defineCollection<DeadLetter>(
  'dead_letters',
  {
    eventId: { type: String, default: null },
    type: { type: String, default: null },
    topic: { type: String, required: true },
    position: { type: String, required: true },
    kind: { type: String, required: true },
    cause: { type: String, required: true },
    sealed: { type: String, required: true },
    attempts: { type: Number, required: true },
    state: { type: String, required: true },
    deadAt: { type: Date, required: true },
    redrivenAt: { type: Date, default: null },
  },
  [{ keys: { state: 1, deadAt: 1 } }],
);

/** What every service that tells or hears events keeps for it. */
export const eventCollections: readonly Collection<RowBase>[] = [
  outboxRows,
  outboxLeases,
  outboxRelays,
  inboxRows,
  deadLetters,
] as Collection<RowBase>[];
