import { expect, test } from '@jest/globals';
import { firstBytes } from './relay.ts';
import { OUTBOX_SHARDS, type OutboxRow, shardOf } from './store.ts';

const row = (name: string, bytes: number): OutboxRow => ({
  _id: name,
  shard: 0,
  position: 1,
  topic: 't',
  key: 'k',
  type: 'x',
  envelope: 'x'.repeat(bytes),
  traceparent: null,
  createdAt: new Date(0),
  publishedAt: null,
});

const names = (rows: readonly OutboxRow[]) => rows.map(({ _id }) => _id).join('');

test('a batch ends before the row that would make it too large for the broker', () => {
  const rows = [row('a', 40), row('b', 60), row('c', 1)];
  expect(names(firstBytes(rows, 101))).toBe('abc');
  expect(names(firstBytes(rows, 100))).toBe('ab');
  expect(names(firstBytes(rows, 99))).toBe('a');
});

test('a row larger than a batch goes alone, so that it stops nothing', () => {
  expect(names(firstBytes([row('a', 500), row('b', 1)], 100))).toBe('a');
  expect(firstBytes([], 100)).toEqual([]);
});

test('an aggregate stays in one shard, and shards are filled evenly', () => {
  const counts = new Array<number>(OUTBOX_SHARDS).fill(0);
  for (let at = 0; at < 64_000; at += 1) {
    const shard = shardOf(`cls_${at}`);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1_200);
  expect(shardOf('cls_1')).toBe(shardOf('cls_1'));
});
