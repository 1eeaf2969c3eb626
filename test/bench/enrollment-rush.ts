/** What one process does in an enrollment rush, and how long its requests take. */
import { randomUUID } from 'node:crypto';
import { service } from '@shixun/courses';
import { enrollTeacherCommand } from '@shixun/courses/enrollment';
import {
  type Caller,
  type CommandRoom,
  type Database,
  execute,
  Metrics,
  PolicyBook,
  type Replicas,
} from '@shixun/runtime';

export type RawClass = { readonly _id: string; readonly left: number };

/** Classes and teachers of a rush; request n is of teacher n for class n modulo the classes. */
export type Prepared = { readonly ids: readonly string[]; readonly teachers: readonly string[] };

export type Task = {
  readonly requests: number;
  readonly waiting: number;
  /** The raw counter to press for; null for enrollments. */
  readonly rawId: string | null;
  readonly prepared: Prepared;
};

export type Measured = {
  readonly accepted: number;
  readonly seconds: number;
  /** Of each request, in milliseconds. */
  readonly latencies: readonly number[];
};

export const benchSecret = Buffer.alloc(32, 7);

type Request = (n: number) => Promise<boolean>;

export function rawRequest(db: Database, _id: string): Request {
  const counters = db.connection.collection<RawClass>('raw');
  return async () => {
    const update = { $inc: { left: -1 } };
    return (await counters.findOneAndUpdate({ _id, left: { $gt: 0 } }, update)) !== null;
  };
}

/** What the service executes commands on; with `replicas`, one of several. */
export function enrollmentRoom(db: Database, replicas?: Replicas): CommandRoom {
  return {
    db,
    access: service.access,
    policies: new PolicyBook(db),
    personalDataKey: benchSecret,
    metrics: new Metrics('courses'),
    run: { service: 'courses' },
    lanes: new Map(),
    ...(replicas ? { replicas } : {}),
  };
}

export function enrollmentRequest(room: CommandRoom, { ids, teachers }: Prepared): Request {
  return async (n) => {
    const teacherId = teachers[n] ?? '';
    const caller: Caller = { subject: teacherId, grants: [{ role: 'Teacher' }] };
    const input = {
      idempotencyKey: randomUUID(),
      menuItemId: `mni_${ids[n % ids.length]}`,
      teacherId,
      waitlist: false,
    };
    return (await execute(room, enrollTeacherCommand, caller, input)).answer !== null;
  };
}

/** Keeps `waiting` requests under way until all are answered. */
export async function measured(
  requests: number,
  waiting: number,
  request: Request,
): Promise<Measured> {
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
  return { accepted, seconds: (performance.now() - startedAt) / 1_000, latencies };
}
