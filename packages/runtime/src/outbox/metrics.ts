import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../database.ts';
import { OUTBOX_SHARDS, type OutboxRow, outboxRows } from './store.ts';

export type OutboxLag = {
  /** Rows; one may carry a batch of events. */
  readonly unpublished: number;
  /** Age of the oldest unpublished event in seconds; 0 when there is none. */
  readonly oldestSeconds: number;
};

const everyShard = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);

/** How far the relay is behind. Reads the partial index of unpublished rows only. */
export async function outboxLag(db: Database): Promise<OutboxLag> {
  const rows = db.connection.collection<OutboxRow>(outboxRows.name);
  const unpublished = await rows.countDocuments({ publishedAt: null, shard: { $gte: 0 } });
  if (unpublished === 0) return { unpublished, oldestSeconds: 0 };
  const [oldest] = await rows
    .find({ publishedAt: null, shard: { $in: everyShard } }, { projection: { createdAt: 1 } })
    .sort({ position: 1 })
    .limit(1)
    .toArray();
  const ageMs = oldest ? Date.now() - oldest.createdAt.getTime() : 0;
  return { unpublished, oldestSeconds: Math.max(0, ageMs / 1_000) };
}

export type RelayMetrics = {
  readonly published: Counter<'topic'>;
  readonly failures: Counter;
};

/** Registers the relay's metrics; the gauges ask the database when they are read. */
export function relayMetrics(registry: Registry, db: Database, service: string): RelayMetrics {
  let reading: Promise<OutboxLag> | undefined;
  const lag = (): Promise<OutboxLag> => {
    reading ??= outboxLag(db).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const registers = [registry];
  new Gauge({
    name: 'outbox_unpublished',
    help: 'Events committed and not yet accepted by the bus',
    registers,
    async collect() {
      await lag().then(
        ({ unpublished }) => this.set(unpublished),
        () => undefined,
      );
    },
  });
  new Gauge({
    name: 'outbox_oldest_seconds',
    help: 'Age of the oldest event that the bus has not accepted',
    registers,
    async collect() {
      await lag().then(
        ({ oldestSeconds }) => this.set(oldestSeconds),
        () => undefined,
      );
    },
  });
  return {
    published: new Counter({
      name: 'outbox_published_total',
      help: `Events of ${service} accepted by the bus`,
      labelNames: ['topic'],
      registers,
    }),
    failures: new Counter({
      name: 'outbox_failures_total',
      help: `Rounds of the relay of ${service} that failed and were tried again`,
      registers,
    }),
  };
}
