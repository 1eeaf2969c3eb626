/**
 * Who runs a chore: one row per chore with an owner, an end and a fence that grows with every owner. The lease's end
 * is judged by the database's clock alone; what is due, by the clock of the platform, which tests can move.
 */
import type { mongo } from 'mongoose';
import { type Database, defineCollection, type RowBase } from '../database.ts';
import type { Unit } from '../unit/unit.ts';
import { LeaseLost } from './chore.ts';

export type ChoreRow = RowBase & {
  readonly owner: string | null;
  /** The end of the lease, or of the pause after a failure. */
  readonly until: Date;
  /** Grows with every owner, so that a late one is known. */
  readonly fence: number;
  /** The last due time that was run to its end. */
  readonly doneDue: Date;
  readonly finishedAt: Date | null;
  /** Failures since the last run that went well. */
  readonly failures: number;
  /** Units of work that were bound to a lease: what they write here is what makes them conflict. */
  readonly units: number;
};

export const choreRows = defineCollection<ChoreRow>(
  'chores',
  {
    owner: { type: String, default: null },
    until: { type: Date, required: true },
    fence: { type: Number, required: true },
    doneDue: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    failures: { type: Number, required: true },
    units: { type: Number, required: true },
  },
  [],
);

const never = new Date(0);
const after = (ms: number) => ({ $add: ['$$NOW', ms] });

export class ChoreLease {
  readonly #rows: mongo.Collection<ChoreRow>;
  readonly #chore: string;
  readonly #owner: string;
  readonly #leaseMs: number;

  constructor(
    db: Database,
    of: { readonly chore: string; readonly owner: string; readonly leaseMs: number },
  ) {
    this.#rows = db.connection.collection<ChoreRow>(choreRows.name);
    this.#chore = of.chore;
    this.#owner = of.owner;
    this.#leaseMs = of.leaseMs;
  }

  /** Makes the row; many replicas may do so at once. */
  async read(): Promise<ChoreRow> {
    const fresh = {
      owner: null,
      until: never,
      fence: 0,
      doneDue: never,
      finishedAt: null,
      failures: 0,
      units: 0,
    };
    const read = () =>
      this.#rows.findOneAndUpdate(
        { _id: this.#chore },
        { $setOnInsert: fresh },
        { upsert: true, returnDocument: 'after' },
      );
    // Two replicas may both see no row and both insert it: the second one finds it then.
    const row = await read().catch(read);
    if (row === null) throw new Error(`the row of chore ${this.#chore} could not be made`);
    return row;
  }

  /** Takes the chore when nobody holds it and nobody has finished a run since `seen`. */
  async take(seen: ChoreRow): Promise<number | null> {
    const taken = await this.#rows.findOneAndUpdate(
      {
        _id: this.#chore,
        fence: seen.fence,
        doneDue: seen.doneDue,
        $expr: { $lte: ['$until', '$$NOW'] },
      },
      [
        {
          $set: {
            owner: this.#owner,
            until: after(this.#leaseMs),
            fence: { $add: ['$fence', 1] },
          },
        },
      ],
      { returnDocument: 'after' },
    );
    return taken?.fence ?? null;
  }

  /** Whether the lease is still held; extends it. */
  async renew(fence: number): Promise<boolean> {
    const { matchedCount } = await this.#rows.updateOne(
      { _id: this.#chore, fence, owner: this.#owner, $expr: { $gt: ['$until', '$$NOW'] } },
      [{ $set: { until: after(this.#leaseMs) } }],
    );
    return matchedCount === 1;
  }

  async finish(fence: number, dueAt: Date, now: Date): Promise<boolean> {
    const done = { owner: null, until: never, doneDue: dueAt, finishedAt: now, failures: 0 };
    const { matchedCount } = await this.#rows.updateOne(
      { _id: this.#chore, fence, owner: this.#owner },
      { $set: done },
    );
    return matchedCount === 1;
  }

  /** Gives the chore back unfinished; nobody takes it before the pause is over. */
  async giveBack(fence: number, outcome: { pauseMs: number; failed: boolean }): Promise<void> {
    await this.#rows.updateOne({ _id: this.#chore, fence, owner: this.#owner }, [
      {
        $set: {
          owner: null,
          until: after(outcome.pauseMs),
          failures: { $add: ['$failures', outcome.failed ? 1 : 0] },
        },
      },
    ]);
  }

  /** Binds the unit to the lease: its commit conflicts with whoever takes the chore over meanwhile. */
  async fence(unit: Unit, fence: number): Promise<void> {
    const row = await unit.findOne(choreRows, { _id: this.#chore });
    if (row?.fence !== fence || row.owner !== this.#owner) throw new LeaseLost(this.#chore);
    unit.update(choreRows, { _id: this.#chore, fence }, { $inc: { units: 1 } });
  }
}
