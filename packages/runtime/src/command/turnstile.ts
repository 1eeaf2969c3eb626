/**
 * Replicas that commit groups on the same rows only make each other run again. Once that is seen they go one after
 * another for a while, first come, first served, through a row that all of them see. It is manners, not safety: who
 * waits too long goes all the same, and the guards of the unit of work decide.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { type Database, defineCollection, type RowBase } from '../database.ts';

type TurnstileRow = RowBase & {
  /** The replicas that wait, the one whose turn it is first. */
  readonly queue: readonly string[];
  /** Since when the first one is first; by the database's clock. */
  readonly firstSince: Date;
};

export const turnstileRows = defineCollection<TurnstileRow>(
  'turnstiles',
  { queue: { type: [String], required: true }, firstSince: { type: Date, required: true } },
  [],
);

/** How long replicas go one after another once two have met. */
const crowdedMs = 5_000;
/** A replica that holds its turn longer is taken for dead; the group it may hold is small. */
const turnMs = 1_000;
const patienceMs = 3_000;
/**
 * How long a replica keeps its turn while it has batches: handing it on costs several round trips, and within its turn
 * a replica is as fast as one alone. Four replicas that take turns then wait 100 ms at most for each other.
 */
const tenureMs = 25;
/** How often the next one looks; those behind it look less often the further they are. */
const lookEveryMs = 1;
const lookEveryBehindMs = 15;

const turnstiles = new WeakMap<Database, Map<string, Turnstile>>();

/** The turnstile of one command in one database, as this process sees it. */
export function turnstileOf(db: Database, command: string): Turnstile {
  const ofDatabase = turnstiles.get(db) ?? new Map<string, Turnstile>();
  turnstiles.set(db, ofDatabase);
  const known = ofDatabase.get(command) ?? new Turnstile(db, command);
  ofDatabase.set(command, known);
  return known;
}

/** What a batch says of its turn. */
export type Turn = {
  /** Others may begin, which is before the batch is done. */
  readonly leave: () => void;
  /** A try found rows not as it believed them; the next one waits for its turn. */
  readonly missed: (tries: number) => Promise<void>;
};

export class Turnstile {
  readonly #db: Database;
  readonly #name: string;
  readonly #self = uuidv7();
  #crowdedUntil = 0;
  #misses = 0;
  #heldUntil = 0;
  #atWork = 0;
  #leaving: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Immediate | undefined;

  constructor(db: Database, name: string) {
    this.#db = db;
    this.#name = name;
  }

  /** Whether others were met lately: then this replica takes turns with them. */
  get crowded(): boolean {
    return performance.now() < this.#crowdedUntil;
  }

  /**
   * Says that a batch found rows not as it believed them. Once may be anybody's command; twice in a row, or a conflict
   * (a second try), is another replica on the same rows.
   */
  missed(tries: number): void {
    this.#misses += 1;
    if (tries > 1 || this.#misses > 1) this.#crowdedUntil = performance.now() + crowdedMs;
  }

  /** Runs the work when it is this replica's turn; at once where nobody else was met lately. */
  async pass<T>(work: (turn: Turn) => Promise<T>): Promise<T> {
    const missesBefore = this.#misses;
    let inTurn = false;
    const enter = async () => {
      inTurn = true;
      await this.#enter();
    };
    const leave = () => {
      if (inTurn) this.#leaveTurn();
      inTurn = false;
    };
    const missed = async (tries: number) => {
      this.missed(tries);
      // Outside the queue it would lose against those who take turns, again and again.
      if (tries > 1 && !inTurn) await enter();
    };
    if (this.crowded) await enter();
    try {
      const result = await work({ leave, missed });
      if (this.#misses === missesBefore) this.#misses = 0;
      return result;
    } finally {
      leave();
    }
  }

  async #enter(): Promise<void> {
    if (!this.holds) {
      await this.#wait().catch(() => undefined);
      this.#heldUntil = performance.now() + tenureMs;
    }
    clearImmediate(this.#idle);
    this.#atWork += 1;
  }

  #leaveTurn(): void {
    this.#atWork -= 1;
    if (this.#atWork > 0) return;
    // A batch that is ready comes in this very turn of the loop; for another one nobody is kept waiting.
    if (this.holds) this.#idle = setImmediate(() => this.#handOn());
    else this.#handOn();
  }

  /** Whether it is this replica's turn, and for some time yet. */
  get holds(): boolean {
    return performance.now() < this.#heldUntil;
  }

  /** Whoever is next sees it within milliseconds; this replica's answers needn't wait for it. */
  #handOn(): void {
    this.#heldUntil = 0;
    this.#leaving = this.#leave().catch(() => undefined);
  }

  get #rows() {
    return this.#db.connection.collection<TurnstileRow>(turnstileRows.name);
  }

  async #wait(): Promise<void> {
    const until = performance.now() + patienceMs;
    // Leaving takes every place of this replica: one taken meanwhile would go with it.
    await this.#leaving;
    await this.#join();
    while (performance.now() < until) {
      // What a majority has is older than what was just written: a place in the queue would seem to be nobody's.
      const row = await this.#rows.findOne(
        { _id: this.#name },
        { readConcern: { level: 'local' } },
      );
      const [first, ahead] = [row?.queue[0], row?.queue.indexOf(this.#self) ?? 0];
      if (first === undefined || ahead === 0) return;
      if (ahead < 0) await this.#join();
      await this.#passOverDead(first);
      await sleep(ahead > 1 ? lookEveryBehindMs * (ahead - 1) : lookEveryMs);
    }
  }

  async #join(): Promise<void> {
    const empty = { $eq: [{ $size: { $ifNull: ['$queue', []] } }, 0] };
    await this.#rows.updateOne(
      { _id: this.#name },
      [
        {
          $set: {
            firstSince: { $cond: [empty, '$$NOW', '$firstSince'] },
            queue: { $concatArrays: [{ $ifNull: ['$queue', []] }, [this.#self]] },
          },
        },
      ],
      { upsert: true, writeConcern: { w: 1 } },
    );
  }

  /** Only the very turn that was seen too old is ended, so that two who see it end it once. */
  async #passOverDead(first: string): Promise<void> {
    if (Math.random() > 0.05) return;
    const overdue = { $lt: ['$firstSince', { $subtract: ['$$NOW', turnMs] }] };
    await this.#rows.updateOne({ _id: this.#name, 'queue.0': first, $expr: overdue }, [
      { $set: { firstSince: '$$NOW', queue: { $slice: ['$queue', 1, 1_000] } } },
    ]);
  }

  async #leave(): Promise<void> {
    const others = { $ne: ['$$this', this.#self] };
    await this.#rows.updateOne(
      { _id: this.#name },
      [{ $set: { firstSince: '$$NOW', queue: { $filter: { input: '$queue', cond: others } } } }],
      { writeConcern: { w: 1 } },
    );
  }
}
