/** A ledger on a real MongoDB for tests: a database of its own, events delivered the way the inbox would. */
import { randomUUID } from 'node:crypto';
import { courses, type EventContract, registry } from '@shixun/contracts';
import {
  connectDatabase,
  type Database,
  type EventHandler,
  outboxRows,
  PolicyBook,
  policyRows,
  type RunOptions,
  runUnit,
  streamHeads,
} from '@shixun/runtime';
import { teacherRecordedHandler, teachers } from '../projections/teachers.ts';
import type { Completion } from './award.ts';
import { exampleCompletion } from './completion.example.ts';
import { completionConfirmedHandler, completionWithdrawnHandler } from './events.ts';
import { accountBooks, ledgerEntries } from './store.ts';
import { requireBalance } from './store-guard.ts';

export type Confirmed = typeof courses.completionConfirmed.example;
export type Withdrawn = typeof courses.completionWithdrawn.example;
export type TeacherRecorded = typeof registry.teacherRecorded.example;

/** Event data of a confirmed completion; ids and hours as asked. */
export function confirmed(
  changes: Partial<Completion> & { readonly policyVersion?: string } = {},
): Confirmed {
  const { example } = courses.completionConfirmed;
  return {
    ...example,
    policyVersion: 'national@1',
    ...exampleCompletion(),
    ...changes,
  } as Confirmed;
}

export class RealLedger {
  readonly db: Database;
  readonly policies: PolicyBook;
  #sequence = 0;

  private constructor(db: Database) {
    this.db = db;
    this.policies = new PolicyBook(db);
  }

  static async open(uri: string | undefined): Promise<RealLedger> {
    if (!uri) throw new Error('set MONGODB_URI');
    const database = `credits_${randomUUID().slice(0, 8)}`;
    const ledger = new RealLedger(await connectDatabase({ uri, database }));
    await ledger.db.ensureIndexes([
      ledgerEntries,
      accountBooks,
      teachers,
      streamHeads,
      outboxRows,
      policyRows,
    ]);
    await requireBalance(ledger.db);
    return ledger;
  }

  async close(): Promise<void> {
    await this.db.connection.dropDatabase();
    await this.db.close();
  }

  confirm(data: readonly Confirmed[], options: Partial<RunOptions> = {}): Promise<void> {
    return this.deliver(completionConfirmedHandler, courses.completionConfirmed, data, options);
  }

  withdraw(data: readonly Withdrawn[], options: Partial<RunOptions> = {}): Promise<void> {
    return this.deliver(completionWithdrawnHandler, courses.completionWithdrawn, data, options);
  }

  recordTeachers(data: readonly TeacherRecorded[]): Promise<void> {
    return this.deliver(teacherRecordedHandler, registry.teacherRecorded, data);
  }

  /** One batch in one transaction, without an inbox: as after the inbox has forgotten. */
  async deliver<Data>(
    handler: EventHandler,
    contract: EventContract<Data>,
    data: readonly Data[],
    options: Partial<RunOptions> = {},
  ): Promise<void> {
    const events = data.map((each) => ({ data: each, envelope: this.#envelope(contract, each) }));
    const context = { policies: this.policies, personalDataKey: Buffer.alloc(0) };
    await runUnit(this.db, (unit) => handler.handle(events, unit, context), {
      service: 'credits',
      ...options,
    });
  }

  #envelope<Data>(contract: EventContract<Data>, data: Data) {
    this.#sequence += 1;
    return {
      specversion: '1.0' as const,
      id: `evt_${this.#sequence}`,
      source: `/${contract.owner}`,
      type: contract.type,
      subject: String((data as Record<string, unknown>)[contract.subject]),
      time: '2026-07-01T00:00:00.000Z',
      datacontenttype: 'application/json' as const,
      dataschema: contract.type,
      sequence: String(this.#sequence),
      data,
    };
  }

  async entries(filter: Record<string, unknown> = {}) {
    return this.db.model(ledgerEntries).find(filter).sort({ causeId: 1, number: 1 }).lean();
  }

  async books(filter: Record<string, unknown> = {}) {
    return this.db.model(accountBooks).find(filter).sort({ _id: 1 }).lean();
  }

  async toldEvents() {
    return this.db.model(outboxRows).find({}).sort({ position: 1 }).lean();
  }
}
