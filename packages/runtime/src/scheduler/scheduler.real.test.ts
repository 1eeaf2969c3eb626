import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { connectDatabase, type Database } from '../database.ts';
import type { ServiceRoom } from '../service.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { runUnit } from '../unit/run.ts';
import { streamHeads } from '../unit/streams.ts';
import { type Chore, LeaseLost, type Turn } from './chore.ts';
import { ChoreLease, choreRows } from './lease.ts';
import { startChores } from './scheduler.ts';

let db: Database;
let now: Date;
let stops: (() => Promise<void>)[];
const log = pino({ level: 'silent' });

beforeEach(async () => {
  const database = `chores-${randomBytes(4).toString('hex')}`;
  db = await connectDatabase({ uri: String(process.env.MONGODB_URI), database });
  await db.ensureIndexes([choreRows, streamHeads] as never);
  now = new Date('2026-09-01T03:00:00Z');
  stops = [];
});

afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await db.connection.dropDatabase();
  await db.close();
});

const run = { service: 'courses' as const, clock: () => now };

/** Starts a replica of its own lease owner and its own metrics. */
function replica(chore: Chore, leaseMs = 30_000) {
  const metrics = new Metrics('courses');
  const room = { db, run } as unknown as ServiceRoom;
  const stop = startChores([chore], { room, log, metrics, leaseMs, lookMs: 15 });
  stops.push(stop);
  return { metrics, stop };
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await what()); tries += 1) {
    if (tries > 400) throw new Error('this did not come to pass');
    await sleep(25);
  }
}

/** Some looks of every replica later. */
const aWhile = () => sleep(200);

describe('chores of several replicas', () => {
  test('each due time is run once, by one of them, one run at a time', async () => {
    const turns: string[] = [];
    let running = 0;
    const chore: Chore = {
      name: 'count',
      everyMs: 60_000,
      run: async (_room, turn) => {
        running += 1;
        turns.push(running > 1 ? 'two at once' : String(turn?.dueAt.toISOString()));
        await sleep(30);
        running -= 1;
      },
    };
    for (let at = 0; at < 4; at += 1) replica(chore);
    const expected: string[] = [];
    for (let minute = 0; minute < 5; minute += 1) {
      expected.push(now.toISOString());
      await until(() => turns.length === expected.length && running === 0);
      await aWhile();
      now = new Date(now.getTime() + 60_000);
    }
    await until(() => turns.length === 6);
    expect(turns).toEqual([...expected, now.toISOString()]);
  });

  test('GOV-05: a daily chore is run once per civil day in Shanghai, and once after a downtime of days', async () => {
    const turns: string[] = [];
    const chore: Chore = {
      name: 'daily',
      daily: '06:00',
      run: async (_room, turn) => void turns.push(String(turn?.dueAt.toISOString())),
    };
    replica(chore);
    replica(chore);
    await until(() => turns.length === 1);
    now = new Date('2026-09-01T21:59:59.999Z');
    await aWhile();
    expect(turns).toEqual(['2026-08-31T22:00:00.000Z']);
    now = new Date('2026-09-01T22:00:00.000Z');
    await until(() => turns.length === 2);
    now = new Date('2026-09-09T01:00:00.000Z');
    await until(() => turns.length === 3);
    await aWhile();
    expect(turns.slice(1)).toEqual(['2026-09-01T22:00:00.000Z', '2026-09-08T22:00:00.000Z']);
  });

  test('a holder that was killed is replaced when its lease is over, not before, and can write no more', async () => {
    const dead = new ChoreLease(db, { chore: 'inherit', owner: 'dead', leaseMs: 700 });
    const row = await dead.read();
    // The lease begins while it is asked for, not when the answer is read.
    const ends = performance.now() + 700;
    const fence = await dead.take(row);
    if (fence === null) throw new Error('nobody else was there');
    let began = 0;
    replica({
      name: 'inherit',
      everyMs: 60_000,
      run: async () => {
        began = performance.now();
      },
    });
    await sleep(300);
    expect(began).toBe(0);
    await until(() => began > 0);
    // The database's clock and ours may differ by its resolution.
    expect(began).toBeGreaterThan(ends - 50);
    await until(async () => (await dead.read()).owner === null);
    const late = runUnit(db, (unit) => dead.fence(unit, fence), run);
    await expect(late).rejects.toThrow(LeaseLost);
    expect(await dead.finish(fence, now, now)).toBe(false);
    expect(await dead.renew(fence)).toBe(false);
  });

  test('a holder that slept over its lease learns of it and its unit does not commit', async () => {
    let turn: Turn | undefined;
    const lost: string[] = [];
    replica(
      {
        name: 'slow',
        everyMs: 3_600_000,
        run: async (_room, mine) => {
          if (turn !== undefined) return;
          turn = mine;
          await until(() => mine?.signal.aborted === true);
          const write = runUnit(
            db,
            async (unit) => {
              await mine?.fence(unit);
              unit.audit({
                stream: 'tch_1',
                actor: 'clock',
                command: 'late',
                facts: {},
                policyVersion: null,
              });
            },
            run,
          );
          await write.catch((error: Error) => lost.push(error.name));
        },
      },
      600,
    );
    await until(() => turn !== undefined);
    const rows = db.connection.collection(choreRows.name);
    await rows.updateOne(
      { _id: 'slow' as never },
      { $set: { owner: 'other' }, $inc: { fence: 1 } },
    );
    await until(() => lost.length > 0);
    expect(lost).toEqual(['LeaseLost']);
    expect(await db.connection.collection(streamHeads.name).countDocuments()).toBe(0);
  });

  test('a run that fails is tried again, and told in the metrics', async () => {
    let tries = 0;
    const { metrics } = replica({
      name: 'fragile',
      everyMs: 100,
      run: async () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
      },
    });
    await until(async () => (await metrics.registry.metrics()).includes('outcome="done"'));
    const text = await metrics.registry.metrics();
    expect(text).toMatch(
      /chore_runs_total\{chore="fragile",outcome="failed",service="courses"\} 1/,
    );
    expect(text).toMatch(/chore_last_done_timestamp_seconds\{chore="fragile"/);
  });

  test('a stop waits for the run under way, and another replica takes up what it left', async () => {
    const seen: string[] = [];
    const chore = (name: string): Chore => ({
      name: 'handed-on',
      everyMs: 3_600_000,
      run: async (_room, turn) => {
        seen.push(`${name} began`);
        if (name === 'first') await until(() => turn?.signal.aborted === true);
        seen.push(`${name} ended`);
      },
    });
    const first = replica(chore('first'));
    await until(() => seen.length === 1);
    replica(chore('second'));
    await first.stop();
    await until(() => seen.length === 4);
    expect(seen).toEqual(['first began', 'first ended', 'second began', 'second ended']);
  });
});
