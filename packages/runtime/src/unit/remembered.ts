/**
 * Rows that batch after batch decides on: a class and its counters, the heads of its streams. A lane remembers them as
 * its last batch will leave them, so that the next batch can be decided while that one is still being committed.
 * Nothing rests on the memory being right: inside the transaction the rows are read again and compared.
 */
import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import type { Database, RowBase } from '../database.ts';

/** Rows of one collection, read by their ids, whole or some fields of them. */
export type HotSource = { readonly name: string; readonly fields: readonly string[] | null };

/** Null: there is no row of that id. */
type Rows = Map<string, RowBase | null>;

type Known = { readonly source: HotSource; readonly rows: Rows };

export type Change =
  | { readonly name: string; readonly inserted: RowBase }
  | {
      readonly name: string;
      readonly id: unknown;
      readonly update: Readonly<Record<string, unknown>>;
    };

/** Some megabytes; what is forgotten is read again. */
const rowsMax = 5_000;

export class HotRows {
  readonly #known = new Map<string, Known>();

  get size(): number {
    return [...this.#known.values()].reduce((sum, { rows }) => sum + rows.size, 0);
  }

  /** The row, null when there is none, undefined when it isn't known. */
  row(source: HotSource, id: string): RowBase | null | undefined {
    return this.#known.get(keyOf(source))?.rows.get(id);
  }

  keep(source: HotSource, id: string, row: RowBase | null): void {
    const known = this.#known.get(keyOf(source)) ?? { source, rows: new Map() };
    this.#known.set(keyOf(source), known);
    known.rows.set(id, row);
  }

  keepAll(other: HotRows): void {
    if (this.size > rowsMax) this.forget();
    for (const { source, rows } of other.#known.values()) {
      for (const [id, row] of rows) this.keep(source, id, row);
    }
  }

  forget(): void {
    this.#known.clear();
  }

  /** As the rows are after these changes. */
  apply(changes: Iterable<Change>): void {
    for (const change of changes) {
      for (const { source, rows } of this.#known.values()) {
        if (source.name === change.name) applyOne(rows, source, change);
      }
    }
  }

  /**
   * The same rows as they stand on the primary, whether or not a majority has them yet; in one round trip where one of
   * them is there to hang the others on.
   */
  async readAgain(db: Database, session: mongo.ClientSession): Promise<HotRows> {
    const now = new HotRows();
    const all = [...this.#known.values()];
    for (const { source, rows } of all) for (const id of rows.keys()) now.keep(source, id, null);
    const options = { session, readConcern: { level: 'local' as const } };
    const together = await readTogether(db, options, all);
    for (const [at, known] of all.entries()) {
      const found = together?.[`r${at}`] ?? (await readOne(db, options, known));
      for (const row of found) now.keep(known.source, row._id, row);
    }
    return now;
  }

  equals(other: HotRows): boolean {
    return [...this.#known.values()].every(({ source, rows }) =>
      [...rows].every(([id, row]) => isDeepStrictEqual(row, other.row(source, id))),
    );
  }
}

function keyOf({ name, fields }: HotSource): string {
  return fields === null ? name : `${name} ${fields.join(' ')}`;
}

function stagesOf({ source: { fields }, rows }: Known) {
  const ids = { $match: { _id: { $in: [...rows.keys()] } } };
  const fewer = fields && { $project: Object.fromEntries(fields.map((name) => [name, 1])) };
  return fewer ? [ids, fewer] : [ids];
}

async function readOne(db: Database, options: mongo.AggregateOptions, known: Known) {
  const rows = db.connection.collection(known.source.name);
  return rows.aggregate<RowBase>(stagesOf(known), options).toArray();
}

/** By their places; undefined where no row is there to hang them on. */
async function readTogether(
  db: Database,
  options: mongo.AggregateOptions,
  all: readonly Known[],
): Promise<Readonly<Record<string, readonly RowBase[]>> | undefined> {
  const there = all.flatMap(({ source, rows }) => {
    const row = [...rows.values()].find((each) => each !== null);
    return row ? [{ name: source.name, id: row._id }] : [];
  });
  const [peg] = there;
  if (peg === undefined) return undefined;
  const lookups = all.map((known, at) => ({
    $lookup: { from: known.source.name, pipeline: stagesOf(known), as: `r${at}` },
  }));
  const [found] = await db.connection
    .collection<RowBase>(peg.name)
    .aggregate<Record<string, readonly RowBase[]>>(
      [{ $match: { _id: peg.id } }, { $project: { _id: 1 } }, ...lookups],
      options,
    )
    .toArray();
  return found;
}

function applyOne(rows: Rows, source: HotSource, change: Change): void {
  if ('inserted' in change) {
    const { inserted } = change;
    if (rows.has(inserted._id)) rows.set(inserted._id, seenBy(source, inserted));
    return;
  }
  const { id, update } = change;
  if (typeof id !== 'string') {
    rows.clear();
    return;
  }
  const before = rows.get(id);
  if (before === undefined) return;
  const { $set, ...others } = update;
  if (before === null || Object.keys(others).length > 0 || $set === undefined) rows.delete(id);
  else rows.set(id, seenBy(source, { ...before, ...$set }));
}

function seenBy({ fields }: HotSource, row: RowBase): RowBase {
  if (fields === null) return row;
  const seen = Object.entries(row).filter(([name]) => name === '_id' || fields.includes(name));
  return Object.fromEntries(seen) as RowBase;
}
