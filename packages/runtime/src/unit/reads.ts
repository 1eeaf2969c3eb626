/** Where a unit's reads go: into its transaction, or ahead of it. */
import { mongo } from 'mongoose';
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

/** Every read in the transaction of the session, or none when there is no session: then what a majority has. */
export function plainReads(db: Database, session: mongo.ClientSession | null): Reads {
  const find: Reads['find'] = (name, filter, { sort, limit, projection }) =>
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
      .toArray();
  const findHot: Reads['findHot'] = async ({ name, fields }, ids) => {
    const projection = fields && Object.fromEntries(fields.map((field) => [field, 1]));
    const found = await find(name, { _id: { $in: ids } }, projection ? { projection } : {});
    return found as RowBase[];
  };
  return { find, findHot };
}

/** What was read ahead of a transaction: answers the same questions again, and knows which hot rows it believed in. */
export class ReadsAhead {
  readonly #answers = new Map<string, Promise<unknown[]>>();
  /** The hot rows that were believed in. */
  readonly believed = new HotRows();
  readonly reads: Reads;

  constructor(db: Database, remembered: HotRows) {
    const plain = plainReads(db, null);
    this.reads = {
      find: (name, filter, options) => {
        const key = questionOf(name, filter, options);
        const known = this.#answers.get(key) ?? plain.find(name, filter, options);
        this.#answers.set(key, known);
        return known;
      },
      findHot: (source, ids) =>
        findKnown(source, ids, { from: [this.believed, remembered], plain, into: this.believed }),
    };
  }

  /** The same answers, but hot rows as they are in the transaction; what was not asked before is read there. */
  again(db: Database, session: mongo.ClientSession, fresh: HotRows): Reads {
    const plain = plainReads(db, session);
    return {
      find: (name, filter, options) =>
        this.#answers.get(questionOf(name, filter, options)) ?? plain.find(name, filter, options),
      findHot: (source, ids) => findKnown(source, ids, { from: [fresh], plain, into: fresh }),
    };
  }
}

async function findKnown(
  source: HotSource,
  ids: readonly string[],
  {
    from,
    plain,
    into,
  }: { readonly from: readonly HotRows[]; readonly plain: Reads; readonly into: HotRows },
): Promise<RowBase[]> {
  const known = new Map<string, RowBase | null>();
  const missing: string[] = [];
  for (const id of ids) {
    const row = from.reduce<RowBase | null | undefined>(
      (found, rows) => (found === undefined ? rows.row(source, id) : found),
      undefined,
    );
    if (row === undefined) missing.push(id);
    else known.set(id, row);
  }
  if (missing.length > 0) {
    for (const id of missing) known.set(id, null);
    for (const row of await plain.findHot(source, missing)) known.set(row._id, row);
  }
  for (const [id, row] of known) into.keep(source, id, row);
  return [...known.values()].filter((row) => row !== null);
}

function questionOf(name: string, filter: mongo.BSON.Document, options: ReadOptions): string {
  return mongo.BSON.EJSON.stringify([name, filter, options]);
}
