import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between tries: doubling from `firstMs` to `longestMs`, with jitter so that replicas don't march in step. */
export class BackOff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #tries = 0;

  constructor(firstMs: number, longestMs: number) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
  }

  /** How many waits there were since the last success. */
  get tries(): number {
    return this.#tries;
  }

  /** The next wait in milliseconds, between half and all of the step. */
  nextMs(): number {
    const step = Math.min(this.#longestMs, this.#firstMs * 2 ** Math.min(this.#tries, 20));
    this.#tries += 1;
    return step / 2 + (Math.random() * step) / 2;
  }

  reset(): void {
    this.#tries = 0;
  }

  /** Waits the next step; returns at once when the signal is given. */
  async wait(signal: AbortSignal): Promise<void> {
    await sleep(this.nextMs(), undefined, { signal }).catch(() => undefined);
  }
}
