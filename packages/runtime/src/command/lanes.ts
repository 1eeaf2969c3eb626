import { mongo } from 'mongoose';
import { UnitTimedOut } from '../unit/run.ts';
import { WaitingRoom } from './waiting-room.ts';

/**
 * Group commit: what arrives while a batch is in flight waits and goes together in the next one. An idle lane starts
 * at once, so a lone request waits for nobody.
 */
type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

type Work<Item, Result> = (group: readonly Item[]) => Promise<readonly Result[]>;

/** Where requests of one command wait for each other. */
export type Lane<Item, Result> = {
  readonly ask: (item: Item) => Promise<Result>;
  /** Before it, when it holds all it can. [CRS-46] */
  readonly waitingRoom: WaitingRoom;
  /** What it holds, those in flight included, and how many it answered in a second lately. */
  readonly load: () => { readonly queued: number; readonly perSecond: number };
};

/** The lanes of one service, by command. */
// biome-ignore lint/suspicious/noExplicitAny: a lane is only ever found again under the name it was made for
export type Lanes = Map<string, Lane<any, any>>;

const groupMax = 256;

export function laneOf<Item, Result>(
  lanes: Lanes,
  name: string,
  work: Work<Item, Result>,
): Lane<Item, Result> {
  const known = lanes.get(name);
  if (known) return known;
  const lane = createLane(work);
  lanes.set(name, lane);
  return lane;
}

export function createLane<Item, Result>(work: Work<Item, Result>): Lane<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let running = false;
  let inFlight = 0;
  let perSecond = 0;

  async function drain(): Promise<void> {
    running = true;
    while (queue.length > 0) {
      const group = queue.splice(0, groupMax);
      inFlight = group.length;
      const startedAt = performance.now();
      await runGroup(group, work);
      const rate = (group.length * 1_000) / Math.max(1, performance.now() - startedAt);
      perSecond = perSecond === 0 ? rate : perSecond * 0.8 + rate * 0.2;
      inFlight = 0;
    }
    running = false;
  }

  const ask = (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      // The next turn of the loop, so that requests that arrived in this one go together.
      if (!running) {
        running = true;
        setImmediate(() => void drain());
      }
    });
  const load = () => ({ queued: queue.length + inFlight, perSecond });
  return { ask, load, waitingRoom: new WaitingRoom() };
}

/**
 * One member that can't be executed must not take the others with it: then each runs alone. When it is the database
 * that fails, every member would only fail again, one after another, so all hear of it at once.
 */
async function runGroup<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  work: Work<Item, Result>,
): Promise<void> {
  try {
    const results = await work(group.map(({ item }) => item));
    group.forEach(({ resolve }, index) => {
      resolve(results[index] as Result);
    });
  } catch (error) {
    if (group.length === 1 || isOutage(error)) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const member of group) await runGroup([member], work);
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof mongo.MongoError || error instanceof UnitTimedOut;
}
