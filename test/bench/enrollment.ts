/**
 * The enrollment rush: twice as many teachers as places, all at once, beside the raw limit of the same MongoDB for the
 * same durability (one conditional findOneAndUpdate each, majority and journal, nothing else).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { service } from '@shixun/courses';
import { enrollTeacherCommand } from '@shixun/courses/enrollment';
import {
  type Caller,
  type CommandRoom,
  connectDatabase,
  type Database,
  execute,
  Metrics,
  PolicyBook,
} from '@shixun/runtime';
import { classRow, itemRow, teacherRow } from './enrollment-rows.ts';

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

/** Needs MONGODB_URI. */
export async function run(load: Rush = rush): Promise<Row[]> {
  const uri = process.env['MONGODB_URI'] ?? '';
  const db = await connectDatabase({ uri, database: `bench_${randomBytes(4).toString('hex')}` });
  try {
    await db.ensureIndexes(service.allCollections);
    const raw = await rawLimit(db, load);
    const hot = await rushOn(db, { ...load, classes: 1 });
    const spread = await rushOn(db, { ...load, classes: 200 });
    return [
      rowOf('enrollment rush, one hot class', hot, raw.perSecond),
      { name: 'its p99', value: hot.p99, unit: 'ms', peer: raw.p99 },
      rowOf('enrollment rush over 200 classes', spread, raw.perSecond),
      { name: 'its p99', value: spread.p99, unit: 'ms', peer: raw.p99 },
      { name: 'oversold', value: hot.oversold + spread.oversold, unit: 'places' },
    ];
  } finally {
    await db.connection.dropDatabase();
    await db.close();
  }
}

type Rate = { readonly perSecond: number; readonly p99: number; readonly oversold: number };

function rowOf(rowName: string, { perSecond }: Rate, peer: number): Row {
  const ratio = Number((perSecond / peer).toFixed(2));
  return { name: rowName, value: perSecond, unit: 'accepted/s', peer, ratio };
}

/** One conditional update per request on one document: the limit that a single document has. */
async function rawLimit(db: Database, { requests, places, waiting }: Rush): Promise<Rate> {
  const counters = db.connection.collection<{ _id: string; left: number }>('raw');
  await counters.insertOne({ _id: 'class', left: places });
  return measured(requests, waiting, async () => {
    const taken = await counters.findOneAndUpdate(
      { _id: 'class', left: { $gt: 0 } },
      { $inc: { left: -1 } },
    );
    return taken !== null;
  });
}

async function rushOn(db: Database, load: Rush & { readonly classes: number }): Promise<Rate> {
  const { classes, requests, places, waiting } = load;
  const run = randomBytes(3).toString('hex');
  const perClass = places / classes;
  const ids = Array.from({ length: classes }, (_, n) => `${run}_${n}`);
  const teachers = Array.from({ length: requests }, (_, n) => `tch_${run}_${n}`);
  const into = (collection: string, rows: readonly object[]) =>
    db.connection.collection(collection).insertMany(rows as never[]);
  await into(
    'classes',
    ids.map((id) => classRow(id, perClass)),
  );
  await into('menuItems', ids.map(itemRow));
  await into('teachers', teachers.map(teacherRow));
  const room: CommandRoom = {
    db,
    access: service.access,
    policies: new PolicyBook(db),
    personalDataKey: Buffer.alloc(32, 7),
    metrics: new Metrics('courses'),
    run: { service: 'courses' },
    lanes: new Map(),
  };
  const rate = await measured(requests, waiting, async (n) => {
    const teacherId = teachers[n] ?? '';
    const caller: Caller = { subject: teacherId, grants: [{ role: 'Teacher' }] };
    const input = {
      idempotencyKey: randomUUID(),
      menuItemId: `mni_${ids[n % classes]}`,
      teacherId,
      waitlist: false,
    };
    return (await execute(room, enrollTeacherCommand, caller, input)).answer !== null;
  });
  const counted = await db.connection
    .collection('enrollments')
    .countDocuments({ classId: { $in: ids.map((id) => `cls_${id}`) }, state: 'confirmed' });
  if (counted !== places) throw new Error(`${counted} enrollments stand, ${places} were places`);
  return { ...rate, oversold: Math.max(0, counted - places) };
}

/** Keeps `waiting` requests under way until all are answered; the rate is of those accepted. */
async function measured(
  requests: number,
  waiting: number,
  request: (n: number) => Promise<boolean>,
): Promise<Rate> {
  const latencies: number[] = [];
  let next = 0;
  let accepted = 0;
  const startedAt = performance.now();
  const one = async (): Promise<void> => {
    while (next < requests) {
      const n = next;
      next += 1;
      const sentAt = performance.now();
      if (await request(n)) accepted += 1;
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: waiting }, one));
  const seconds = (performance.now() - startedAt) / 1_000;
  latencies.sort((a, b) => a - b);
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0;
  return { perSecond: Math.round(accepted / seconds), p99: Math.round(p99), oversold: 0 };
}
