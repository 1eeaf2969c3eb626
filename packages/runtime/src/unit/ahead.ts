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
import type { Unit } from './unit.ts';

export type AheadWork<T> = {
  /** Runs again after a failure; `tries` counts from 1. */
  readonly decide: (unit: Unit, tries: number) => Promise<T>;
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
  readonly value: T;
  readonly unit: Unit;
  /** It was decided on what another batch was expected to leave behind. */
  readonly believes: boolean;
};

/** The units of one lane: each is prepared on what the one before will leave behind. */
export class UnitsAhead {
  readonly #db: Database;
  readonly #remembered = new HotRows();
  #last: CommitTimes | undefined;

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
    const value = await work.decide(unit, 1);
    if (!believes && unit.changesNothing) {
      const commit = async ({ onApplied }: Heard) => {
        onApplied();
        return value;
      };
      return { settled: true, commit };
    }
    await unit.seal();
    const believed = new HotRows();
    believed.keepAll(ahead.believed);
    if (believes) this.#remember(believed, unit);
    const decided = { ahead, value, unit, believes };
    return {
      settled: false,
      commit: (heard) => this.#commit(work, options, { ...decided, ...heard }),
    };
  }

  async #commit<T>(work: AheadWork<T>, options: RunOptions, committing: Committing<T>): Promise<T> {
    const { ahead, value, unit, believes, onApplied, onMissed } = committing;
    if (unit.changesNothing && (await this.#stillTrue(ahead))) {
      onApplied();
      return value;
    }
    let tries = 0;
    const attempt = async (session: mongo.ClientSession) => {
      tries += 1;
      if (tries > 1) {
        await onMissed?.(tries);
        return this.#afresh(work, options, { session, tries });
      }
      const fresh = await ahead.believed.readAgain(this.#db, { session, inTransaction: true });
      if (ahead.believed.equals(fresh)) return { value, flush: () => unit.sendIn(session) };
      if (believes) await onMissed?.(tries);
      const again = newUnit(this.#db, session, options, ahead.again(this.#db, session, fresh));
      const valueAgain = await work.decide(again, tries);
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
}
