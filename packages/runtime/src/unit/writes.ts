/** What a unit of work writes to one collection, and how it is sent. */
import { mongo } from 'mongoose';
import type { Collection, Database, RowBase } from '../database.ts';
import type { Change } from './remembered.ts';

type GuardedUpdate = {
  readonly updateOne: {
    readonly filter: mongo.BSON.Document;
    readonly update: mongo.BSON.Document;
  };
};

export type Writes = {
  readonly collection: Collection<RowBase>;
  readonly inserts: RowBase[];
  /** Each must match a row. */
  readonly guarded: GuardedUpdate[];
  readonly free: mongo.AnyBulkWriteOperation<RowBase>[];
};

/** Thrown to run the whole unit again, on fresh facts: a guarded update met nothing. */
export class GuardFailed extends mongo.MongoError {
  constructor(collection: string) {
    super(`a guarded update of ${collection} matched nothing`);
    this.addErrorLabel('TransientTransactionError');
  }
}

/** A command of so many rows of a few kilobytes stays far below MongoDB's 48 MB. */
const insertMax = 1_000;

export async function sendWrites(
  db: Database,
  session: mongo.ClientSession,
  { collection: { name }, inserts, guarded, free }: Writes,
): Promise<void> {
  const target = db.connection.collection<RowBase>(name);
  for (let from = 0; from < inserts.length; from += insertMax) {
    await insertAll(db, session, { name, rows: inserts.slice(from, from + insertMax) });
  }
  if (guarded.length > 0) {
    const matched = await updateAll(target, guarded, session);
    if (matched < guarded.length) throw new GuardFailed(name);
  }
  if (free.length > 0) await target.bulkWrite(free as never[], { session });
}

/** One update goes as such: a bulk of one costs the driver several times as much. */
async function updateAll(
  target: mongo.Collection<RowBase>,
  guarded: readonly GuardedUpdate[],
  session: mongo.ClientSession,
): Promise<number> {
  const [only] = guarded;
  if (only && guarded.length === 1) {
    const { filter, update } = only.updateOne;
    return (await target.updateOne(filter as never, update, { session })).matchedCount;
  }
  return (await target.bulkWrite(guarded as never[], { session })).matchedCount;
}

/** As one command: the driver's `insertMany` measures every row once more before it sends them. */
async function insertAll(
  { connection: { db } }: Database,
  session: mongo.ClientSession,
  { name, rows }: { readonly name: string; readonly rows: readonly RowBase[] },
): Promise<void> {
  if (!db) throw new Error('the database is not connected');
  const command = { insert: name, documents: rows as never[], ordered: true };
  const reply = await db.command(command, { session });
  const [failure] = (reply['writeErrors'] ?? []) as mongo.BSON.Document[];
  if (failure) throw new mongo.MongoServerError({ ...failure, message: failure['errmsg'] });
}

/** What sending them will change. */
export function* changesOf(all: Iterable<Writes>): Generator<Change> {
  for (const { collection, inserts, guarded, free } of all) {
    const { name } = collection;
    for (const inserted of inserts) yield { name, inserted };
    for (const each of [...guarded, ...free]) {
      const { filter, update } = 'updateOne' in each ? each.updateOne : { filter: {}, update: {} };
      yield { name, id: filter._id, update: update as Readonly<Record<string, unknown>> };
    }
  }
}
