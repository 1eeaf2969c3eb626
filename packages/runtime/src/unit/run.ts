import type { Owner } from '@shixun/contracts';
import { mongo } from 'mongoose';
import type { Database } from '../database.ts';
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
  const clock = options.clock ?? (() => new Date());
  const deadline = Date.now() + (options.deadlineMs ?? 10_000);
  const session = await db.connection.startSession();
  let toldEvents = false;
  let duplicates = 0;
  let lastFailure: unknown;
  try {
    const result = await session.withTransaction(
      async () => {
        if (Date.now() > deadline) {
          throw new UnitTimedOut('the unit of work ran out of time', { cause: lastFailure });
        }
        const settings = {
          service: options.service,
          now: clock(),
          traceparent: options.traceparent,
        };
        const unit = new Unit(db, session, settings);
        const value = await work(unit);
        toldEvents = await unit.flush().catch((error: unknown) => {
          lastFailure = error;
          duplicates += 1;
          throw duplicates <= duplicatesMax ? retriedWhenDuplicate(error) : error;
        });
        await options.faultPoint?.('before-commit');
        return value;
      },
      {
        readPreference: 'primary',
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
      },
    );
    await options.faultPoint?.('after-commit');
    if (toldEvents) options.onOutbox?.();
    return result;
  } finally {
    await session.endSession();
  }
}

/** A duplicate key means that somebody else was first: on fresh facts the decision can say so in words. */
function retriedWhenDuplicate(error: unknown): unknown {
  if (error instanceof mongo.MongoServerError && error.code === duplicateKey) {
    error.addErrorLabel('TransientTransactionError');
  }
  return error;
}
