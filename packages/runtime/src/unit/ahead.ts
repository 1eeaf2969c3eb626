/**
 * A unit of work that is decided before its transaction begins, while another one is being committed, on rows that are
 * remembered and on reads of what a majority has. While its writes are sent, the remembered rows are read again: only
 * where they stand as believed does it commit. After any failure everything is read and decided in the transaction.
 */
import { mongo } from 'mongoose';
import type { Database } from '../database.ts';
import { keepingHot, plainReads } from './reads.ts';
import { HotRows } from './remembered.ts';
import { type CommitTimes, newUnit, type RunOptions, transact } from './run.ts';
import type { Unit } from './unit.ts';

/** Runs again after a failure; `tries` counts from 1. */
export type Decide<T> = (unit: Unit, tries: number) => Promise<T>;

export type Prepared<T> = {
  /** Sends and commits. `onApplied` as in `transact`. */
  readonly commit: (onApplied: () => void) => Promise<T>;
};

type Decided<T> = {
  readonly value: T;
  readonly unit: Unit;
  readonly believed: HotRows;
  /** How many units had to be decided again before it: what came before a later one never came to be. */
  readonly epoch: number;
};

/** Thrown to decide the whole unit again, on fresh facts: a row is not as it was believed to be. */
class BelievedWrong extends mongo.MongoError {
  constructor() {
    super('a remembered row is not as it was believed to be');
    this.addErrorLabel('TransientTransactionError');
  }
}

/** The units of one lane: each is prepared on what the one before will leave behind. */
export class UnitsAhead {
  readonly #db: Database;
  readonly #remembered = new HotRows();
  #last: CommitTimes | undefined;
  #epoch = 0;
  /** Until then nobody knows what the unit at hand will leave behind. */
  #known: Promise<void> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  async prepare<T>(decide: Decide<T>, options: RunOptions): Promise<Prepared<T>> {
    await this.#known;
    const epoch = this.#epoch;
    const believed = new HotRows();
    const reads = keepingHot(plainReads(this.#db, null), believed, this.#remembered);
    // A session costs nothing before its first command; this one never gets one.
    const session = await this.#db.connection.startSession();
    const unit = newUnit(this.#db, session, options, reads);
    await session.endSession();
    const value = await decide(unit, 1);
    await unit.seal();
    if (epoch === this.#epoch) this.#remember(believed, unit);
    const decided = { value, unit, believed, epoch };
    return { commit: (onApplied) => this.#commit(decide, options, { decided, onApplied }) };
  }

  async #commit<T>(
    decide: Decide<T>,
    options: RunOptions,
    { decided, onApplied }: { readonly decided: Decided<T>; readonly onApplied: () => void },
  ): Promise<T> {
    const { value, unit, believed } = decided;
    let ahead = decided.epoch === this.#epoch;
    const known = Promise.withResolvers<void>();
    if (!ahead) this.#known = known.promise;
    let tries = 0;
    const attempt = async (session: mongo.ClientSession) => {
      tries += 1;
      if (tries > 1) this.#epoch += 1;
      if (ahead) {
        ahead = false;
        return { value, flush: () => this.#sendBelieved(unit, believed, session) };
      }
      this.#known = known.promise;
      const again = await this.#afresh(decide, options, { session, tries });
      known.resolve();
      return again;
    };
    try {
      if (ahead && unit.changesNothing && (await this.#stands(believed))) {
        onApplied();
        return value;
      }
      return await transact(this.#db, attempt, {
        ...options,
        after: this.#last,
        onApplied: (times) => {
          this.#last = times;
          onApplied();
        },
      });
    } catch (error) {
      this.#epoch += 1;
      this.#remembered.forget();
      throw error;
    } finally {
      known.resolve();
    }
  }

  /** Once the transaction has its snapshot, what was believed is read again beside the writes that are left. */
  async #sendBelieved(unit: Unit, believed: HotRows, session: mongo.ClientSession) {
    let standing: Promise<boolean> | undefined;
    const tells = await unit.sendIn(session, () => {
      standing = this.#stands(believed);
      standing.catch(() => undefined);
    });
    if (!(await (standing ?? this.#stands(believed)))) throw new BelievedWrong();
    return tells;
  }

  /** Whether the rows that were believed in stand as believed on the primary. */
  async #stands(believed: HotRows): Promise<boolean> {
    const session = await this.#db.connection.startSession();
    try {
      if (this.#last) {
        session.advanceOperationTime(this.#last.operation);
        session.advanceClusterTime(this.#last.cluster);
      }
      return believed.equals(await believed.readAgain(this.#db, session));
    } finally {
      await session.endSession();
    }
  }

  async #afresh<T>(
    decide: Decide<T>,
    options: RunOptions,
    { session, tries }: { readonly session: mongo.ClientSession; readonly tries: number },
  ) {
    const read = new HotRows();
    const unit = newUnit(
      this.#db,
      session,
      options,
      keepingHot(plainReads(this.#db, session), read),
    );
    const value = await decide(unit, tries);
    await unit.seal();
    this.#remembered.forget();
    this.#remember(read, unit);
    return { value, flush: () => unit.send() };
  }

  /** As the unit will leave them. */
  #remember(read: HotRows, unit: Unit): void {
    const left = new HotRows();
    left.keepAll(read);
    left.apply(unit.changes());
    this.#remembered.keepAll(left);
  }
}
