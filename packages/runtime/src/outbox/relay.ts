/**
 * Publishes the outbox. At least once and in order per aggregate: a shard is read in position order, sent in one
 * batch, and only then marked. Whatever dies in between, the rows are sent again and the inboxes absorb them.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { BackOff } from '../bus/back-off.ts';
import type { FaultPoint } from '../bus/fault-point.ts';
import { DeliveryInterrupted, type EventBus, type OutboundMessage } from '../bus/port.ts';
import type { Database } from '../database.ts';
import { ShardLeases } from './leases.ts';
import { type RelayMetrics, relayMetrics } from './metrics.ts';
import { eventsOf, type OutboxRow, outboxRows } from './store.ts';

export type RelayOptions = {
  readonly db: Database;
  readonly bus: EventBus;
  readonly service: string;
  readonly log: Logger;
  readonly metrics?: Registry;
  /**
   * Names this relay in its leases; random unless given. Give a fixed name where at most one process can run (the
   * in-process shape): after a kill it then takes its own leases up again at once.
   */
  readonly relayId?: string;
  /** How long a relay that died keeps its shards from the others. */
  readonly leaseMs?: number;
  /** Rows in one batch. */
  readonly batchSize?: number;
  readonly faultPoint?: FaultPoint;
};

/** A relay with a fixed name has no rivals and takes its leases up after a kill: it needn't renew them often. */
const defaults = { leaseMs: 6_000, namedLeaseMs: 30_000, batchSize: 1_000 };
/** A broker refuses batches above 1 MB per partition; half of it leaves room for headers. */
const batchBytes = 512 * 1_024;
/** Rows that come over in one reply. */
const readSize = 200;
/** Local commits wake the relay; the poll only finds what other processes wrote, or what a wake-up missed. */
const pollMs = { alone: 1_000, among: 100 };
/** Failures in a row after which other relays get the shards. */
const failuresBeforeAbstaining = 3;
const stopWaitMs = 10_000;

export class OutboxRelay {
  readonly #options: RelayOptions;
  readonly #rows: mongo.Collection<OutboxRow>;
  readonly #leases: ShardLeases;
  readonly #leaseMs: number;
  readonly #batchSize: number;
  readonly #metrics: RelayMetrics | undefined;
  readonly #stopping = new AbortController();
  readonly #backOff = new BackOff(100, 5_000);
  #wakeUp: (() => void) | undefined;
  #woken = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#rows = options.db.connection.collection<OutboxRow>(outboxRows.name);
    this.#leaseMs = options.leaseMs ?? (options.relayId ? defaults.namedLeaseMs : defaults.leaseMs);
    this.#batchSize = options.batchSize ?? defaults.batchSize;
    const owner = options.relayId ?? randomUUID();
    this.#leases = new ShardLeases(options.db, owner, this.#leaseMs);
    this.#metrics = options.metrics && relayMetrics(options.metrics, options.db, options.service);
  }

  /** Begins to publish. Never waits for the broker or the database. */
  start(): void {
    this.#running = Promise.all([this.#keepLeases(), this.#publishForever()]);
  }

  /** Says that there may be something to publish; the unit of work calls it after each commit. */
  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Finishes the batch in hand and gives the leases back. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp?.();
    await Promise.race([this.#running, sleep(stopWaitMs, undefined, { ref: false })]);
    await this.#leases.leave().catch((error: unknown) => {
      this.#options.log.warn(
        { err: error },
        'outbox leases not given back; they end by themselves',
      );
    });
  }

  async #keepLeases(): Promise<void> {
    const { signal } = this.#stopping;
    let prepared = false;
    while (!signal.aborted) {
      const before = this.#leases.held.length;
      try {
        if (!prepared) await this.#leases.prepare();
        prepared = true;
        await this.#leases.refresh();
        if (this.#leases.held.length > before) this.wake();
      } catch (error) {
        this.#options.log.warn({ err: error }, 'outbox leases not renewed; trying again');
      }
      await sleep(this.#leaseMs / 3, undefined, { signal }).catch(() => undefined);
    }
  }

  async #publishForever(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const published = await this.#publishSome();
        this.#backOff.reset();
        if (published === 0) await this.#rest();
      } catch (error) {
        await this.#afterFailure(error);
      }
    }
  }

  /** One round: read, send, mark. Answers how many rows it published. */
  async #publishSome(): Promise<number> {
    await this.#options.faultPoint?.('before-claim');
    const rows = await this.#nextRows();
    if (rows.length === 0) return 0;
    await this.#options.faultPoint?.('after-claim');
    const held = new Set(this.#leases.held);
    const still = rows.filter((row) => held.has(row.shard));
    if (still.length === 0) return 0;
    await this.#options.bus.publish(still.flatMap(messagesOf));
    await this.#options.faultPoint?.('after-send');
    await this.#options.faultPoint?.('before-mark');
    await this.#mark(still);
    await this.#options.faultPoint?.('after-mark');
    return still.length;
  }

  /** The oldest rows of the held shards: one merge over the partial index, no sort in memory. */
  async #nextRows(): Promise<OutboxRow[]> {
    const shards = this.#leases.held;
    if (shards.length === 0) return [];
    const rows = this.#rows
      .find({ publishedAt: null, shard: { $in: [...shards] } }, { batchSize: readSize })
      .sort({ position: 1 })
      .limit(this.#batchSize);
    // A row may hold a batch of events: no more of them are read than are sent.
    const next: OutboxRow[] = [];
    let bytes = 0;
    for await (const row of rows) {
      next.push(row);
      bytes += bytesOf(row);
      if (bytes > batchBytes) break;
    }
    return firstBytes(next, batchBytes);
  }

  async #mark(rows: readonly OutboxRow[]): Promise<void> {
    const ids = rows.map((row) => row._id);
    await this.#rows.updateMany({ _id: { $in: ids } }, [
      { $set: { publishedAt: '$$NOW' } },
      { $unset: 'redeliverTo' },
    ]);
    for (const row of rows) {
      this.#metrics?.published.inc({ topic: row.topic }, eventsOf(row).length);
    }
  }

  async #rest(): Promise<void> {
    if (this.#woken) {
      this.#woken = false;
      return;
    }
    const poll = this.#leases.peers > 1 ? pollMs.among : pollMs.alone;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, poll);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopping.signal.aborted) this.#wakeUp();
    });
    this.#wakeUp = undefined;
    this.#woken = false;
  }

  async #afterFailure(error: unknown): Promise<void> {
    const { log } = this.#options;
    this.#metrics?.failures.inc();
    if (this.#stopping.signal.aborted) return;
    const tries = this.#backOff.tries + 1;
    const interrupted = error instanceof DeliveryInterrupted;
    log[!interrupted && (tries === 1 || tries % 20 === 0) ? 'warn' : 'debug'](
      { err: error, tries },
      'outbox not published; the rows stay and are tried again',
    );
    if (tries % failuresBeforeAbstaining === 0) {
      await this.#leases.abstain().catch(() => undefined);
    }
    await this.#backOff.wait(this.#stopping.signal);
  }
}

/** The longest prefix within so many bytes, one row at least: the order must not change. */
export function firstBytes(rows: readonly OutboxRow[], bytes: number): OutboxRow[] {
  let sum = 0;
  const end = rows.findIndex((row, index) => {
    sum += bytesOf(row);
    return index > 0 && sum > bytes;
  });
  return rows.slice(0, end === -1 ? rows.length : end);
}

function bytesOf(row: OutboxRow): number {
  return eventsOf(row).reduce((sum, { envelope }) => sum + envelope.length, 0);
}

/** The row's events, in order; each is a message of its own, as if it had a row of its own. */
export function messagesOf(row: OutboxRow): OutboundMessage[] {
  return eventsOf(row).map(({ _id, type, envelope, key = row.key }) => ({
    topic: row.topic,
    key,
    value: envelope,
    headers: {
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      ce_id: _id,
      ce_type: type,
      ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
      ...(row.redeliverTo === undefined ? {} : { redeliver_to: row.redeliverTo }),
    },
  }));
}
