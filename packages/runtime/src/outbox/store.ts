/**
 * The outbox: one row per event, written in the transaction of the state it tells about, published later by
 * the relay. Order per aggregate is the order of (shard, position).
 */
import { crc32 } from 'node:zlib';
import { defineCollection } from '../database.ts';

/** Rows are spread over this many shards by the aggregate's id; one relay at a time publishes a shard. */
export const OUTBOX_SHARDS = 64;

/** How long published rows stay, so that a period can be redelivered without a broker: 7 days. */
export const OUTBOX_RETENTION_SECONDS = 7 * 24 * 60 * 60;

export type OutboxRow = {
  /** The event id: what every inbox recognises a redelivery by. */
  readonly _id: string;
  /** 0 … 63, from the aggregate's id. */
  readonly shard: number;
  /** Hybrid clock in microseconds: the wall clock, but after the aggregate's previous event whatever the clocks say. */
  readonly position: number;
  /** Without the environment's topic prefix. */
  readonly topic: string;
  /** The aggregate's id; events of one key arrive in order. */
  readonly key: string;
  /** The event type, e.g. `courses.enrollment.confirmed.v1`. */
  readonly type: string;
  /** The CloudEvents envelope as JSON text, exactly the bytes that are sent. */
  readonly envelope: string;
  /** W3C trace context of the command that caused it. */
  readonly traceparent: string | null;
  readonly createdAt: Date;
  /** When the bus had accepted it; null until then. By the database's clock. */
  readonly publishedAt: Date | null;
  /** Set by a replay without a broker: only this group gets the row again. */
  readonly redeliverTo?: string;
};

export const outboxRows = defineCollection<OutboxRow>(
  'outbox',
  {
    shard: { type: Number, required: true },
    position: { type: Number, required: true },
    topic: { type: String, required: true },
    key: { type: String, required: true },
    type: { type: String, required: true },
    envelope: { type: String, required: true },
    traceparent: { type: String, default: null },
    createdAt: { type: Date, required: true },
    publishedAt: { type: Date, default: null },
    redeliverTo: { type: String },
  },
  [
    { keys: { shard: 1, position: 1 }, partialFilterExpression: { publishedAt: null } },
    {
      keys: { publishedAt: 1 },
      partialFilterExpression: { publishedAt: { $type: 'date' } },
      expireAfterSeconds: OUTBOX_RETENTION_SECONDS,
    },
  ],
);

/** The shard of an aggregate: the same for all its events, for ever. */
export function shardOf(aggregateId: string): number {
  return crc32(aggregateId) % OUTBOX_SHARDS;
}
