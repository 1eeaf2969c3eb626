import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Metrics } from '../telemetry/metrics.ts';
import { type Chore, type ChoreRoom, LeaseLost } from './chore.ts';
import { isOutstanding, latestDue, pauseAfterFailure } from './due.ts';
import { ChoreLease } from './lease.ts';
import { type ChoreMetrics, choreMetrics } from './metrics.ts';

type SchedulerOptions = {
  readonly room: ChoreRoom;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** How long a killed holder keeps others waiting; a living one renews three times as often. */
  readonly leaseMs?: number;
  /** How often the clock is looked at. */
  readonly lookMs?: number;
};

/** Answers what stops the scheduler: no new run begins, and the runs under way are told and waited for. */
export function startChores(
  chores: readonly Chore[],
  options: SchedulerOptions,
): () => Promise<void> {
  const stopping = new AbortController();
  const metrics = choreMetrics(options.metrics.registry);
  const owner = randomUUID();
  const loops = chores.map((chore) =>
    new ChoreLoop(chore, owner, { ...options, metrics }).untilStopped(stopping.signal),
  );
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}

class ChoreLoop {
  readonly #chore: Chore;
  readonly #lease: ChoreLease;
  readonly #room: ChoreRoom;
  readonly #log: Logger;
  readonly #metrics: ChoreMetrics;
  readonly #leaseMs: number;
  readonly #lookMs: number;
  /** The last due time known to be done, so that the database isn't asked before there is something to do. */
  #done: Date | undefined;

  constructor(
    chore: Chore,
    owner: string,
    options: Omit<SchedulerOptions, 'metrics'> & { readonly metrics: ChoreMetrics },
  ) {
    this.#chore = chore;
    this.#room = options.room;
    this.#log = options.log;
    this.#metrics = options.metrics;
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#lookMs = options.lookMs ?? 500;
    this.#lease = new ChoreLease(options.room.db, {
      chore: chore.name,
      owner,
      leaseMs: this.#leaseMs,
    });
  }

  async untilStopped(signal: AbortSignal): Promise<void> {
    // A first look only after a while: a service that just starts has more urgent things to do.
    while (!signal.aborted) {
      await sleep(this.#lookMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.#look(signal).catch((error: unknown) =>
        this.#log.warn({ err: error, chore: this.#chore.name }, 'chore could not be looked at'),
      );
    }
  }

  get #now(): Date {
    return this.#room.run.clock?.() ?? new Date();
  }

  async #look(stopping: AbortSignal): Promise<void> {
    const dueAt = latestDue(this.#chore, this.#now);
    if (this.#done !== undefined && !isOutstanding(dueAt, this.#done)) return;
    const row = await this.#lease.read();
    this.#done = row.doneDue;
    if (!isOutstanding(dueAt, row.doneDue)) return;
    const fence = await this.#lease.take(row);
    if (fence !== null) await this.#run({ fence, dueAt, failures: row.failures }, stopping);
  }

  async #run(
    held: { readonly fence: number; readonly dueAt: Date; readonly failures: number },
    stopping: AbortSignal,
  ): Promise<void> {
    const { fence, dueAt } = held;
    const lost = new AbortController();
    const over = new AbortController();
    const renewing = this.#keep(fence, lost, over.signal);
    const turn = {
      dueAt,
      signal: AbortSignal.any([stopping, lost.signal]),
      fence: (unit: Parameters<ChoreLease['fence']>[0]) => this.#lease.fence(unit, fence),
    };
    let failure: unknown;
    try {
      await this.#chore.run(this.#room, turn);
    } catch (error) {
      failure = error ?? new Error('the chore failed without saying why');
    } finally {
      over.abort();
      await renewing;
    }
    await this.#conclude(held, failure, turn.signal);
  }

  async #conclude(
    held: { readonly fence: number; readonly dueAt: Date; readonly failures: number },
    failure: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const chore = this.#chore.name;
    if (failure === undefined && !signal.aborted) {
      const done = await this.#lease.finish(held.fence, held.dueAt, this.#now);
      this.#metrics.runs.inc({ chore, outcome: done ? 'done' : 'lost' });
      if (done) this.#metrics.finished.set({ chore }, Date.now() / 1_000);
      this.#done = done ? held.dueAt : undefined;
      return;
    }
    // Ended early because it was told to: the due time stays outstanding, for another replica or the next start.
    const failed = failure !== undefined && !(failure instanceof LeaseLost);
    this.#metrics.runs.inc({ chore, outcome: failed ? 'failed' : 'lost' });
    if (failed) this.#log.warn({ err: failure, chore }, 'chore failed');
    const pauseMs = failed ? pauseAfterFailure(this.#chore, held.failures + 1) : 0;
    await this.#lease.giveBack(held.fence, { pauseMs, failed });
  }

  /** Renews the lease while the run lasts; says that it is lost when it can't be shown to hold. */
  async #keep(fence: number, lost: AbortController, over: AbortSignal): Promise<void> {
    let validUntil = performance.now() + this.#leaseMs;
    while (!over.aborted && !lost.signal.aborted) {
      await sleep(this.#leaseMs / 3, undefined, { signal: over, ref: false }).catch(
        () => undefined,
      );
      if (over.aborted) return;
      const asked = performance.now();
      const held = await this.#lease.renew(fence).catch(() => null);
      if (held === true) validUntil = asked + this.#leaseMs;
      if (held === false || performance.now() >= validUntil) lost.abort();
    }
  }
}
