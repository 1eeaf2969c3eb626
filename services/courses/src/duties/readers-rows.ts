import type { Collection, GraphContext } from '@shixun/runtime';

/** Of each source so many rows are looked at: more is no list of duties but a backlog, whose oldest come first. */
const sourceMax = 200;

export async function read<Row extends { readonly _id: string }>(
  context: GraphContext,
  collection: Collection<Row>,
  filter: Readonly<Record<string, unknown>>,
  sort: Readonly<Record<string, 1 | -1>> = { _id: 1 },
): Promise<Row[]> {
  const found = context.db.model(collection).collection.find(filter as never);
  return (await found.sort(sort).limit(sourceMax).toArray()) as unknown as Row[];
}
