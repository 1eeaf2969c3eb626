/**
 * The replicas of one service that are alive, and which of them owns a key. Each renews a row and reads those of the
 * others, by the database's clock. They may disagree for a moment: then two of them meet on the same rows, where the
 * guards of the unit of work decide. A replica that was killed leaves its transactions open, and their rows locked:
 * whoever finds its row old ends them.
 */
import { hash, randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { type Database, defineCollection, type RowBase } from '../database.ts';

type ReplicaRow = RowBase & {
  /** Where the others reach it. */
  readonly address: string;
  readonly seenAt: Date;
  /** Sessions whose transactions it may leave open. */
  readonly sessions: readonly mongo.Binary[];
};

export const replicaRows = defineCollection<ReplicaRow>(
  'replicas',
  {
    address: { type: String, required: true },
    seenAt: { type: Date, required: true },
    sessions: { type: [Object], required: true },
  },
  [{ keys: { seenAt: 1 }, expireAfterSeconds: 60 }],
);

export type MembersPace = {
  /** How often a replica says that it is there. */
  readonly renewMs: number;
  /** For how long it is taken to be there after that. */
  readonly goneMs: number;
};
const ownersMax = 10_000;
const usualPace: MembersPace = { renewMs: 1_000, goneMs: 4_000 };

export class Members {
  readonly #db: Database;
  readonly #rows: mongo.Collection<ReplicaRow>;
  readonly #id = randomUUID();
  readonly #pace: MembersPace;
  #own = '';
  /** Addresses of the others; each signal says that its replica is gone. */
  #others = new Map<string, AbortController>();
  /** Who failed to answer, and until when it isn't asked. */
  readonly #lost = new Map<string, number>();
  /** Of the keys that were asked for since the last look: choosing costs a digest for each replica. */
  readonly #owners = new Map<string, string | null>();
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | null = null;
  /** By the database's clock: the last look, and since when this replica has looked without a gap. */
  #lookedAt = 0;
  #watchedSince = 0;

  constructor(db: Database, pace: MembersPace = usualPace) {
    this.#db = db;
    this.#rows = db.connection.collection<ReplicaRow>(replicaRows.name);
    this.#pace = pace;
  }

  /** From now on the others hand over what is this replica's, and it knows of them. */
  async join(address: string): Promise<void> {
    this.#own = address;
    await this.#renew();
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew()
        .catch(() => undefined)
        .finally(() => {
          this.#renewing = null;
        });
    }, this.#pace.renewMs).unref();
  }

  /** Nobody waits for a database that is away: the row grows old by itself. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    if (this.#own !== '') await this.#rows.deleteOne({ _id: this.#id }).catch(() => undefined);
    this.#see([]);
  }

  /** Where the owner of the key is; null when that is this replica. Every replica answers alike (rendezvous hashing). */
  ownerOf(key: string): string | null {
    const known = this.#owners.get(key);
    if (known !== undefined) return known;
    const owner = this.#chooseOwner(key);
    if (this.#owners.size >= ownersMax) this.#owners.clear();
    this.#owners.set(key, owner);
    return owner;
  }

  #chooseOwner(key: string): string | null {
    let owner = this.#own;
    let highest = weightOf(owner, key);
    for (const address of this.#others.keys()) {
      if (this.#isLost(address)) continue;
      const weight = weightOf(address, key);
      if (weight <= highest) continue;
      highest = weight;
      owner = address;
    }
    return owner === this.#own ? null : owner;
  }

  /** Aborted when that replica is gone, or nobody knows of it. */
  signalOf(address: string): AbortSignal {
    return this.#others.get(address)?.signal ?? AbortSignal.abort();
  }

  /** It did not answer: it owns nothing for a while. */
  lose(address: string): void {
    this.#owners.clear();
    this.#lost.set(address, performance.now() + this.#pace.goneMs);
  }

  #isLost(address: string): boolean {
    return performance.now() < (this.#lost.get(address) ?? 0);
  }

  async #renew(): Promise<void> {
    const address = this.#own;
    const sessions = this.#db.transactionSessions;
    const own = await this.#rows.findOneAndUpdate(
      { _id: this.#id },
      [{ $set: { address, seenAt: '$$NOW', sessions: { $literal: sessions } } }],
      { upsert: true, returnDocument: 'after', writeConcern: { w: 1 } },
    );
    if (own === null) return;
    const rows = await this.#rows.find({}, { readConcern: { level: 'local' } }).toArray();
    const now = own.seenAt.getTime();
    const alive = rows.filter(({ seenAt }) => seenAt.getTime() >= now - this.#pace.goneMs);
    this.#see(alive.map(({ address }) => address).filter((address) => address !== this.#own));
    if (!this.#watching(now)) return;
    for (const row of rows) if (!alive.includes(row)) await this.#bury(row);
  }

  /** Whether the others had their chance: when the database itself was away, all of their rows are old. */
  #watching(now: number): boolean {
    if (now - this.#lookedAt > this.#pace.goneMs / 2) this.#watchedSince = now;
    this.#lookedAt = now;
    return now - this.#watchedSince >= this.#pace.goneMs;
  }

  /** Ends what it left open. One of the others does; if that one dies at it, the database does, later. */
  async #bury({ _id, seenAt, sessions }: ReplicaRow): Promise<void> {
    const { deletedCount } = await this.#rows.deleteOne({ _id, seenAt });
    if (deletedCount === 0 || sessions.length === 0) return;
    const ending = { killSessions: sessions.map((id) => ({ id })) };
    await this.#db.connection.db?.command(ending).catch(() => undefined);
  }

  #see(addresses: readonly string[]): void {
    this.#owners.clear();
    const before = this.#others;
    this.#others = new Map(
      addresses.map((address) => [address, before.get(address) ?? new AbortController()]),
    );
    for (const [address, gone] of before) if (!this.#others.has(address)) gone.abort();
    for (const address of this.#lost.keys()) if (!this.#isLost(address)) this.#lost.delete(address);
  }
}

function weightOf(address: string, key: string): string {
  return hash('sha1', `${address}\n${key}`);
}
