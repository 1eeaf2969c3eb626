/**
 * The outbox: events, written in the transaction of the state they tell about, published later by the relay. Order
 * per aggregate is the order of (shard, position). A row is an event; a unit that told many puts others into its row, as
 * its followers: of the same aggregate, or of others in the same shard.
 */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { mongo } from 'mongoose';
import { defineCollection } from '../database.ts';

/** Rows are spread over this many shards by the aggregate's id; one relay at a time publishes a shard. */
export const OUTBOX_SHARDS = 64;

/** How long published rows stay, so that a period can be redelivered without a broker: 7 days. */
export const OUTBOX_RETENTION_SECONDS = 7 * 24 * 60 * 60;

/** An event that follows another one of its topic in the same row. */
export type FollowingEvent = Pick<OutboxRow, '_id' | 'type' | 'envelope'> & {
  /** Where it is another aggregate's than the row's. */
  readonly key?: string;
};

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
  /**
   * The events that come right after this one, in their order, as JSON under Zstandard: they differ in a few ids, so a
   * tenth of their bytes is left to write, log and copy. Plain in rows of a version before that did so. Read them by
   * `eventsOf`.
   */
  readonly followers?: mongo.Binary | readonly FollowingEvent[];
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
    followers: { type: Buffer, default: undefined },
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

/** Unpacked once, however often a relay asks. */
const unpacked = new WeakMap<OutboxRow, readonly FollowingEvent[]>();

/** Every event of a row, in order. */
export function eventsOf(row: OutboxRow): readonly FollowingEvent[] {
  if (row.followers === undefined) return [row];
  if (isPlain(row.followers)) return [row, ...row.followers];
  const known = unpacked.get(row);
  if (known) return known;
  const json = zstdDecompressSync(bytesOf(row.followers)).toString();
  const events = [row, ...(JSON.parse(json) as FollowingEvent[])];
  unpacked.set(row, events);
  return events;
}

const isPlain = (followers: object): followers is readonly FollowingEvent[] =>
  Array.isArray(followers);

/** A driver reads it as a `Binary`, a model's document as a `Buffer`. */
function bytesOf(followers: mongo.Binary | Buffer): Uint8Array {
  return Buffer.isBuffer(followers) ? followers : followers.value();
}

/** More effort makes it a little smaller, and every writer slower. */
const quickly = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

function compressed(followers: readonly FollowingEvent[]): mongo.Binary {
  return new mongo.Binary(zstdCompressSync(JSON.stringify(followers), quickly));
}

/** Fewer events that could share a row are as cheap in rows of their own. */
const packMin = 8;
/** Keeps rows small: a relay reads many at a time, and a broker's batch holds several. */
const packBytes = 64 * 1_024;

/**
 * Puts what one unit told on one topic into few rows: the events of one aggregate, in their order; and those of many
 * aggregates that take the very same place in a shard, which have no order among them.
 */
export function packed(rows: readonly OutboxRow[]): OutboxRow[] {
  const [ofOne, alone] = joinedBy(rows, ({ topic, key }) => `${topic} ${key}`);
  const [ofMany, rest] = joinedBy(alone, (row) => `${row.topic} ${row.shard} ${row.position}`);
  return [...ofOne, ...ofMany, ...rest];
}

/** The groups that are worth a row, joined; and the rows of the others. */
function joinedBy(
  rows: readonly OutboxRow[],
  groupOf: (row: OutboxRow) => string,
): readonly [joined: OutboxRow[], others: OutboxRow[]] {
  const groups = [...Map.groupBy(rows, groupOf).values()];
  const worth = (group: readonly OutboxRow[]) => group.length >= packMin;
  const others = groups.filter((group) => !worth(group)).flat();
  return [groups.filter(worth).flatMap(joined), others];
}

function joined(group: readonly OutboxRow[]): OutboxRow[] {
  const packs: { first: OutboxRow; followers: FollowingEvent[]; bytes: number }[] = [];
  for (const row of group) {
    const last = packs.at(-1);
    const bytes = row.envelope.length;
    if (last === undefined || last.bytes + bytes > packBytes) {
      packs.push({ first: row, followers: [], bytes });
      continue;
    }
    const { _id, type, envelope, key } = row;
    last.followers.push({ _id, type, envelope, ...(key === last.first.key ? {} : { key }) });
    last.bytes += bytes;
  }
  return packs.map(({ first, followers }) =>
    followers.length === 0 ? first : { ...first, followers: compressed(followers) },
  );
}
