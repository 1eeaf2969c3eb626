/**
 * A unit of work that is decided before its transaction begins, while another one is being committed, on rows that are
 * remembered and on reads of what a majority has. Inside the transaction the remembered rows are read again: where
 * they are as believed, what was decided is sent; where not, it is decided once more on them. After any failure
 * everything is read in the transaction.
 */
import type { mongo } from 'mongoose';
import type { Database } from '../database.ts';
import { ReadsAhead } from './reads.ts';
import { HotRows } from './remembered.ts';
import { type CommitTimes, newUnit, type RunOptions, sealAndSend, transact } from './run.ts';
import { streamHeads } from './streams.ts';
import type { Unit } from './unit.ts';

export type AheadWork<T> = {
  /** Runs again after a failure; `tries` counts from 1. */
  readonly decide: (unit: Unit, tries: number) => Promise<T>;
  /** Only reads what `decide` will read. */
  readonly gather: (unit: Unit) => Promise<unknown>;
};

export type Prepared<T> = {
  /** True when what a majority has is enough to answer on, and nothing is to be written: there is nothing to wait for. */
  readonly settled: boolean;
  /** Sends and commits. `onApplied` as in `transact`; */
  readonly commit: (heard: Heard) => Promise<T>;
};

type Heard = {
  readonly onApplied: () => void;
  /** A try found something not as it was believed, or conflicts; the next one begins when this has answered. */
  readonly onMissed?: (tries: number) => Promise<void>;
};

type Committing<T> = Heard & {
  readonly ahead: ReadsAhead;
  /** Null when it is to be decided in its transaction. */
  readonly decided: { readonly value: T; readonly unit: Unit } | null;
};

/** The units of one lane: each is prepared on what the one before will leave behind. */
export class UnitsAhead {
  readonly #db: Database;
  readonly #remembered = new HotRows();
  #last: CommitTimes | undefined;
  /** The last unit changed nothing, so the next one is likely to. */
  #onlyRefuses = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** `believes`: whether what is remembered is likely to be true, or others change the rows meanwhile. */
  async prepare<T>(
    work: AheadWork<T>,
    options: RunOptions,
    { believes }: { readonly believes: boolean },
  ): Promise<Prepared<T>> {
    const ahead = new ReadsAhead(this.#db, believes ? this.#remembered : new HotRows());
    // A session costs nothing before its first command; this one never gets one.
    const session = await this.#db.connection.startSession();
    const unit = newUnit(this.#db, session, options, ahead.reads);
    await session.endSession();
    if (!believes && !this.#onlyRefuses) {
      await work.gather(unit);
      this.#believeHeads(ahead.believed);
      return this.#unsettled(work, options, { ahead, decided: null });
    }
    const value = await work.decide(unit, 1);
    this.#onlyRefuses = unit.changesNothing;
    if (!believes && this.#onlyRefuses) {
      const commit = async ({ onApplied }: Heard) => {
        onApplied();
        return value;
      };
      return { settled: true, commit };
    }
    await unit.seal();
    if (believes) {
      const believed = new HotRows();
      believed.keepAll(ahead.believed);
      this.#remember(believed, unit);
    }
    return this.#unsettled(work, options, { ahead, decided: { value, unit } });
  }

  #unsettled<T>(
    work: AheadWork<T>,
    options: RunOptions,
    prepared: Omit<Committing<T>, keyof Heard>,
  ): Prepared<T> {
    const commit = (heard: Heard) => this.#commit(work, options, { ...prepared, ...heard });
    return { settled: false, commit };
  }

  async #commit<T>(work: AheadWork<T>, options: RunOptions, committing: Committing<T>): Promise<T> {
    const { ahead, decided, onApplied, onMissed } = committing;
    if (decided?.unit.changesNothing && (await this.#stillTrue(ahead))) {
      onApplied();
      return decided.value;
    }
    let tries = 0;
    const attempt = async (session: mongo.ClientSession) => {
      tries += 1;
      if (tries > 1) {
        await onMissed?.(tries);
        return this.#afresh(work, options, { session, tries });
      }
      const fresh = await ahead.believed.readAgain(this.#db, { session, inTransaction: true });
      if (decided && ahead.believed.equals(fresh)) {
        const { value, unit } = decided;
        return { value, flush: () => unit.sendIn(session) };
      }
      if (decided) await onMissed?.(tries);
      const again = newUnit(this.#db, session, options, ahead.again(this.#db, session, fresh));
      const valueAgain = await work.decide(again, tries);
      this.#onlyRefuses = again.changesNothing;
      await again.seal();
      this.#remember(fresh, again);
      return { value: valueAgain, flush: () => again.send() };
    };
    try {
      return await transact(this.#db, attempt, {
        ...options,
        after: this.#last,
        onApplied: (times) => {
          this.#last = times;
          onApplied();
        },
      });
    } catch (error) {
      this.#remembered.forget();
      throw error;
    }
  }

  /** Whether the rows that were believed in stand as believed: then refusals need no transaction. */
  async #stillTrue(ahead: ReadsAhead): Promise<boolean> {
    const session = await this.#db.connection.startSession();
    try {
      if (this.#last) {
        session.advanceOperationTime(this.#last.operation);
        session.advanceClusterTime(this.#last.cluster);
      }
      const now = await ahead.believed.readAgain(this.#db, { session, inTransaction: false });
      return ahead.believed.equals(now);
    } finally {
      await session.endSession();
    }
  }

  async #afresh<T>(
    work: AheadWork<T>,
    options: RunOptions,
    { session, tries }: { readonly session: mongo.ClientSession; readonly tries: number },
  ) {
    this.#remembered.forget();
    const unit = newUnit(this.#db, session, options);
    const value = await work.decide(unit, tries);
    return { value, flush: () => sealAndSend(unit) };
  }

  #remember(rows: HotRows, unit: Unit): void {
    rows.apply(unit.changes());
    this.#remembered.keepAll(rows);
  }

  /** The streams of what was read are likely to be told of: their heads come along in the same round trip. */
  #believeHeads(believed: HotRows): void {
    const heads = { name: streamHeads.name, fields: null };
    for (const id of believed.ids()) {
      const head = this.#remembered.row(heads, id);
      if (head !== undefined) believed.keep(heads, id, head);
    }
  }
}
