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

/**
 * Whether the event is innocent: the database is away, and the same event will do later. A time that ran out says
 * so only when the database doesn't answer now; otherwise the event itself takes too long.
 */
export async function isTransient(error: unknown, db: Database): Promise<boolean> {
  if (isTimeout(error)) return !(await answers(db));
  if (!(error instanceof mongo.MongoError)) return false;
  return connectionErrors.has(error.name) || labels.some((label) => error.hasErrorLabel(label));
}

/** Whether the time ran out, so that trying halves of the batch would only cost more of it. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DeadlineExceeded || error instanceof UnitTimedOut;
}

async function answers(db: Database): Promise<boolean> {
  try {
    await db.connection.db?.command({ ping: 1 }, { timeoutMS: pingMs });
    return true;
  } catch {
    return false;
  }
}
