import { mongo } from 'mongoose';
import type { Database } from '../database.ts';
import { UnitTimedOut } from '../unit/run.ts';

/** The handler was not done in time. Whatever it still does is not committed. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

const labels = [
  'TransientTransactionError',
  'UnknownTransactionCommitResult',
  'RetryableWriteError',
];

/** The driver exports no classes for some of them. */
const connectionErrors = new Set([
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoServerSelectionError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'PoolClearedOnNetworkError',
]);

const pingMs = 1_000;
const writeConflict = 112;

/**
 * Whether the event is innocent, so that the same event will do later: the database is away, or another transaction
 * holds the rows (that of a killed process does so until the server ends it, a minute by default). A time that ran
 * out for another reason, with a database that answers, is the event's own doing.
 */
export async function isTransient(error: unknown, db: Database): Promise<boolean> {
  if (isTimeout(error)) return isWriteConflict(error.cause) || !(await answers(db));
  if (!(error instanceof mongo.MongoError)) return false;
  return connectionErrors.has(error.name) || labels.some((label) => error.hasErrorLabel(label));
}

/** Whether the time ran out, so that trying halves of the batch would only cost more of it. */
export function isTimeout(error: unknown): error is DeadlineExceeded | UnitTimedOut {
  return error instanceof DeadlineExceeded || error instanceof UnitTimedOut;
}

function isWriteConflict(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === writeConflict;
}

async function answers(db: Database): Promise<boolean> {
  try {
    await db.connection.db?.command({ ping: 1 }, { timeoutMS: pingMs });
    return true;
  } catch {
    return false;
  }
}
