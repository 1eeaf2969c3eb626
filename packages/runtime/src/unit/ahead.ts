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
  /** Sends and commits. `onApplied` as in `transact`; `onMissed` when something was not as believed. */
  readonly commit: (heard: Heard) => Promise<T>;
};

type Heard = {
  readonly onApplied: () => void;
  readonly onMissed: (tries: number) => void;
};

type Committing<T> = Heard & {
  readonly ahead: ReadsAhead;
  readonly decided: { readonly value: T; readonly unit: Unit } | null;
};

/** The units of one lane: each is prepared on what the one before will leave behind. */
export class UnitsAhead {
  readonly #db: Database;
  readonly #remembered = new HotRows();
  #last: CommitTimes | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** `decides`: whether it is worth deciding now, or others are likely to change the rows meanwhile. */
  async prepare<T>(
    work: AheadWork<T>,
    options: RunOptions,
    { decides }: { readonly decides: boolean },
  ): Promise<Prepared<T>> {
    const ahead = new ReadsAhead(this.#db, this.#remembered);
    // A session costs nothing before its first command; this one never gets one.
    const session = await this.#db.connection.startSession();
    const unit = newUnit(this.#db, session, options, ahead.reads);
    await session.endSession();
    if (!decides) {
      await work.gather(unit);
      this.#believeHeads(ahead.believed);
      return { commit: (heard) => this.#commit(work, options, { ahead, decided: null, ...heard }) };
    }
    const value = await work.decide(unit, 1);
    await unit.seal();
    const believed = new HotRows();
    believed.keepAll(ahead.believed);
    this.#remember(believed, unit);
    const decided = { value, unit };
    return { commit: (heard) => this.#commit(work, options, { ahead, decided, ...heard }) };
  }

  async #commit<T>(
    work: AheadWork<T>,
    options: RunOptions,
    { ahead, decided, onApplied, onMissed }: Committing<T>,
  ): Promise<T> {
    let tries = 0;
    const attempt = async (session: mongo.ClientSession) => {
      tries += 1;
      if (tries > 1) {
        onMissed(tries);
        return this.#afresh(work, options, { session, tries });
      }
      const fresh = await ahead.believed.readAgain(this.#db, session);
      if (decided && ahead.believed.equals(fresh)) {
        const { value, unit } = decided;
        return { value, flush: () => unit.sendIn(session) };
      }
      if (decided) onMissed(tries);
      const unit = newUnit(this.#db, session, options, ahead.again(this.#db, session, fresh));
      const value = await work.decide(unit, tries);
      await unit.seal();
      this.#remember(fresh, unit);
      return { value, flush: () => unit.send() };
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
