/**
 * Who publishes which shard. A lease is a row with an owner and an end, judged by the database's clock alone, so
 * the clocks of the processes may say what they like. Relays share the shards evenly.
 */
import type { mongo } from 'mongoose';
import { type Database, defineCollection, type RowBase } from '../database.ts';
import { OUTBOX_SHARDS } from './store.ts';

type LeaseRow = RowBase & {
  readonly shard: number;
  readonly owner: string | null;
  readonly until: Date;
};

type RelayRow = RowBase & { readonly seenAt: Date };

export const outboxLeases = defineCollection<LeaseRow>(
  'outbox_leases',
  {
    shard: { type: Number, required: true },
    owner: { type: String, default: null },
    until: { type: Date, required: true },
  },
  [],
);

/** The relays that are alive; a row that is not renewed goes away by itself. */
export const outboxRelays = defineCollection<RelayRow>(
  'outbox_relays',
  { seenAt: { type: Date, required: true } },
  [{ keys: { seenAt: 1 }, expireAfterSeconds: 3_600 }],
);

const ended = new Date(0);

export class ShardLeases {
  readonly #owner: string;
  readonly #leaseMs: number;
  readonly #leases: mongo.Collection<LeaseRow>;
  readonly #relays: mongo.Collection<RelayRow>;
  #held: readonly number[] = [];
  #peers = 1;
  /** By this process's own steady clock, counted from before the renewal was asked for: never later than the truth. */
  #validUntil = 0;
  #abstainUntil = 0;

  constructor(db: Database, owner: string, leaseMs: number) {
    this.#owner = owner;
    this.#leaseMs = leaseMs;
    this.#leases = db.connection.collection<LeaseRow>(outboxLeases.name);
    this.#relays = db.connection.collection<RelayRow>(outboxRelays.name);
  }

  /** The shards this relay may publish now; none when the lease can't be shown to hold any longer. */
  get held(): readonly number[] {
    return performance.now() < this.#validUntil ? this.#held : [];
  }

  /** Live relays of this outbox, this one included. */
  get peers(): number {
    return this.#peers;
  }

  /** Makes the 64 lease rows; many relays may do so at once. */
  async prepare(): Promise<void> {
    if ((await this.#leases.estimatedDocumentCount()) >= OUTBOX_SHARDS) return;
    const rows = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => ({
      updateOne: {
        filter: { _id: String(shard) },
        update: { $setOnInsert: { shard, owner: null, until: ended } },
        upsert: true,
      },
    }));
    await this.#leases.bulkWrite(rows, { ordered: false });
  }

  /** Renews what is held, gives back what is beyond a fair share, takes what is free. */
  async refresh(): Promise<void> {
    const asked = performance.now();
    await this.#extend({ owner: this.#owner });
    await this.#relays.updateOne({ _id: this.#owner }, [{ $set: { seenAt: '$$NOW' } }], {
      upsert: true,
    });
    this.#peers = Math.max(1, await this.#countPeers());
    const share = Math.ceil(OUTBOX_SHARDS / this.#peers);
    const { mine, free } = await this.#survey();
    if (mine.length > share) await this.#release(mine.splice(share));
    const wanted = asked < this.#abstainUntil ? 0 : share - mine.length;
    if (wanted > 0 && free.length > 0) mine.push(...(await this.#take(free.slice(0, wanted))));
    this.#held = mine;
    this.#validUntil = asked + this.#leaseMs;
  }

  /** Gives everything to the other relays for a while: this one can't reach the broker, they perhaps can. */
  async abstain(): Promise<void> {
    if (this.#peers < 2) return;
    this.#abstainUntil = performance.now() + 2 * this.#leaseMs;
    await this.#release(this.#held);
    this.#held = [];
  }

  /** Gives everything back at a graceful stop, so that the others needn't wait for the end of the lease. */
  async leave(): Promise<void> {
    this.#held = [];
    await this.#leases.updateMany({ owner: this.#owner }, { $set: { owner: null, until: ended } });
    await this.#relays.deleteOne({ _id: this.#owner });
  }

  async #countPeers(): Promise<number> {
    const since = { $subtract: ['$$NOW', this.#leaseMs] };
    return this.#relays.countDocuments({ $expr: { $gt: ['$seenAt', since] } });
  }

  async #survey(): Promise<{ mine: number[]; free: number[] }> {
    const rows = await this.#leases
      .aggregate<{ shard: number; owner: string | null; over: boolean }>([
        { $project: { shard: 1, owner: 1, over: { $lte: ['$until', '$$NOW'] } } },
      ])
      .toArray();
    const mine = rows.filter((row) => row.owner === this.#owner && !row.over);
    const free = rows.filter((row) => row.over);
    return { mine: mine.map((row) => row.shard), free: free.map((row) => row.shard) };
  }

  /** Only rows whose lease is over are taken, so two relays that saw the same free shard can't both have it. */
  async #take(shards: readonly number[]): Promise<number[]> {
    const until = { $add: ['$$NOW', this.#leaseMs] };
    const filter = { shard: { $in: [...shards] }, $expr: { $lte: ['$until', '$$NOW'] } };
    await this.#leases.updateMany(filter, [{ $set: { owner: this.#owner, until } }]);
    const { mine } = await this.#survey();
    return mine.filter((shard) => shards.includes(shard));
  }

  async #extend(filter: { readonly owner: string }): Promise<void> {
    const until = { $add: ['$$NOW', this.#leaseMs] };
    const alive = { ...filter, $expr: { $gt: ['$until', '$$NOW'] } };
    await this.#leases.updateMany(alive, [{ $set: { until } }]);
  }

  async #release(shards: readonly number[]): Promise<void> {
    const mine = { owner: this.#owner, shard: { $in: [...shards] } };
    await this.#leases.updateMany(mine, { $set: { owner: null, until: ended } });
  }
}
