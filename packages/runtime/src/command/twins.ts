/**
 * The same request once more while it is being answered: it waits, and so finds the first answer. Without the wait it
 * could be decided on what its twin is about to leave behind, and be refused the place that the twin has just got.
 */
export class Twins {
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** Asks for the key once those under way are answered, well or badly; a null key is nobody's twin. */
  async ask<T>(key: string | null, ask: () => Promise<T>): Promise<T> {
    if (key === null) return ask();
    const before = this.#underWay.get(key);
    const answer = before === undefined ? ask() : before.then(ask, ask);
    this.#underWay.set(key, answer);
    try {
      return await answer;
    } finally {
      if (this.#underWay.get(key) === answer) this.#underWay.delete(key);
    }
  }
}
