/** How the suite looks at what happened. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Database } from '../../database.ts';
import { messagesOf } from '../../outbox/relay.ts';
import { type OutboxRow, outboxRows } from '../../outbox/store.ts';
import type { OutboundMessage } from '../port.ts';
import { type HeardRow, heardRows } from './node.ts';

export function things(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `thing-${at}`);
}

/** Waits until every thing was counted up to `last`; then each must have been counted once and in order. */
export async function eventuallyHeard(
  db: Database,
  names: readonly string[],
  last: number,
  besides: readonly string[] = [],
): Promise<void> {
  const rows = await eventually(async () => {
    const found = await all<HeardRow>(db, heardRows.name);
    const wanted = found.filter(({ _id }) => names.includes(_id));
    const complete = wanted.every(({ numbers }) => numbers.includes(last));
    return wanted.length === names.length && complete ? found : undefined;
  });
  const expected = Array.from({ length: last }, (_, at) => at + 1).join();
  const wrong = rows.filter(
    ({ _id, numbers }) => !besides.includes(_id) && numbers.join() !== expected,
  );
  expect(wrong).toEqual([]);
}

/** Asks again until there is an answer; a minute and a half is far more than any of it takes. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 900; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  throw new Error('it did not happen within a minute and a half');
}

export async function all<Row>(db: Database, collection: string): Promise<Row[]> {
  return (await db.connection.collection(collection).find().toArray()) as unknown as Row[];
}

export async function one<Row>(db: Database, collection: string, id: string): Promise<Row | null> {
  const rows = await all<Row & { _id: string }>(db, collection);
  return rows.find(({ _id }) => _id === id) ?? null;
}

/** Everything told so far, as the relay sends it. */
export async function told(db: Database): Promise<OutboundMessage[]> {
  const rows = await all<OutboxRow>(db, outboxRows.name);
  return rows.toSorted((a, b) => a.position - b.position).flatMap(messagesOf);
}
