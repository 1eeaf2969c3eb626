import type { Instant } from '@shixun/kernel';
import { LRUCache } from 'lru-cache';

/** What was counted, and as long as what counting again gives the same. */
export type Counted<Counts> = {
  readonly counts: Counts;
  /** Of what was counted, read before it. */
  readonly version: string;
  readonly from: Instant;
  /** The first instant at which something counted is over; null: nothing ever is. */
  readonly until: Instant | null;
};

type Asked = { readonly key: string; readonly version: string; readonly now: Instant };

const keysMax = 500;
/** What a replica of an earlier release changes raises no version: it is seen after that many milliseconds at the latest. */
const keptMs = 60_000;

/**
 * Counts in the memory of this process, each counted once for all who ask at the same time. An answer is the one that
 * counting anew would give: the version that the asker has read is that of the counts, and no time has run out between.
 */
export class KeptCounts<Counts> {
  readonly #kept = new LRUCache<string, Promise<Counted<Counts>>>({ max: keysMax, ttl: keptMs });

  /** `count` counts at `asked.now`; it reads the version itself, since there may be a newer one by then. */
  async of(asked: Asked, count: () => Promise<Counted<Counts>>): Promise<Counts> {
    const { key } = asked;
    const known = this.#kept.get(key);
    if (known) {
      const counted = await known;
      if (holds(counted, asked)) return counted.counts;
      // Who has waited for the same meanwhile may have begun to count already.
      if (this.#kept.get(key) !== known) return this.of(asked, count);
    }
    const counting = count();
    this.#kept.set(key, counting);
    try {
      return (await counting).counts;
    } catch (error) {
      if (this.#kept.get(key) === counting) this.#kept.delete(key);
      throw error;
    }
  }
}

function holds({ version, from, until }: Counted<unknown>, asked: Asked): boolean {
  return version === asked.version && from <= asked.now && (until === null || asked.now < until);
}
