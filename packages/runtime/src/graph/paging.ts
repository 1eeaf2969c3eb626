import { GraphQLError } from 'graphql';
import type { Model } from 'mongoose';
import type { RowBase } from '../database.ts';

export type Connection<Row> = {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

export type PageRequest = {
  /** Null when the caller may see nothing: an empty page without a query. */
  readonly filter: Readonly<Record<string, unknown>> | null;
  /** The last field must be unique, so that a cursor names one place. */
  readonly sort: readonly (readonly [field: string, direction: 1 | -1])[];
  /** Long fields that nothing shows of the rows: they stay in the database. */
  readonly without?: readonly string[];
  /** The index to go by, where the database can't know which values are rare. */
  readonly index?: Readonly<Record<string, 1 | -1>> | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
};

const pageSizeDefault = 20;
const pageSizeMax = 100;

/**
 * One keyset page: the cursor holds the sort values of the last row, so page 10,000 costs what page 1 costs.
 * `first` is 1 to 100. [GOV-06]
 */
export async function connection<Row extends RowBase>(
  model: Model<Row>,
  { filter, sort, without = [], index, first, after }: PageRequest,
): Promise<Connection<Row>> {
  const size = first ?? pageSizeDefault;
  if (size < 1 || size > pageSizeMax) {
    throw badInput(`first must lie between 1 and ${pageSizeMax}`);
  }
  if (filter === null) return { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
  const place = after ? { $and: [filter, beyond(sort, readCursor(after, sort.length))] } : filter;
  const rows = (await model.collection
    .find(place as never, {
      projection: Object.fromEntries(without.map((field) => [field, 0])),
      ...(index ? { hint: { ...index } } : {}),
    })
    .sort(Object.fromEntries(sort))
    .limit(size + 1)
    .toArray()) as unknown as Row[];
  const edges = rows.slice(0, size).map((node) => ({ cursor: cursorOf(node, sort), node }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > size, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

/** Everything after the cursor's place: bounded by the first field, so that the index serves it. */
function beyond(sort: PageRequest['sort'], values: readonly unknown[]): Record<string, unknown> {
  const alternatives = sort.map(([field, direction], index) => ({
    ...Object.fromEntries(sort.slice(0, index).map(([earlier], at) => [earlier, values[at]])),
    [field]: { [direction === 1 ? '$gt' : '$lt']: values[index] },
  }));
  const [field, direction] = sort[0] ?? ['_id', 1];
  return {
    $and: [{ [field]: { [direction === 1 ? '$gte' : '$lte']: values[0] } }, { $or: alternatives }],
  };
}

function cursorOf(row: RowBase, sort: PageRequest['sort']): string {
  const values = sort.map(([field]) => {
    const value = (row as unknown as Record<string, unknown>)[field];
    return value instanceof Date ? { date: value.toISOString() } : (value ?? null);
  });
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function readCursor(cursor: string, length: number): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(values) || values.length !== length) throw new Error('wrong length');
    return values.map(readValue);
  } catch {
    throw badInput('the cursor is not one of this list');
  }
}

/** Only plain values leave a cursor, so that nobody can put an operator of the database into one. */
function readValue(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  const date = typeof value === 'object' && 'date' in value ? new Date(String(value.date)) : null;
  if (date === null || Number.isNaN(date.getTime())) throw new Error('no value');
  return date;
}

/** An input that GraphQL's types let through and that is wrong all the same; a client's mistake, not a refusal. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
