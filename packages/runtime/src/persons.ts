import { registry } from '@shixun/contracts';
import type { Caller, Grant } from './caller.ts';
import { type Database, defineCollection, type RowBase } from './database.ts';
import { type EventHandler, on, type ReceivedEvent } from './inbox/handler.ts';
import type { Unit } from './unit/unit.ts';

/** A teacher's record that redirects to another one, as the registry told; a service's own copy. [REG-16] */
export type RedirectRow = RowBase & {
  /** Where it redirects to; null once the merge was undone. */
  readonly survivorId: string | null;
  /** Sequence of the newest event absorbed; an older one changes nothing. */
  readonly sequence: number;
};

export const redirectRows = defineCollection<RedirectRow>(
  'teacher_redirects',
  {
    survivorId: { type: String, default: null },
    sequence: { type: Number, required: true },
  },
  [],
);

/** Which records are of one person. [REG-16] */
export type Persons = {
  /** The record that stands for the person: the id itself, unless it was merged into another, however often. */
  readonly survivorOf: (teacherId: string) => string;
  /** Every id of the person, the surviving one first; the id alone when nothing was merged. */
  readonly idsOf: (teacherId: string) => readonly string[];
  /** The caller with every id of his or her person: a token of a merged record, or of the survivor, speaks for all. */
  readonly speaking: (caller: Caller) => Caller;
};

const refreshedMs = 5_000;

/**
 * The merges in force, in memory: they are few, and every request asks who its caller is. Read again every few seconds
 * from the service's own projection, since another replica may have heard the event.
 */
export class PersonBook implements Persons {
  readonly #db: Database;
  #redirects: ReadonlyMap<string, string> = new Map();
  /** Whole persons, by each of their ids; without those of one record. */
  #persons: ReadonlyMap<string, readonly string[]> = new Map();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  survivorOf(teacherId: string): string {
    return this.idsOf(teacherId)[0] ?? teacherId;
  }

  idsOf(teacherId: string): readonly string[] {
    return this.#persons.get(teacherId) ?? [teacherId];
  }

  speaking(caller: Caller): Caller {
    if (this.#persons.size === 0) return caller;
    const grants = caller.grants.flatMap((grant) => this.#grantsOf(grant, caller.subject));
    return grants.length === caller.grants.length ? caller : { ...caller, grants };
  }

  #grantsOf(grant: Grant, subject: string): readonly Grant[] {
    const ids = this.#persons.get(grant.personId ?? subject);
    if (grant.role !== 'Teacher' || ids === undefined) return [grant];
    return ids.map((personId) => ({ ...grant, personId }));
  }

  async start(): Promise<void> {
    await this.refresh();
    this.#timer = setInterval(() => void this.refresh().catch(() => {}), refreshedMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async refresh(): Promise<void> {
    const rows = await this.#db.model(redirectRows).find({}).lean<RedirectRow[]>();
    this.#redirects = new Map(
      rows.flatMap(({ _id, survivorId }) => (survivorId === null ? [] : [[_id, survivorId]])),
    );
    this.#persons = this.#gathered();
  }

  #gathered(): ReadonlyMap<string, readonly string[]> {
    const merged = Map.groupBy(this.#redirects.keys(), (id) => this.#endOf(id));
    return new Map(
      [...merged].flatMap(([survivorId, others]) => {
        const ids = [survivorId, ...others.filter((id) => id !== survivorId)];
        return ids.map((id) => [id, ids] as const);
      }),
    );
  }

  /** Follows redirects to their end; the registry lets none run in a circle, and a half-heard one is left at once. */
  #endOf(teacherId: string): string {
    const passed = new Set([teacherId]);
    let end = teacherId;
    for (;;) {
      const next = this.#redirects.get(end);
      if (next === undefined || passed.has(next)) return end;
      passed.add(next);
      end = next;
    }
  }
}

/** Nobody has been merged: for rooms that hear nothing of the registry. */
export const separatePersons: Persons = {
  survivorOf: (teacherId) => teacherId,
  idsOf: (teacherId) => [teacherId],
  speaking: (caller) => caller,
};

async function keep(
  events: readonly ReceivedEvent<{ readonly teacherId: string; readonly survivorId: string }>[],
  unit: Unit,
  merged: boolean,
): Promise<void> {
  const ids = events.map(({ data }) => data.teacherId);
  const known = await unit.find(redirectRows, { _id: { $in: ids } });
  const newest = new Map(known.map(({ _id, sequence }) => [_id, sequence]));
  for (const { data, envelope } of events) {
    const { teacherId, survivorId } = data;
    const sequence = Number(envelope.sequence);
    if ((newest.get(teacherId) ?? -1) >= sequence) continue;
    newest.set(teacherId, sequence);
    const row = { survivorId: merged ? survivorId : null, sequence };
    unit.upsert(redirectRows, { _id: teacherId }, { $set: row });
  }
}

/** Keep the projection: the newest word on a record counts, whichever comes last. */
export const redirectHandlers: readonly EventHandler[] = [
  on(registry.teacherMerged, (events, unit) => keep(events, unit, true)),
  on(registry.teacherUnmerged, (events, unit) => keep(events, unit, false)),
];
