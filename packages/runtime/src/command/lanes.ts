import { mongo } from 'mongoose';
import { UnitTimedOut } from '../unit/run.ts';
import { Twins } from './twins.ts';
import { WaitingRoom } from './waiting-room.ts';

/**
 * Group commit: what arrives while a batch is in flight waits and goes together in the next one. An idle lane starts
 * at once, so a lone request waits for nobody. Under load there are two batches: one is prepared while the other is
 * committed, so that neither this process nor the database waits for the other.
 */
type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/** A batch that is ready to be committed. `onApplied` tells that the next one may begin. */
export type Ready<Result> = {
  readonly commit: (onApplied: () => void) => Promise<readonly Result[]>;
};

type Work<Item, Result> = (group: readonly Item[]) => Promise<Ready<Result>>;

/** Where requests of one command wait for each other. */
export type Lane<Item, Result> = {
  readonly ask: (item: Item) => Promise<Result>;
  /** Before it, when it holds all it can. [CRS-46] */
  readonly waitingRoom: WaitingRoom;
  /** Keeps those of one key apart. */
  readonly twins: Twins;
  /** What it holds, those in flight included, and how many it answered in a second lately. */
  readonly load: () => { readonly queued: number; readonly perSecond: number };
};

/** The lanes of one service, by command. */
// biome-ignore lint/suspicious/noExplicitAny: a lane is only ever found again under the name it was made for
export type Lanes = Map<string, Lane<any, any>>;

const groupMax = 256;
/** From so many on, half of what there is makes a batch, and the other half the next. */
const groupMin = 64;

export function laneOf<Item, Result>(
  lanes: Lanes,
  name: string,
  makeWork: () => Work<Item, Result>,
): Lane<Item, Result> {
  const known = lanes.get(name);
  if (known) return known;
  const lane = createLane(makeWork());
  lanes.set(name, lane);
  return lane;
}

export function createLane<Item, Result>(work: Work<Item, Result>): Lane<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let running = false;
  let inFlight = 0;
  let perSecond = 0;
  /** Set while the next batch waits to be worth its while. */
  let enough: (() => void) | null = null;

  const size = () =>
    Math.min(groupMax, Math.max(groupMin, Math.ceil((queue.length + inFlight) / 2)));

  /** Until there are enough for a batch, or nothing is being committed. */
  async function gathered(committing: Promise<void>): Promise<void> {
    if (queue.length >= size()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    enough = resolve;
    await Promise.race([promise, committing]);
    enough = null;
  }

  async function drain(): Promise<void> {
    let committing: Promise<void> = Promise.resolve();
    let idle = true;
    for (;;) {
      if (!idle) await gathered(committing);
      const group = queue.splice(0, size());
      if (group.length === 0) break;
      inFlight += group.length;
      const [ready] = await Promise.allSettled([prepare(group), committing]);
      committing = commit(group, ready);
      idle = false;
    }
    running = false;
  }

  const prepare = async (group: readonly Waiting<Item, Result>[]) =>
    work(group.map(({ item }) => item));

  /** Begins at once. Resolves when the next batch may begin; members are answered in their own time. */
  function commit(
    group: readonly Waiting<Item, Result>[],
    ready: PromiseSettledResult<Ready<Result>>,
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const startedAt = performance.now();
    const done = runGroup(group, { ready, work, onApplied: resolve });
    void done.then(() => {
      inFlight -= group.length;
      resolve();
    });
    void promise.then(() => {
      const rate = (group.length * 1_000) / Math.max(1, performance.now() - startedAt);
      perSecond = perSecond === 0 ? rate : perSecond * 0.8 + rate * 0.2;
    });
    return promise;
  }

  const ask = (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (queue.length >= size()) enough?.();
      // The next turn of the loop, so that requests that arrived in this one go together.
      if (!running) {
        running = true;
        setImmediate(() => void drain());
      }
    });
  const load = () => ({ queued: queue.length + inFlight, perSecond });
  return { ask, load, twins: new Twins(), waitingRoom: new WaitingRoom() };
}

/**
 * One member that can't be executed must not take the others with it: then each runs alone. When it is the database
 * that fails, every member would only fail again, one after another, so all hear of it at once.
 */
async function runGroup<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  { ready, work, onApplied }: Running<Item, Result>,
): Promise<void> {
  try {
    if (ready.status === 'rejected') throw ready.reason;
    const results = await ready.value.commit(onApplied);
    group.forEach(({ resolve }, index) => {
      resolve(results[index] as Result);
    });
  } catch (error) {
    if (group.length === 1 || isOutage(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const member of group) {
      const [alone] = await Promise.allSettled([work([member.item])]);
      await runGroup([member], { ready: alone, work, onApplied: () => undefined });
    }
  }
}

type Running<Item, Result> = {
  readonly ready: PromiseSettledResult<Ready<Result>>;
  readonly work: Work<Item, Result>;
  readonly onApplied: () => void;
};

function isOutage(error: unknown): boolean {
  return error instanceof mongo.MongoError || error instanceof UnitTimedOut;
}
