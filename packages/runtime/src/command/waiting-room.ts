/**
 * What stands before a lane that has more than it can carry: a turn rather than an error. Who is turned away gets a
 * position and comes back with the same key; the position is kept meanwhile, and nobody new overtakes. [CRS-46]
 */
export type Turn = {
  /** 1 is next. */
  readonly position: number;
  /** When to ask again, in milliseconds. */
  readonly retryAfterMs: number;
};

export type WaitingRoomBounds = {
  /** Requests that a lane holds; more than that wait outside. */
  readonly queueMax: number;
  /** Turns that are remembered; beyond that a position is told and not kept. */
  readonly turnsMax: number;
  /** How long a turn is kept for somebody who does not come back, in milliseconds. */
  readonly keptMs: number;
};

const boundsDefault: WaitingRoomBounds = { queueMax: 5_000, turnsMax: 100_000, keptMs: 60_000 };
const retryMs = { shortest: 500, longest: 20_000 };

type Remembered = { readonly number: number; readonly seenAt: number };

export class WaitingRoom {
  readonly #bounds: WaitingRoomBounds;
  readonly #turns = new Map<string, Remembered>();
  #lastNumber = 0;

  constructor(bounds: Partial<WaitingRoomBounds> = {}) {
    this.#bounds = { ...boundsDefault, ...bounds };
  }

  /** How many turns are remembered. */
  get size(): number {
    return this.#turns.size;
  }

  /**
   * Lets a request in (null) or gives it a turn. `queued` is what the lane holds now, `perSecond` how fast it goes; a
   * request without a key can't come back as the same, so it is let in or told the end of the queue.
   */
  enter(
    key: string | null,
    lane: { readonly queued: number; readonly perSecond: number },
    nowMs: number,
  ): Turn | null {
    this.#forget(nowMs);
    const free = this.#bounds.queueMax - lane.queued;
    const known = key === null ? undefined : this.#turns.get(key);
    const position = known ? this.#positionOf(known) : this.#turns.size + 1;
    if (position <= free) {
      if (key !== null) this.#turns.delete(key);
      return null;
    }
    if (key !== null) this.#remember(key, known, nowMs);
    const waitMs = ((lane.queued + position) / Math.max(1, lane.perSecond)) * 1_000;
    const retryAfterMs = Math.round(Math.min(Math.max(waitMs, retryMs.shortest), retryMs.longest));
    return { position, retryAfterMs };
  }

  #remember(key: string, known: Remembered | undefined, seenAt: number): void {
    if (known === undefined && this.#turns.size >= this.#bounds.turnsMax) return;
    // Setting a known key keeps its place in the order of the map.
    this.#turns.set(key, { number: known?.number ?? ++this.#lastNumber, seenAt });
  }

  /** Roughly: those before who left from the middle are still counted, until the first in line moves on. */
  #positionOf({ number }: Remembered): number {
    const [first] = this.#turns.values();
    return Math.min(number - (first?.number ?? number) + 1, this.#turns.size);
  }

  /** Who does not come back loses the turn, from the front on: nobody waits behind somebody who has gone. */
  #forget(nowMs: number): void {
    for (const [key, { seenAt }] of this.#turns) {
      if (nowMs - seenAt < this.#bounds.keptMs) return;
      this.#turns.delete(key);
    }
  }
}
