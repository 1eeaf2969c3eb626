import type { Owner } from '@shixun/contracts';
import { mongo } from 'mongoose';
import type { Database } from '../database.ts';
import type { Reads } from './reads.ts';
import { Unit } from './unit.ts';

export type RunOptions = {
  /** The service whose events the unit emits; it becomes their CloudEvents source. */
  readonly service: Owner;
  readonly clock?: () => Date;
  readonly traceparent?: string | undefined;
  /** How long the unit may be retried, in milliseconds. */
  readonly deadlineMs?: number;
  /** Called after a commit that put something into the outbox, so that the relay needn't wait for its poll. */
  readonly onOutbox?: (() => void) | undefined;
  /** Names the step a fault campaign may kill the process at. */
  readonly faultPoint?: ((name: string) => void | Promise<void>) | undefined;
};

/**
 * The unit could not be committed in time: the database is away or the rows are too contended. Retrying is safe.
 * `cause` is what made the last try fail, when a try was made.
 */
export class UnitTimedOut extends Error {
  override readonly name = 'UnitTimedOut';
}

const duplicateKey = 11000;
/** A decision that has seen the other row refuses the second time; more tries than this mean that it doesn't look. */
const duplicatesMax = 3;

/**
 * Runs the work in one transaction (snapshot reads, majority commits) and commits what it buffered. `work` runs
 * again from the start after a conflict, so it must gather its facts inside.
 */
export async function runUnit<T>(
  db: Database,
  work: (unit: Unit) => Promise<T>,
  options: RunOptions,
): Promise<T> {
  const attempt = async (session: mongo.ClientSession) => {
    const unit = newUnit(db, session, options);
    const value = await work(unit);
    return { value, flush: () => sealAndSend(unit) };
  };
  return transact(db, attempt, options);
}

async function sealAndSend(unit: Unit): Promise<boolean> {
  await unit.seal();
  return unit.send();
}

export function newUnit(
  db: Database,
  session: mongo.ClientSession,
  options: RunOptions,
  reads?: Reads,
): Unit {
  const { service, traceparent, clock } = options;
  return new Unit(db, session, { service, now: clock?.() ?? new Date(), traceparent }, reads);
}

/** One try of a transaction: what it answers, and the writes that are then sent; whether events are among them. */
export type Attempt<T> = (
  session: mongo.ClientSession,
) => Promise<{ readonly value: T; readonly flush: () => Promise<boolean> }>;

/** When something was committed, by the clocks of the deployment: who begins after that sees it. */
export type CommitTimes = {
  readonly operation: mongo.Timestamp;
  readonly cluster: mongo.ClusterTime;
};

/** What transactions that follow each other closely tell one another. */
export type InTurn = {
  readonly onApplied?: (times: CommitTimes | undefined) => void;
  /** Its snapshot is no older than that: without it, somebody else's open write can hold a snapshot back. */
  readonly after?: CommitTimes | undefined;
};

function timesOf({ operationTime, clusterTime }: mongo.ClientSession): CommitTimes | undefined {
  return operationTime && clusterTime
    ? { operation: operationTime, cluster: clusterTime }
    : undefined;
}

/**
 * Tries until one try commits. `onApplied` hears when the commit stands on the primary: whoever starts then sees it,
 * and is itself answered only once a majority has both. Without it, only the majority's answer is waited for.
 */
export async function transact<T>(
  db: Database,
  attempt: Attempt<T>,
  options: RunOptions & InTurn,
): Promise<T> {
  const deadline = Date.now() + (options.deadlineMs ?? 10_000);
  const session = await db.startTransactionSession();
  if (options.after) {
    session.advanceOperationTime(options.after.operation);
    session.advanceClusterTime(options.after.cluster);
  }
  const writeConcern = options.onApplied ? { w: 1 } : { w: 'majority' as const, journal: true };
  let toldEvents = false;
  let duplicates = 0;
  let lastFailure: unknown;
  try {
    const result = await session.withTransaction(
      async () => {
        if (Date.now() > deadline) {
          throw new UnitTimedOut('the unit of work ran out of time', { cause: lastFailure });
        }
        const { value, flush } = await attempt(session);
        toldEvents = await flush().catch((error: unknown) => {
          lastFailure = error;
          duplicates += 1;
          throw duplicates <= duplicatesMax ? retriedWhenDuplicate(error) : error;
        });
        await options.faultPoint?.('before-commit');
        return value;
      },
      { readPreference: 'primary', readConcern: { level: 'snapshot' }, writeConcern },
    );
    if (options.onApplied) {
      options.onApplied(timesOf(session));
      await untilMajority(session, deadline);
    }
    await options.faultPoint?.('after-commit');
    if (toldEvents) options.onOutbox?.();
    return result;
  } finally {
    await session.endSession();
  }
}

/**
 * Committing what is committed already only waits: a second commit is one of a majority, whatever the first one was
 * (the transactions specification), and a majority's writes are in its journals.
 */
async function untilMajority(session: mongo.ClientSession, deadline: number): Promise<void> {
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      const unknown =
        error instanceof mongo.MongoError &&
        error.hasErrorLabel(mongo.MongoErrorLabel.UnknownTransactionCommitResult);
      if (!unknown || Date.now() > deadline) throw error;
    }
  }
}

/** A duplicate key means that somebody else was first: on fresh facts the decision can say so in words. */
function retriedWhenDuplicate(error: unknown): unknown {
  if (error instanceof mongo.MongoServerError && error.code === duplicateKey) {
    error.addErrorLabel('TransientTransactionError');
  }
  return error;
}
