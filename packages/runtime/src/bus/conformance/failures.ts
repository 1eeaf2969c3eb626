/** What a bus and its consumers promise when messages, handlers or the database fail. */
import { expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { messageOf } from '../../inbox/dead-letters.ts';
import { EventRefused } from '../../inbox/handler.ts';
import { type DeadLetter, deadLetters } from '../../inbox/store.ts';
import { type OutboxRow, outboxRows } from '../../outbox/store.ts';
import type { OutboundMessage } from '../port.ts';
import { all, eventually, eventuallyHeard, one, things, told } from './look.ts';
import { counted, type HeardRow, hear, heardRows, relayOf, tell, writeDown } from './node.ts';
import type { World } from './world.ts';

export function failures(w: World): void {
  test('INT-02: poison becomes dead letters with cause, bytes and place, and never stops the rest', async () => {
    const bus = w.bus(['credits']);
    let mended = false;
    const handlers = writeDown((thing) => {
      if (mended) return;
      if (thing.startsWith('refused')) throw new EventRefused('not for us');
      if (thing.startsWith('failing')) throw new Error('can not do it');
    });
    w.up(hear(w.hearer, bus, 'credits', { handlers }));
    const relay = w.up(relayOf(w.teller, bus));
    const names = things(50);
    const refused = ['refused-1', 'refused-2'];
    const failing = ['failing-1', 'failing-2', 'failing-3'];
    await tell(w.teller, names, 1, 3, () => relay.wake());
    await bus.publish(unreadable(names));
    await tell(w.teller, [...names, ...refused, ...failing], 4, 4, () => relay.wake());
    await tell(w.teller, names, 5, 6, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 6);

    const letters = await eventually(async () => {
      const rows = await all<DeadLetter>(w.hearer, deadLetters.name);
      return rows.length === unreadable(names).length + 5 ? rows : undefined;
    });
    expect(countBy(letters, ({ kind }) => kind)).toEqual({
      malformed: 4,
      unknown_version: 1,
      refused: 2,
      failed: 3,
    });
    const originals = letters.map((letter) =>
      messageOf(letter, Buffer.alloc(32)).value.toString('utf8'),
    );
    for (const { value } of unreadable(names)) expect(originals).toContain(value);
    for (const letter of letters) {
      expect(letter.cause).not.toBe('');
      expect(letter.position).not.toBe('');
      expect(messageOf(letter, Buffer.alloc(32)).headers).toHaveProperty('ce_id');
      expect(letter.attempts).toBe(letter.kind === 'failed' ? 3 : 1);
    }
    const toldOfDead = (await all<OutboxRow>(w.hearer, outboxRows.name)).filter(
      ({ topic }) => topic === 'credits.dead.courses.conformance',
    );
    expect(toldOfDead).toHaveLength(letters.length);

    mended = true;
    await w.hearer.connection
      .collection(deadLetters.name)
      .updateMany({ kind: { $in: ['refused', 'failed'] } }, { $set: { state: 'redrive_asked' } });
    for (const thing of [...refused, ...failing]) {
      await eventually(async () => {
        const row = await one<HeardRow>(w.hearer, heardRows.name, thing);
        return row?.numbers.join() === '4' || undefined;
      });
    }
    await bus.publish(await told(w.teller));
    await tell(w.teller, [...names, ...refused, ...failing], 7, 7, () => relay.wake());
    await eventually(async () => {
      const row = await one<HeardRow>(w.hearer, heardRows.name, 'failing-3');
      return row?.numbers.join() === '4,7' || undefined;
    });
    await eventuallyHeard(w.hearer, names, 7, [...refused, ...failing]);
  });

  test('a handler that hangs costs its own event, not those after it', async () => {
    const bus = w.bus(['credits']);
    const never = new Promise<void>(() => {});
    const handlers = writeDown((thing) => (thing === 'hanging' ? never : undefined));
    w.up(hear(w.hearer, bus, 'credits', { handlers, deadlineMs: 300 }));
    const relay = w.up(relayOf(w.teller, bus));
    const names = things(5);
    await tell(w.teller, [...names, 'hanging'], 1, 1, () => relay.wake());
    await tell(w.teller, names, 2, 2, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 2);
    const [letter] = await eventually(async () => {
      const rows = await all<DeadLetter>(w.hearer, deadLetters.name);
      return rows.length === 1 ? rows : undefined;
    });
    expect(letter?.cause).toContain('DeadlineExceeded');
  });

  test('what fails for a while is neither lost nor overtaken, and other groups go on', async () => {
    const bus = w.bus(['credits', 'evaluation']);
    let failures = 0;
    const handlers = writeDown(() => {
      failures += 1;
      if (failures <= 12) throw away();
    });
    const relay = w.up(relayOf(w.teller, bus));
    w.up(hear(w.hearer, bus, 'credits', { handlers }));
    w.up(hear(w.second, bus, 'evaluation'));
    const names = things(10);
    await tell(w.teller, names, 1, 8, () => relay.wake());
    await eventuallyHeard(w.second, names, 8);
    await eventuallyHeard(w.hearer, names, 8);
    expect(failures).toBeGreaterThan(12);
    expect(await all(w.hearer, deadLetters.name)).toHaveLength(0);
  });
}

/** Messages that nobody can read, among the keys of good ones. */
function unreadable(names: readonly string[]): OutboundMessage[] {
  const envelope = {
    specversion: '1.0',
    id: 'evt_foreign',
    source: '/courses',
    type: counted.type,
    subject: names[0],
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: '/schemas/x',
    sequence: '1',
    data: { thing: names[0], number: 1 },
  };
  const values = [
    '{"specversion":',
    '{}',
    JSON.stringify({ ...envelope, data: { thing: names[0], number: 'one' } }),
    JSON.stringify({ ...envelope, specversion: '2.0' }),
    JSON.stringify({ ...envelope, type: 'courses.conformance.counted.v9' }),
  ];
  return values.map((value, at) => ({
    topic: counted.topic,
    key: names[at] ?? 'none',
    value,
    headers: { ce_id: `evt_foreign_${at}`, ce_type: 'foreign' },
  }));
}

/** What the driver throws while the database is away. */
function away(): Error {
  return new mongo.MongoNetworkError('the database is away');
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
