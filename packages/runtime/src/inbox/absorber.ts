/**
 * Makes events take effect once. A group of events of one type is one transaction: inbox rows, effects and told
 * events commit together or not at all. When it fails, the group is split until the event to blame stands alone.
 */
import pRetry from 'p-retry';
import type { Database } from '../database.ts';
import { currentTraceparent } from '../telemetry/traces.ts';
import { type RunOptions, runUnit } from '../unit/run.ts';
import type { Unit } from '../unit/unit.ts';
import { bury, type Death } from './dead-letters.ts';
import { DeadlineExceeded, isTimeout, isTransient } from './failures.ts';
import { type EventHandler, EventRefused, type HandlerContext } from './handler.ts';
import type { Poison, SoundEvent } from './read.ts';
import { type InboxRow, inboxRows } from './store.ts';

export type AbsorberOptions = {
  readonly db: Database;
  readonly run: RunOptions;
  readonly context: HandlerContext;
  /** How long one try may take, in milliseconds; shorter than the group's session. */
  readonly deadlineMs: number;
  /** Tries of an event that fails alone, before it becomes a dead letter. */
  readonly attempts: number;
  /** How long an absorbed event is remembered. */
  readonly inboxDays: number;
};

/** What became of a group. */
export type Absorbed = {
  readonly effective: number;
  readonly redelivered: number;
  readonly dead: number;
};

export type Redrive = {
  /** The inbox knows the event from its burial only; let it take effect. */
  readonly again: boolean;
  /** Writes that commit with the effect. */
  readonly also: (unit: Unit) => void;
};

/** Retries of what is nobody's fault, before the partition is left to rest. */
const transientRetries = { retries: 3, minTimeout: 50, factor: 3, maxTimeout: 1_000 };
const attemptPause = { minTimeout: 100, factor: 3, maxTimeout: 1_000 };
/** The unit gives up by itself at the deadline; what hangs inside a handler is given up a moment later. */
const hangGraceMs = 500;
const dayMs = 24 * 60 * 60 * 1_000;

export class Absorber {
  readonly #options: AbsorberOptions;

  constructor(options: AbsorberOptions) {
    this.#options = options;
  }

  /** Absorbs events of one type in order. Throws only what is transient: then the same events must come again. */
  async absorb(
    events: readonly SoundEvent[],
    handlers: readonly EventHandler[],
  ): Promise<Absorbed> {
    try {
      return await this.#tryPatiently(events, handlers);
    } catch (error) {
      if (await this.#isTransient(error)) throw error;
      const [only] = events;
      if (events.length === 1 && only) return this.#lastTries(only, handlers, error);
      return this.#inParts(events, handlers, error);
    }
  }

  /** Gives messages up that nobody can read. */
  async bury(poison: readonly Poison[]): Promise<number> {
    const deaths = poison.map((message) => ({
      ...message,
      eventId: null,
      type: null,
      occurredAt: null,
      attempts: 1,
    }));
    return this.#bury(deaths);
  }

  /** Runs handlers for events, those already in the inbox left out. Answers how many took effect. */
  async once(
    events: readonly SoundEvent[],
    handlers: readonly EventHandler[],
    redrive?: Redrive,
  ): Promise<number> {
    const { db, run, context, deadlineMs } = this.#options;
    let expired = false;
    let latest: Unit | undefined;
    const work = async (unit: Unit): Promise<number> => {
      latest = unit;
      redrive?.also(unit);
      const fresh = redrive?.again ? events : await this.#unknown(unit, events);
      if (fresh.length > 0) {
        for (const handler of handlers) await handler.handle(fresh, unit, context);
      }
      for (const event of fresh) {
        const row = this.#inboxRow(event, unit.now);
        if (redrive?.again) unit.upsert(inboxRows, { _id: row._id }, { $set: row });
        else unit.insert(inboxRows, row);
      }
      if (expired) throw new DeadlineExceeded('the handler was given up before it was done');
      return fresh.length;
    };
    const traceparent = currentTraceparent() ?? events[0]?.envelope.traceparent;
    const done = runUnit(db, work, { ...run, deadlineMs, traceparent });
    const effective = await within(deadlineMs + hangGraceMs, done, () => {
      expired = true;
      // Otherwise the server keeps the transaction of a handler that hangs open for a minute.
      latest?.session.abortTransaction().catch(() => undefined);
    });
    return effective;
  }

  async #tryPatiently(
    events: readonly SoundEvent[],
    handlers: readonly EventHandler[],
  ): Promise<Absorbed> {
    const effective = await pRetry(() => this.once(events, handlers), {
      ...transientRetries,
      shouldRetry: ({ error }) => !isTimeout(error) && this.#isTransient(error),
    });
    return { effective, redelivered: events.length - effective, dead: 0 };
  }

  /** Halves find one bad event among many in few tries; when time is what runs out, single events are cheaper. */
  async #inParts(
    events: readonly SoundEvent[],
    handlers: readonly EventHandler[],
    error: unknown,
  ): Promise<Absorbed> {
    const size = isTimeout(error) ? 1 : Math.ceil(events.length / 2);
    let total: Absorbed = { effective: 0, redelivered: 0, dead: 0 };
    for (let at = 0; at < events.length; at += size) {
      const part = await this.absorb(events.slice(at, at + size), handlers);
      total = {
        effective: total.effective + part.effective,
        redelivered: total.redelivered + part.redelivered,
        dead: total.dead + part.dead,
      };
    }
    return total;
  }

  async #lastTries(
    event: SoundEvent,
    handlers: readonly EventHandler[],
    firstError: unknown,
  ): Promise<Absorbed> {
    let attempts = 1;
    let lastError = firstError;
    while (!(lastError instanceof EventRefused) && attempts < this.#options.attempts) {
      await pause(Math.min(attemptPause.maxTimeout, attemptPause.minTimeout * attempts ** 2));
      attempts += 1;
      try {
        const effective = await this.once([event], handlers);
        return { effective, redelivered: 1 - effective, dead: 0 };
      } catch (error) {
        if (await this.#isTransient(error)) throw error;
        lastError = error;
      }
    }
    const { envelope, message } = event;
    const dead = await this.#bury([
      {
        message,
        kind: lastError instanceof EventRefused ? 'refused' : 'failed',
        cause: inWords(lastError),
        eventId: envelope.id,
        type: envelope.type,
        occurredAt: new Date(envelope.time),
        attempts,
      },
    ]);
    return { effective: 0, redelivered: 1 - dead, dead };
  }

  #bury(deaths: readonly Death[]): Promise<number> {
    const { db, run, context } = this.#options;
    const secrets = context.personalDataKey;
    const settings = { service: run.service, secrets, inboxExpiry: this.#inboxExpiry };
    return runUnit(db, (unit) => bury(unit, deaths, settings), run);
  }

  async #unknown(unit: Unit, events: readonly SoundEvent[]): Promise<SoundEvent[]> {
    const ids = events.map(({ envelope }) => envelope.id);
    const seen = new Set((await unit.find(inboxRows, { _id: { $in: ids } })).map(({ _id }) => _id));
    return events.filter(({ envelope }) => {
      if (seen.has(envelope.id)) return false;
      seen.add(envelope.id);
      return true;
    });
  }

  #inboxRow({ envelope, message }: SoundEvent, now: Date): InboxRow {
    return {
      _id: envelope.id,
      topic: message.topic,
      type: envelope.type,
      occurredAt: new Date(envelope.time),
      expiresAt: this.#inboxExpiry(now),
    };
  }

  readonly #inboxExpiry = (from: Date): Date =>
    new Date(from.getTime() + this.#options.inboxDays * dayMs);

  #isTransient(error: unknown): Promise<boolean> {
    return isTransient(error, this.#options.db);
  }
}

/** Waits so long and no longer; what was waited for goes on, told by `giveUp` that nobody wants it any more. */
async function within<T>(ms: number, work: Promise<T>, giveUp: () => void): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    giveUp();
    late.reject(new DeadlineExceeded(`the handler was not done within ${ms} ms`));
  }, ms);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function inWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
