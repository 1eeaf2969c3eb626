/** Who works on an import: a lease on its row, judged by the database's clock alone. */
import { randomUUID } from 'node:crypto';
import type { Database } from '@shixun/runtime';
import { type ImportRow, imports, workingStates } from '../store.ts';

const leaseMs = 10_000;
const renewAfterMs = 2_500;

/** Another replica has taken the import over: nothing more may be written in this one's name. */
export class ImportLeaseLost extends Error {
  override readonly name = 'ImportLeaseLost';
}

const later = [{ $set: { leaseUntil: { $add: ['$$NOW', leaseMs] } } }];

export class ImportLease {
  readonly importId: string;
  readonly token: string;
  readonly #db: Database;
  #renewedAt = performance.now();

  private constructor(db: Database, importId: string, token: string) {
    this.#db = db;
    this.importId = importId;
    this.token = token;
  }

  /** Takes an import that waits for work and that nobody holds; the one whose lease ended first. Null when there is none. */
  static async take(db: Database): Promise<ImportLease | null> {
    const token = randomUUID();
    const rows = db.connection.collection<ImportRow>(imports.name);
    const taken = await rows.findOneAndUpdate(
      { state: { $in: [...workingStates] }, $expr: { $lt: ['$leaseUntil', '$$NOW'] } },
      [{ $set: { leaseToken: token, leaseUntil: { $add: ['$$NOW', leaseMs] } } }],
      { sort: { leaseUntil: 1 }, projection: { _id: 1 } },
    );
    return taken === null ? null : new ImportLease(db, taken._id, token);
  }

  /** Between batches; most times there is nothing to do. */
  async renew(): Promise<void> {
    if (performance.now() - this.#renewedAt < renewAfterMs) return;
    const asked = performance.now();
    const { matchedCount } = await this.#rows().updateOne(this.#own(), later);
    if (matchedCount === 0) throw new ImportLeaseLost(this.importId);
    this.#renewedAt = asked;
  }

  /** Lets another one take it at once. */
  async release(): Promise<void> {
    const ended = { $set: { leaseToken: null, leaseUntil: new Date(0) } };
    await this.#rows().updateOne(this.#own(), ended);
  }

  #own() {
    return { _id: this.importId, leaseToken: this.token };
  }

  #rows() {
    return this.#db.connection.collection<ImportRow>(imports.name);
  }
}
