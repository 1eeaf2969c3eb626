/**
 * The enrollment rush: twice as many teachers as places, all at once, beside the raw limit of the same MongoDB for the
 * same durability (one conditional findOneAndUpdate each, majority and journal, nothing else).
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { service } from '@shixun/courses';
import { connectDatabase, type Database } from '@shixun/runtime';
import { classRow, itemRow, teacherRow } from './enrollment-rows.ts';
import {
  enrollmentRequest,
  enrollmentRoom,
  type Measured,
  measured,
  type Prepared,
  type RawClass,
  rawRequest,
  type Task,
} from './enrollment-rush.ts';

export const name = 'enrollment';

export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: number;
  readonly ratio?: number;
};

export type Rush = { readonly requests: number; readonly places: number; readonly waiting: number };

const rush: Rush = { requests: 20_000, places: 10_000, waiting: 256 };

const replicaCount = 4;
/** Rounds, ours and the raw limit by turns: the machine's other work falls on both. */
const rounds = 3;

/** Needs MONGODB_URI. */
export async function run(load: Rush = rush): Promise<Row[]> {
  const uri = process.env['MONGODB_URI'] ?? '';
  const database = `bench_${randomBytes(4).toString('hex')}`;
  const db = await connectDatabase({ uri, database });
  const replicas = Array.from({ length: replicaCount }, () => new Replica(database));
  try {
    await db.ensureIndexes(service.allCollections);
    const measured: Record<'raw' | 'hot' | 'spread' | 'raws' | 'hots', Rate[]> = {
      raw: [],
      hot: [],
      spread: [],
      raws: [],
      hots: [],
    };
    for (let round = 0; round < rounds; round += 1) {
      measured.raw.push(await rawLimit(db, load));
      measured.hot.push(await rushOn(db, { ...load, classes: 1 }));
      measured.spread.push(await rushOn(db, { ...load, classes: 200 }));
      measured.raws.push(await rushOfReplicas(db, replicas, { ...load, raw: true }));
      measured.hots.push(await rushOfReplicas(db, replicas, { ...load, raw: false }));
    }
    const { raw, hot, spread, raws, hots } = measured;
    const oversold = [...hot, ...spread, ...hots].reduce((sum, each) => sum + each.oversold, 0);
    return [
      ...rowsOf('enrollment rush, one hot class', hot, raw),
      ...rowsOf('enrollment rush over 200 classes', spread, raw),
      ...rowsOf(`enrollment rush, one hot class, ${replicaCount} replicas`, hots, raws),
      { name: 'oversold', value: oversold, unit: 'places' },
    ];
  } finally {
    for (const replica of replicas) replica.stop();
    await db.connection.dropDatabase();
    await db.close();
  }
}

type Rate = { readonly perSecond: number; readonly p99: number; readonly oversold: number };

/** Middle of the rounds, so that one disturbed round says nothing. */
function middle(rates: readonly Rate[], of: 'perSecond' | 'p99'): number {
  const sorted = rates.map((each) => each[of]).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function rowsOf(rowName: string, ours: readonly Rate[], raw: readonly Rate[]): Row[] {
  const [value, peer] = [middle(ours, 'perSecond'), middle(raw, 'perSecond')];
  const ratio = Number((value / peer).toFixed(2));
  return [
    { name: rowName, value, unit: 'accepted/s', peer, ratio },
    { name: 'its p99', value: middle(ours, 'p99'), unit: 'ms', peer: middle(raw, 'p99') },
  ];
}

/** One conditional update per request on one document: the limit that a single document has. */
async function rawLimit(db: Database, { requests, places, waiting }: Rush): Promise<Rate> {
  const classId = await rawClass(db, places);
  return rateOf(await measured(requests, waiting, rawRequest(db, classId)));
}

async function rawClass(db: Database, left: number): Promise<string> {
  const _id = randomUUID();
  await db.connection.collection<RawClass>('raw').insertOne({ _id, left });
  return _id;
}

async function rushOn(db: Database, load: Rush & { readonly classes: number }): Promise<Rate> {
  const { requests, waiting } = load;
  const prepared = await prepareRush(db, load);
  const rate = rateOf(
    await measured(requests, waiting, enrollmentRequest(enrollmentRoom(db), prepared)),
  );
  return { ...rate, oversold: await overselling(db, prepared, load.places) };
}

/** The same load shared by replicas in processes of their own. */
async function rushOfReplicas(
  db: Database,
  replicas: readonly Replica[],
  { raw, ...load }: Rush & { readonly raw: boolean },
): Promise<Rate> {
  const [requests, waiting] = [load.requests, load.waiting].map((n) => n / replicas.length);
  const share = { requests: requests ?? 0, waiting: waiting ?? 0 };
  const prepared = await prepareRush(db, { ...load, classes: 1 });
  const rawId = raw ? await rawClass(db, load.places) : null;
  const parts = await Promise.all(
    replicas.map((replica, at) => {
      const teachers = prepared.teachers.slice(at * share.requests, (at + 1) * share.requests);
      return replica.measure({ ...share, rawId, prepared: { ...prepared, teachers } });
    }),
  );
  const rate = rateOf({
    accepted: parts.reduce((sum, each) => sum + each.accepted, 0),
    seconds: Math.max(...parts.map(({ seconds }) => seconds)),
    latencies: parts.flatMap(({ latencies }) => latencies),
  });
  return raw ? rate : { ...rate, oversold: await overselling(db, prepared, load.places) };
}

async function prepareRush(
  db: Database,
  { classes, requests, places }: Rush & { readonly classes: number },
): Promise<Prepared> {
  const rush = randomBytes(3).toString('hex');
  const ids = Array.from({ length: classes }, (_, n) => `${rush}_${n}`);
  const teachers = Array.from({ length: requests }, (_, n) => `tch_${rush}_${n}`);
  const into = (collection: string, rows: readonly object[]) =>
    db.connection.collection(collection).insertMany(rows as never[]);
  await into(
    'classes',
    ids.map((id) => classRow(id, places / classes)),
  );
  await into('menuItems', ids.map(itemRow));
  await into('teachers', teachers.map(teacherRow));
  return { ids, teachers };
}

async function overselling(db: Database, { ids }: Prepared, places: number): Promise<number> {
  const counted = await db.connection
    .collection('enrollments')
    .countDocuments({ classId: { $in: ids.map((id) => `cls_${id}`) }, state: 'confirmed' });
  if (counted !== places) throw new Error(`${counted} enrollments stand, ${places} were places`);
  return Math.max(0, counted - places);
}

function rateOf({ accepted, seconds, latencies }: Measured): Rate {
  const sorted = latencies.toSorted((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return { perSecond: Math.round(accepted / seconds), p99: Math.round(p99), oversold: 0 };
}

/** A replica in a process of its own. */
class Replica {
  readonly #child: ChildProcess;

  constructor(database: string) {
    this.#child = fork(join(import.meta.dirname, 'enrollment-replica.ts'), {
      env: { ...process.env, BENCH_DATABASE: database },
      serialization: 'advanced',
    });
  }

  async measure(task: Task): Promise<Measured> {
    this.#child.send(task);
    const [result] = await once(this.#child, 'message');
    return result as Measured;
  }

  stop(): void {
    this.#child.kill();
  }
}
