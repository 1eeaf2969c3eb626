/**
 * The unit of work: state, outbox, audit entries and stored answers commit in one MongoDB transaction, so nothing
 * is lost or done twice whatever dies. Reads go through the transaction; writes are buffered and sent together at
 * the end, many rows in one call.
 */
import { randomFillSync } from 'node:crypto';
import { type EventContract, noticeRequested, type Owner } from '@shixun/contracts';
import { type Figures, type Id, type IdKind, idPrefixes, type RuleNumber } from '@shixun/kernel';
import type { mongo } from 'mongoose';

import { v7 as uuidv7 } from 'uuid';
import type { Collection, Database, RowBase } from '../database.ts';
import { type OutboxRow, outboxRows, packed } from '../outbox/store.ts';
import { type NoticeNote, noticeData } from './notices.ts';
import { outboxRowsOf, type PendingEvent } from './outbox-rows.ts';
import { plainReads, type Reads } from './reads.ts';
import type { Change } from './remembered.ts';
import {
  type AuditNote,
  auditEntries,
  chainAll,
  emptyHead,
  type StreamHead,
  streamHeads,
} from './streams.ts';
import { changesOf, sendWrites, type Writes } from './writes.ts';

export type FindOptions = {
  readonly sort?: Record<string, 1 | -1>;
  readonly limit?: number;
};

export type Filter = Readonly<Record<string, unknown>>;
export type Update = Readonly<Record<string, unknown>>;

/** A finding 问题: a FLAG rule was broken by a command that goes through all the same. */
export type FindingNote = {
  readonly rule: RuleNumber;
  /** The region whose bureau owns the finding. */
  readonly regionCode: string;
  /** What it is about: the id of a project, class, trainer … */
  readonly subject: string;
  readonly figures: Figures;
};

export type UnitSettings = {
  readonly service: Owner;
  readonly now: Date;
  readonly traceparent: string | undefined;
};

const randomPool = Buffer.alloc(16 * 512);
let randomUsed = randomPool.length;

/** From a pool, since a call for each id costs more than the id. */
function randomBytes16(): Uint8Array {
  if (randomUsed === randomPool.length) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  randomUsed += 16;
  return randomPool.subarray(randomUsed - 16, randomUsed);
}

export class Unit {
  /** The instant of the unit: one for all that it decides. */
  readonly now: Date;
  readonly session: mongo.ClientSession;
  #sendsIn: mongo.ClientSession;
  readonly #db: Database;
  readonly #settings: UnitSettings;
  readonly #reads: Reads;
  #tells = false;
  readonly #writes = new Map<string, Writes>();
  readonly #events: PendingEvent[] = [];
  readonly #notes: AuditNote[] = [];

  /** Reads in the session's transaction, unless its reads are told to go elsewhere. */
  constructor(
    db: Database,
    session: mongo.ClientSession,
    settings: UnitSettings,
    reads: Reads = plainReads(db, session),
  ) {
    this.#db = db;
    this.#settings = settings;
    this.#reads = reads;
    this.session = session;
    this.#sendsIn = session;
    this.now = settings.now;
  }

  newId<Kind extends IdKind>(kind: Kind): Id<Kind> {
    return `${idPrefixes[kind]}_${uuidv7({ rng: randomBytes16 })}` as Id<Kind>;
  }

  async find<Row extends RowBase>(
    collection: Collection<Row>,
    filter: Filter,
    options: FindOptions = {},
  ): Promise<Row[]> {
    return this.#read<Row>(collection.name, filter, options);
  }

  /** Reads some fields only, of rows that hold more than a hot path wants to carry. */
  async findFields<Row extends RowBase, Field extends keyof Row & string>(
    collection: Collection<Row>,
    filter: Filter,
    fields: readonly Field[],
    options: FindOptions = {},
  ): Promise<Pick<Row, Field | '_id'>[]> {
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    return this.#read(collection.name, filter, { ...options, projection });
  }

  async #read<Read>(
    name: string,
    filter: Filter,
    options: FindOptions & { readonly projection?: mongo.BSON.Document },
  ): Promise<Read[]> {
    return (await this.#reads.find(name, filter as mongo.BSON.Document, options)) as Read[];
  }

  /**
   * Rows by their ids that one batch after another reads and few change: a lane remembers them between batches, and the
   * transaction compares. Some fields only, when they are named.
   */
  async findHot<Row extends RowBase, Field extends keyof Row & string = keyof Row & string>(
    { name }: Collection<Row>,
    ids: readonly string[],
    fields: readonly Field[] | null = null,
  ): Promise<Pick<Row, Field | '_id'>[]> {
    const rows = await this.#reads.findHot({ name, fields }, ids);
    return rows as unknown as Pick<Row, Field | '_id'>[];
  }

  async findOne<Row extends RowBase>(
    collection: Collection<Row>,
    filter: Filter,
  ): Promise<Row | null> {
    const [row] = await this.find(collection, filter, { limit: 1 });
    return row ?? null;
  }

  async findById<Row extends RowBase>(
    collection: Collection<Row>,
    id: string,
  ): Promise<Row | null> {
    return this.findOne(collection, { _id: id });
  }

  /** Adds a row. A duplicate key runs the whole unit again on fresh facts, so its decision can refuse in words. */
  insert<Row extends RowBase>(collection: Collection<Row>, row: Row): void {
    this.#writesOf(collection).inserts.push(row);
  }

  /** Changes exactly one row; when the filter matches none by then, the whole unit runs again on fresh facts. */
  update<Row extends RowBase>(collection: Collection<Row>, filter: Filter, update: Update): void {
    this.#writesOf(collection).guarded.push({
      updateOne: { filter: filter as mongo.BSON.Document, update: update as mongo.BSON.Document },
    });
  }

  /** Changes the row, or adds it: for projections and counters. */
  upsert<Row extends RowBase>(collection: Collection<Row>, filter: Filter, update: Update): void {
    this.#writesOf(collection).free.push({
      updateOne: {
        filter: filter as mongo.BSON.Document,
        update: update as mongo.BSON.Document,
        upsert: true,
      },
    });
  }

  /** Removes one row; nothing happens when there is none. */
  remove<Row extends RowBase>(collection: Collection<Row>, filter: Filter): void {
    this.#writesOf(collection).free.push({ deleteOne: { filter: filter as mongo.BSON.Document } });
  }

  /** Tells a fact about the aggregate: an outbox row with the aggregate's next sequence. */
  emit<Data>(contract: EventContract<Data>, aggregateId: string, data: Data): void {
    this.#events.push({ contract, aggregateId, data });
  }

  /** Opens a finding at the responsible bureau, by event to the evaluation service. */
  openFinding(finding: FindingNote): void {
    this.#events.push({ finding, aggregateId: finding.subject });
  }

  /** Has somebody told what a rule asks for, by event to the registry's inboxes. [GOV-04] */
  notify(note: NoticeNote): void {
    const data = noticeData(note, this.newId('notice'));
    this.emit(noticeRequested(this.#settings.service), note.subject, data);
  }

  /** Adds a link to the aggregate's audit chain. Commands do this by themselves. [GOV-02] */
  audit(note: AuditNote): void {
    this.#notes.push(note);
  }

  /** Whether nothing was written, told or noted: then there is nothing to commit. */
  get changesNothing(): boolean {
    return this.#writes.size + this.#events.length + this.#notes.length === 0;
  }

  /** Gives what was told and noted its place in its stream. Nothing is added to the unit after it. */
  async seal(): Promise<void> {
    const outbox = await this.#advanceStreams();
    for (const row of packed(outbox)) this.insert(outboxRows, row);
    this.#tells = outbox.length > 0;
  }

  /** Sends every buffered write of a sealed unit. Answers whether anything was put into the outbox. */
  async send(onBegun = () => {}): Promise<boolean> {
    for (const [at, writes] of [...this.#writes.values()].entries()) {
      await sendWrites(this.#db, this.#sendsIn, writes);
      if (at === 0) onBegun();
    }
    return this.#tells;
  }

  /**
   * The same in the transaction of another session: the unit was decided before that began. `onBegun` hears when the
   * transaction has its snapshot.
   */
  async sendIn(session: mongo.ClientSession, onBegun: () => void): Promise<boolean> {
    this.#sendsIn = session;
    return this.send(onBegun);
  }

  /** What sending it will change. */
  changes(): Iterable<Change> {
    return changesOf(this.#writes.values());
  }

  #writesOf<Row extends RowBase>(collection: Collection<Row>): Writes {
    const known = this.#writes.get(collection.name);
    if (known) return known;
    const fresh: Writes = { collection, inserts: [], guarded: [], free: [] };
    this.#writes.set(collection.name, fresh);
    return fresh;
  }

  /** Gives events and audit notes their place after their aggregate's head, and moves the heads on. */
  async #advanceStreams(): Promise<OutboxRow[]> {
    const ids = new Set([
      ...this.#events.map((event) => event.aggregateId),
      ...this.#notes.map((note) => note.stream),
    ]);
    if (ids.size === 0) return [];
    const known = await this.findHot(streamHeads, [...ids]);
    const before = new Map(known.map((head) => [head._id, head]));
    const heads = new Map([...ids].map((id) => [id, before.get(id) ?? emptyHead(id)]));
    const outbox = outboxRowsOf(this.#events, heads, this.#settings, () => this.newId('event'));
    for (const [stream, notes] of Map.groupBy(this.#notes, (note) => note.stream)) {
      const head = heads.get(stream) ?? emptyHead(stream);
      const entries = chainAll(head, notes, this.now);
      for (const entry of entries) this.insert(auditEntries, entry);
      const last = entries.at(-1);
      if (last) heads.set(stream, { ...head, auditSequence: last.sequence, auditHash: last.hash });
    }
    for (const head of heads.values()) this.#saveHead(head, before.get(head._id));
    return outbox;
  }

  #saveHead(head: StreamHead, before: StreamHead | undefined): void {
    if (before === undefined) {
      this.insert(streamHeads, head);
      return;
    }
    const { _id, ...fields } = head;
    // The head was read in this very snapshot: whoever changes it meanwhile makes one of the two units conflict.
    this.update(streamHeads, { _id }, { $set: fields });
  }
}
