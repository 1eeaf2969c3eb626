/** What every event bus must hold, whatever is behind it. Both adapters run this one suite on a real MongoDB. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Database } from '../database.ts';
import { EventRefused } from '../inbox/handler.ts';
import { type DeadLetter, deadLetters } from '../inbox/store.ts';
import { type OutboxRow, outboxRows } from '../outbox/store.ts';
import { runUnit } from '../unit/run.ts';
import {
  type BusName,
  counted,
  type HeardRow,
  hear,
  heardRows,
  openBus,
  openPlace,
  relayOf,
  tell,
  writeDown,
} from './conformance-node.ts';
import type { FaultPointName } from './fault-point.ts';
import type { EventBus, OutboundMessage } from './port.ts';

const uri = String(process.env.MONGODB_URI);
const relayPoints: readonly FaultPointName[] = [
  'before-claim',
  'after-claim',
  'after-send',
  'before-mark',
  'after-mark',
];
const hearerPoints: readonly FaultPointName[] = [
  'before-handle',
  'before-commit',
  'after-commit-before-ack',
];

type Stoppable = { stop(): Promise<void> };

export function conformance(name: BusName): void {
  describe(`${name} event bus`, () => {
    let run: string;
    let teller: Database;
    let hearer: Database;
    let second: Database;
    let workers = 0;
    const running: Stoppable[] = [];
    const up = <T extends Stoppable>(part: T): T => {
      running.push(part);
      return part;
    };

    beforeEach(async () => {
      run = `conf-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
      [teller, hearer, second] = await Promise.all([
        openPlace({ uri, database: `${run}-teller` }),
        openPlace({ uri, database: `${run}-hearer` }),
        openPlace({ uri, database: `${run}-second` }),
      ]);
    });

    afterEach(async () => {
      await Promise.all(running.splice(0).map((part) => part.stop()));
      for (const db of [teller, hearer, second]) {
        await db.connection.dropDatabase();
        await db.close();
      }
    });

    /** Buses as several processes would have them; in process there is one for all. */
    const buses = (count: number, expected: readonly ('credits' | 'evaluation')[]): EventBus[] => {
      const one = name === 'in-process' ? [openBus(name, run, expected)] : [];
      const many = Array.from({ length: count }, () => one[0] ?? openBus(name, run));
      for (const bus of new Set(many)) up(bus);
      return many;
    };
    const only = (expected: readonly ('credits' | 'evaluation')[]): EventBus => {
      const [bus] = buses(1, expected);
      if (bus === undefined) throw new Error('no bus was opened');
      return bus;
    };

    test('order per key holds with several relays, groups and members, and each event takes effect once', async () => {
      const [one, two, three] = buses(3, ['credits', 'evaluation']);
      if (!one || !two || !three) throw new Error('too few buses');
      up(hear(hearer, one, 'credits'));
      if (name === 'kafka') up(hear(hearer, two, 'credits'));
      up(hear(second, three, 'evaluation'));
      const relays = [up(relayOf(teller, one)), up(relayOf(teller, two))];
      const names = things(120);
      const halves = [names.slice(0, 60), names.slice(60)];
      await Promise.all(
        halves.map((half, at) => tell(teller, half, 1, 25, () => relays[at]?.wake())),
      );
      await eventuallyHeard(hearer, names, 25);
      await eventuallyHeard(second, names, 25);
    });

    test('a redelivered event is absorbed, however often and late it comes', async () => {
      const bus = only(['credits']);
      up(hear(hearer, bus, 'credits'));
      const relay = up(relayOf(teller, bus));
      const names = things(30);
      await tell(teller, names, 1, 10, () => relay.wake());
      await eventuallyHeard(hearer, names, 10);
      const again = await told(teller);
      for (let time = 0; time < 3; time += 1) await bus.publish(again);
      await bus.publish(again.toReversed());
      await tell(teller, names, 11, 11, () => relay.wake());
      await eventuallyHeard(hearer, names, 11);
    });

    test('what a unit told that did not commit is never heard', async () => {
      const bus = only(['credits']);
      up(hear(hearer, bus, 'credits'));
      const relay = up(relayOf(teller, bus));
      const broken = async (thing: string): Promise<void> =>
        runUnit(
          teller,
          async (unit) => {
            unit.emit(counted, thing, { thing, number: 1 });
            throw new Error('changed its mind');
          },
          { service: 'courses', onOutbox: () => relay.wake() },
        );
      for (const thing of things(20)) await expect(broken(thing)).rejects.toThrow('changed');
      await tell(teller, ['last'], 1, 1, () => relay.wake());
      await eventuallyHeard(hearer, ['last'], 1);
    });

    test('INT-02: poison becomes dead letters with cause, bytes and place, and never stops the rest', async () => {
      const bus = only(['credits']);
      let mended = false;
      const handlers = writeDown((thing) => {
        if (mended) return;
        if (thing.startsWith('refused')) throw new EventRefused('not for us');
        if (thing.startsWith('failing')) throw new Error('can not do it');
      });
      up(hear(hearer, bus, 'credits', { handlers }));
      const relay = up(relayOf(teller, bus));
      const names = things(50);
      const refused = ['refused-1', 'refused-2'];
      const failing = ['failing-1', 'failing-2', 'failing-3'];
      await tell(teller, names, 1, 3, () => relay.wake());
      await bus.publish(unreadable(names));
      await tell(teller, [...names, ...refused, ...failing], 4, 4, () => relay.wake());
      await tell(teller, names, 5, 6, () => relay.wake());
      await eventuallyHeard(hearer, names, 6);

      const letters = await eventually(async () => {
        const rows = await all<DeadLetter>(hearer, deadLetters.name);
        return rows.length === unreadable(names).length + 5 ? rows : undefined;
      });
      expect(countBy(letters, ({ kind }) => kind)).toEqual({
        malformed: 4,
        unknown_version: 1,
        refused: 2,
        failed: 3,
      });
      const originals = letters.map(({ originalBase64 }) => atob(originalBase64));
      for (const { value } of unreadable(names)) expect(originals).toContain(value);
      for (const letter of letters) {
        expect(letter.cause).not.toBe('');
        expect(letter.position).not.toBe('');
        expect(letter.headers).toHaveProperty('ce_id');
        expect(letter.attempts).toBe(letter.kind === 'failed' ? 3 : 1);
      }
      const toldOfDead = (await all<OutboxRow>(hearer, outboxRows.name)).filter(
        ({ topic }) => topic === 'credits.dead.courses.conformance',
      );
      expect(toldOfDead).toHaveLength(letters.length);

      mended = true;
      await hearer.connection
        .collection(deadLetters.name)
        .updateMany({ kind: { $in: ['refused', 'failed'] } }, { $set: { state: 'redrive_asked' } });
      for (const thing of [...refused, ...failing]) {
        await eventually(async () => {
          const row = await one<HeardRow>(hearer, heardRows.name, thing);
          return row?.numbers.join() === '4' || undefined;
        });
      }
      await bus.publish(await told(teller));
      await tell(teller, [...names, ...refused, ...failing], 7, 7, () => relay.wake());
      await eventually(async () => {
        const row = await one<HeardRow>(hearer, heardRows.name, 'failing-3');
        return row?.numbers.join() === '4,7' || undefined;
      });
      await eventuallyHeard(hearer, names, 7, [...refused, ...failing]);
    });

    test('a handler that hangs costs its own event, not those after it', async () => {
      const bus = only(['credits']);
      const never = new Promise<void>(() => {});
      const handlers = writeDown((thing) => (thing === 'hanging' ? never : undefined));
      up(hear(hearer, bus, 'credits', { handlers, deadlineMs: 300 }));
      const relay = up(relayOf(teller, bus));
      const names = things(5);
      await tell(teller, [...names, 'hanging'], 1, 1, () => relay.wake());
      await tell(teller, names, 2, 2, () => relay.wake());
      await eventuallyHeard(hearer, names, 2);
      const [letter] = await eventually(async () => {
        const rows = await all<DeadLetter>(hearer, deadLetters.name);
        return rows.length === 1 ? rows : undefined;
      });
      expect(letter?.cause).toContain('DeadlineExceeded');
    });

    test('what fails for a while is neither lost nor overtaken, and other groups go on', async () => {
      const bus = only(['credits', 'evaluation']);
      let failures = 0;
      const handlers = writeDown(() => {
        failures += 1;
        if (failures <= 12) throw away();
      });
      const relay = up(relayOf(teller, bus));
      up(hear(hearer, bus, 'credits', { handlers }));
      up(hear(second, bus, 'evaluation'));
      const names = things(10);
      await tell(teller, names, 1, 8, () => relay.wake());
      await eventuallyHeard(second, names, 8);
      await eventuallyHeard(hearer, names, 8);
      expect(failures).toBeGreaterThan(12);
      expect(await all(hearer, deadLetters.name)).toHaveLength(0);
    });

    test('a group that was away gets what it missed, and goes on where it was', async () => {
      const bus = only(['credits']);
      const relay = up(relayOf(teller, bus));
      const names = things(20);
      const first = hear(hearer, bus, 'credits');
      await tell(teller, names, 1, 4, () => relay.wake());
      await eventuallyHeard(hearer, names, 4);
      await first.stop();
      await tell(teller, names, 5, 9, () => relay.wake());
      up(hear(hearer, bus, 'credits'));
      await eventuallyHeard(hearer, names, 9);
    });

    test('a kill between any two steps loses nothing, doubles nothing and turns nothing round', async () => {
      const names = things(15);
      let number = 0;
      const worker = (role: string, dieAt: string, dieAfter = 1) =>
        startWorker({ BUS: name, RUN: run, ROLE: role, DIE_AT: dieAt, DIE_AFTER: `${dieAfter}` });
      /** Goes on telling until the worker has killed itself at its step. */
      const tellUntilDead = async (role: string, point: FaultPointName, dieAfter: number) => {
        const dying = worker(role, point, dieAfter);
        let cause: string | undefined;
        dying.died.then((signal) => {
          cause = signal;
        });
        while (cause === undefined) {
          await tell(teller, names, number + 1, number + 2);
          number += 2;
          await sleep(100);
        }
        expect(cause).toBe('SIGKILL');
      };
      const both = name === 'in-process';
      const hearing = both ? undefined : worker('hearer', '');
      for (const [at, point] of relayPoints.entries()) {
        await tellUntilDead(both ? 'both' : 'relay', point, 1 + (at % 3));
      }
      await hearing?.kill();
      const relaying = both ? undefined : worker('relay', '');
      for (const [at, point] of hearerPoints.entries()) {
        await tellUntilDead(both ? 'both' : 'hearer', point, 1 + (at % 3));
      }
      await relaying?.kill();
      const last = both ? [worker('both', '')] : [worker('relay', ''), worker('hearer', '')];
      await eventuallyHeard(hearer, names, number);
      await eventually(async () => {
        const rows = await all<OutboxRow>(teller, outboxRows.name);
        return rows.every(({ publishedAt }) => publishedAt !== null) || undefined;
      });
      expect(await all(hearer, deadLetters.name)).toHaveLength(0);
      await Promise.all(last.map((one) => one.kill()));
    });

    function startWorker(env: Record<string, string>) {
      const file = fileURLToPath(new URL('./conformance-worker.ts', import.meta.url));
      workers += 1;
      const appName = `${run}-${workers}`;
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          PATH: process.env.PATH,
          MONGODB_URI: `${uri}${uri.includes('?') ? '&' : '?'}appName=${appName}`,
          KAFKA_BROKERS: process.env.KAFKA_BROKERS,
          CONFORMANCE_LOG: process.env.CONFORMANCE_LOG,
          TELLER: `${run}-teller`,
          HEARER: `${run}-hearer`,
          ...env,
        },
      });
      const died = once(child, 'exit').then(async ([code, signal]) => {
        await endTransactionsOf(teller, appName);
        return signal ?? `exit ${code}`;
      });
      const kill = async () => {
        child.kill('SIGKILL');
        await died;
      };
      up({ stop: kill });
      return { died, kill };
    }
  });
}

/**
 * The server keeps an open transaction of a killed client for a minute and then ends it; this does so at once. What
 * runs meanwhile only waits.
 */
async function endTransactionsOf(db: Database, appName: string): Promise<void> {
  const admin = db.connection.getClient().db('admin');
  const pipeline = [{ $currentOp: { idleSessions: true } }, { $match: { appName } }];
  const operations = await admin.aggregate(pipeline, { readConcern: { level: 'local' } }).toArray();
  const sessions = operations.flatMap(({ lsid }) => (lsid ? [{ id: lsid.id }] : []));
  if (sessions.length > 0) await admin.command({ killSessions: sessions });
}

function things(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `thing-${at}`);
}

/** Waits until every thing was counted up to `last`; then each must have been counted once and in order. */
async function eventuallyHeard(
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

/** Asks again until there is an answer; a minute is far more than any of it takes. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  throw new Error('it did not happen within a minute');
}

async function all<Row>(db: Database, collection: string): Promise<Row[]> {
  return (await db.connection.collection(collection).find().toArray()) as unknown as Row[];
}

async function one<Row>(db: Database, collection: string, id: string): Promise<Row | null> {
  const rows = await all<Row & { _id: string }>(db, collection);
  return rows.find(({ _id }) => _id === id) ?? null;
}

/** Everything told so far, as the relay sends it. */
async function told(db: Database): Promise<OutboundMessage[]> {
  const rows = await all<OutboxRow>(db, outboxRows.name);
  return rows
    .toSorted((a, b) => a.position - b.position)
    .map(({ _id, topic, key, type, envelope }) => ({
      topic,
      key,
      value: envelope,
      headers: { ce_id: _id, ce_type: type },
    }));
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
