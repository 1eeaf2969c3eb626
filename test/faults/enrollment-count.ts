/** Counts an enrollment rush from the database alone and compares it with what clients were told. */
import type { Database } from '@shixun/runtime';
import {
  type AuditEntry,
  eventsOf,
  firstBrokenEntry,
  notesOf,
  type OutboxRow,
  type StreamHead,
} from '@shixun/runtime';

export type Acknowledged = {
  readonly teacherId: string;
  /** The state as the graph says it: `CONFIRMED`. */
  readonly enrollment: { readonly id: string; readonly state: string } | null;
  readonly refusals: readonly { readonly code: string }[];
};

type Row = Readonly<Record<string, unknown>>;

export type Counted = {
  /** Acknowledged and not there, or there in another state. */
  readonly lost: number;
  /** Teachers with more than one enrollment in a class. */
  readonly doubled: number;
  /** Places taken beyond a class's capacity or a quota. */
  readonly oversold: number;
  /** There, and nobody was told. */
  readonly unacknowledged: number;
  /** Counters, tickets, events or audit chains that do not agree with the rows, in words. */
  readonly wrong: readonly string[];
};

export async function countEnrollments(
  db: Database,
  answers: readonly Acknowledged[],
): Promise<Counted> {
  const all = async (name: string) =>
    (await db.connection.collection(name).find().toArray()) as unknown as Row[];
  const rows = await all('enrollments');
  const byId = new Map(rows.map((row) => [String(row['_id']), row]));
  const told = answers.flatMap(({ enrollment }) => enrollment ?? []);
  const toldIds = new Set(told.map(({ id }) => id));
  const pairs = new Set(rows.map((row) => `${row['classId']} ${row['teacherId']}`));
  const classes = await all('classes');
  const oversold = classes.map((each) => beyond(each, rows));
  const seats = new Map((await all('seats')).map((row) => [String(row['_id']), row]));
  const wrong = classes.flatMap((each) =>
    wrongCounters(
      String(each['_id']),
      rows.filter(({ classId }) => classId === each['_id']),
      seats.get(String(each['_id'])),
    ),
  );
  return {
    lost: told.filter(({ id, state }) => byId.get(id)?.['state'] !== state.toLowerCase()).length,
    doubled: rows.length - pairs.size,
    oversold: oversold.reduce((sum, each) => sum + each, 0),
    unacknowledged: rows.filter((row) => !toldIds.has(String(row['_id']))).length,
    wrong: [...wrong, ...(await wrongChains(db, rows))],
  };
}

function beyond(each: Row, rows: readonly Row[]): number {
  const taken = rows.filter(
    ({ classId, state }) => classId === each['_id'] && state === 'confirmed',
  );
  const quotas = each['quotas'] as readonly { regionCode: string; places: number }[];
  const over = quotas.map(
    ({ regionCode, places }) =>
      taken.filter((row) => String(row['regionCode']).startsWith(regionCode)).length - places,
  );
  return [taken.length - Number(each['capacity']), ...over]
    .map((count) => Math.max(0, count))
    .reduce((sum, count) => sum + count, 0);
}

function wrongCounters(classId: string, rows: readonly Row[], seats: Row | undefined): string[] {
  const count = (state: string) => rows.filter((row) => row['state'] === state).length;
  const tickets = rows.map(({ ticket }) => Number(ticket)).sort((a, b) => a - b);
  const faults = [
    [seats?.['taken'] === count('confirmed'), 'places taken'],
    [seats?.['waiting'] === count('waitlisted'), 'waiting'],
    [seats?.['lastTicket'] === rows.length, 'the last ticket'],
    [tickets.every((ticket, at) => ticket === at + 1), 'tickets without a gap'],
  ] as const;
  return faults.filter(([right]) => !right).map(([, what]) => `${classId}: ${what}`);
}

/** Every enrollment is told once and leaves one audit entry; sequences have no gap, chains are whole. */
async function wrongChains(db: Database, rows: readonly Row[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const classId of new Set(rows.map((row) => String(row['classId'])))) {
    const own = rows.filter((row) => row['classId'] === classId).length;
    const outbox = (await db.connection
      .collection('outbox')
      .find({ key: classId })
      .sort({ position: 1 })
      .toArray()) as unknown as OutboxRow[];
    const sequences = outbox.flatMap(eventsOf).map(({ envelope }) => JSON.parse(envelope).sequence);
    if (sequences.length !== own || sequences.some((each, at) => each !== String(at + 1))) {
      wrong.push(`${classId}: events`);
    }
    const entries = (await db.connection
      .collection('audit')
      .find({ stream: classId })
      .sort({ sequence: 1 })
      .toArray()) as unknown as AuditEntry[];
    const head = (await db.connection
      .collection<StreamHead>('streams')
      .findOne({ _id: classId })) as StreamHead | null;
    if (firstBrokenEntry(entries, head) !== null) wrong.push(`${classId}: audit chain`);
    if (entries.flatMap(notesOf).length !== own) wrong.push(`${classId}: audit entries`);
  }
  return wrong;
}
