/** Where a unit's reads go: into its transaction, or ahead of it. */
import type { mongo } from 'mongoose';
import type { Database, RowBase } from '../database.ts';
import { HotRows, type HotSource } from './remembered.ts';

export type ReadOptions = {
  readonly sort?: Record<string, 1 | -1>;
  readonly limit?: number;
  readonly projection?: mongo.BSON.Document;
};

export type Reads = {
  readonly find: (
    name: string,
    filter: mongo.BSON.Document,
    options: ReadOptions,
  ) => Promise<unknown[]>;
  /** Rows by their ids that every batch reads; see `HotRows`. */
  readonly findHot: (source: HotSource, ids: readonly string[]) => Promise<RowBase[]>;
};

/**
 * Every read in the transaction of the session, one after another as a session wants it; or none when there is no
 * session: then what a majority has, side by side.
 */
export function plainReads(db: Database, session: mongo.ClientSession | null): Reads {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    if (session === null) return ask();
    const answer = last.then(ask, ask);
    last = answer;
    return answer;
  };
  const find: Reads['find'] = (name, filter, { sort, limit, projection }) =>
    inTurn(() =>
      db.connection
        .collection(name)
        .find(filter, {
          ...(session ? { session } : {}),
          // One reply for up to so many rows; the server's own 101 would make two of a batch.
          batchSize: 1_000,
          ...(sort ? { sort } : {}),
          ...(limit ? { limit } : {}),
          ...(projection ? { projection } : {}),
        })
        .toArray(),
    );
  const findHot: Reads['findHot'] = async ({ name, fields }, ids) => {
    const projection = fields && Object.fromEntries(fields.map((field) => [field, 1]));
    const found = await find(name, { _id: { $in: ids } }, projection ? { projection } : {});
    return found as RowBase[];
  };
  return { find, findHot };
}

/** The same reads, but hot rows are taken from what is kept or remembered, and kept once they are read. */
export function keepingHot(plain: Reads, kept: HotRows, remembered = new HotRows()): Reads {
  const findHot: Reads['findHot'] = async (source, ids) => {
    const known = new Map<string, RowBase | null>();
    for (const id of ids) {
      const here = kept.row(source, id);
      const row = here === undefined ? remembered.row(source, id) : here;
      if (row !== undefined) known.set(id, row);
    }
    const missing = ids.filter((id) => !known.has(id));
    for (const id of missing) known.set(id, null);
    const read = missing.length > 0 ? await plain.findHot(source, missing) : [];
    for (const row of read) known.set(row._id, row);
    for (const [id, row] of known) kept.keep(source, id, row);
    return [...known.values()].filter((row) => row !== null);
  };
  return { ...plain, findHot };
}
