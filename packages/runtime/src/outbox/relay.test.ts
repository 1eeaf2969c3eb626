import { expect, test } from '@jest/globals';
import { firstBytes, messagesOf } from './relay.ts';
import { eventsOf, OUTBOX_SHARDS, type OutboxRow, packed, shardOf } from './store.ts';

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

test('a batch of one aggregate shares a row from eight events on; every event goes out once and in order', () => {
  const told = Array.from({ length: 300 }, (_, at) => ({
    ...row(`evt_${at}`, 700),
    position: at + 1,
    topic: at % 3 === 0 ? 'other' : 't',
  }));
  const rows = packed([
    ...told,
    ...Array.from({ length: 7 }, (_, at) => ({ ...row(`k${at}`, 9), key: 'few' })),
  ]);
  const own = rows.filter(({ key }) => key === 'few');
  expect(own.map(({ followers }) => followers)).toEqual(new Array(7).fill(undefined));
  for (const topic of ['other', 't']) {
    const sent = rows
      .filter((each) => each.topic === topic && each.key === 'k')
      .flatMap(messagesOf);
    const wanted = told.filter((each) => each.topic === topic).map(({ _id }) => _id);
    expect(sent.map(({ headers }) => headers?.['ce_id'])).toEqual(wanted);
  }
  const packs = rows.filter(({ followers }) => followers !== undefined);
  expect(packs.length).toBe(5);
  for (const pack of packs) {
    const bytes = eventsOf(pack).reduce((sum, { envelope }) => sum + envelope.length, 0);
    expect(bytes).toBeLessThanOrEqual(64 * 1_024);
  }
});

test('a row that an earlier version wrote, its followers not compressed, goes out as well', () => {
  const followers = ['b', 'c'].map((_id) => ({ _id, type: 'x', envelope: _id }));
  const sent = messagesOf({ ...row('a', 1), followers });
  expect(sent.map(({ headers }) => headers?.['ce_id'])).toEqual(['a', 'b', 'c']);
});

test('a packed row counts with all its events where a batch ends', () => {
  const [pack] = packed(Array.from({ length: 10 }, (_, at) => row(`${at}`, 100)));
  if (!pack) throw new Error('ten events were told');
  expect(firstBytes([row('a', 1), pack], 1_000)).toHaveLength(1);
  expect(firstBytes([row('a', 1), pack], 1_001)).toHaveLength(2);
});

test('aggregates of one shard that were told together share a row; each event keeps its key', () => {
  const at = (key: string, position: number) => ({
    ...row(`evt_${key}_${position}`, 9),
    key,
    position,
  });
  const keys = Array.from({ length: 9 }, (_, each) => `tch_${each}`);
  const rows = packed([...keys.map((key) => at(key, 7)), at('tch_0', 8), at('tch_x', 6)]);
  expect(rows.map((each) => [each.position, eventsOf(each).length])).toEqual([
    [7, 9],
    [8, 1],
    [6, 1],
  ]);
  expect(rows.flatMap(messagesOf).map(({ key }) => key)).toEqual([...keys, 'tch_0', 'tch_x']);
});

test('aggregates of several shards, or too few of one, have rows of their own', () => {
  const many = Array.from({ length: 14 }, (_, at) => ({
    ...row(`evt_${at}`, 9),
    key: `tch_${at}`,
    shard: at % 2,
  }));
  expect(packed(many)).toHaveLength(14);
  expect(
    packed([...many, ...many.slice(0, 2).map((each) => ({ ...each, key: 'tch_y' }))]),
  ).toHaveLength(2);
});
