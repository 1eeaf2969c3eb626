import { isWithin } from '@shixun/kernel';
import type { Quota } from '../projects/project.ts';

/** The places of one class as they stand: what is never exceeded, whatever the load. [CRS-42] */
export type Seats = {
  readonly capacity: number;
  readonly quotas: readonly Quota[];
  readonly taken: number;
  /** Places taken under each quota, in the order of `quotas`. */
  readonly takenByQuota: readonly number[];
};

/** Where a teacher comes from: what quotas count. */
export type Origin = { readonly regionCode: string; readonly schoolId: string };

/** The quotas that count a teacher of that origin; a teacher may fall under a school's and a region's at once. */
function countedBy(quotas: readonly Quota[], { regionCode, schoolId }: Origin): readonly boolean[] {
  return quotas.map((quota) =>
    quota.schoolId === null
      ? quota.regionCode !== null && isWithin(regionCode, quota.regionCode)
      : quota.schoolId === schoolId,
  );
}

/** The quota that is used up for a teacher of that origin; undefined when none is. */
export function exhaustedQuota(seats: Seats, origin: Origin): Quota | undefined {
  const counted = countedBy(seats.quotas, origin);
  return seats.quotas.find(
    (quota, index) => counted[index] && (seats.takenByQuota[index] ?? 0) >= quota.places,
  );
}

/** True when the class and every quota that counts the teacher have a place left. */
export function hasPlace(seats: Seats, origin: Origin): boolean {
  return seats.taken < seats.capacity && exhaustedQuota(seats, origin) === undefined;
}

export function takePlace(seats: Seats, origin: Origin): Seats {
  return moved(seats, origin, 1);
}

export function freePlace(seats: Seats, origin: Origin): Seats {
  return moved(seats, origin, -1);
}

/** The places of a class counted anew from those who hold one. */
export function countPlaces(
  { capacity, quotas }: Pick<Seats, 'capacity' | 'quotas'>,
  holders: readonly Origin[],
): Seats {
  const empty = { capacity, quotas, taken: 0, takenByQuota: quotas.map(() => 0) };
  return holders.reduce<Seats>(takePlace, empty);
}

function moved(seats: Seats, origin: Origin, by: 1 | -1): Seats {
  const counted = countedBy(seats.quotas, origin);
  return {
    ...seats,
    taken: seats.taken + by,
    takenByQuota: seats.quotas.map(
      (_quota, index) => (seats.takenByQuota[index] ?? 0) + (counted[index] ? by : 0),
    ),
  };
}

/**
 * Names the quotas that count a teacher of that origin, by their places in the list: `0.2`, or nothing. Whoever shares
 * the name has a place or has none at the same moment, so a waitlist is looked at by these names, never one by one.
 */
export function bucketOf(quotas: readonly Quota[], origin: Origin): string {
  return countedBy(quotas, origin)
    .flatMap((counted, index) => (counted ? [index] : []))
    .join('.');
}

function indexesOf(bucket: string): readonly number[] {
  return bucket === '' ? [] : bucket.split('.').map(Number);
}

/** True when the class and every quota of the bucket have a place left. */
export function bucketHasPlace(seats: Seats, bucket: string): boolean {
  const free = (index: number) =>
    (seats.takenByQuota[index] ?? 0) < (seats.quotas[index]?.places ?? Number.POSITIVE_INFINITY);
  return seats.taken < seats.capacity && indexesOf(bucket).every(free);
}

/** How many wait under one combination of quotas. */
export type BucketWaiting = { readonly bucket: string; readonly waiting: number };

/** The buckets whose first waiter could have a place now. Someone new waits behind them. [CRS-42] */
export function bucketsWithPlace(
  seats: Seats,
  waiting: readonly BucketWaiting[],
): readonly string[] {
  return waiting
    .filter((each) => each.waiting > 0 && bucketHasPlace(seats, each.bucket))
    .map(({ bucket }) => bucket);
}

/** The counts after somebody began (1) or ceased (-1) to wait. */
export function countWaiter(
  waiting: readonly BucketWaiting[],
  bucket: string,
  by: 1 | -1,
): readonly BucketWaiting[] {
  const before = waiting.find((each) => each.bucket === bucket)?.waiting ?? 0;
  const others = waiting.filter((each) => each.bucket !== bucket);
  return before + by > 0 ? [...others, { bucket, waiting: before + by }] : others;
}

/**
 * Who of the waitlist gets the free places: first come, first served; someone whose quota is used up is passed
 * over without losing the turn. `waiters` are in the order of their turns. [CRS-42]
 */
export function nextInLine<Waiter extends Origin>(
  seats: Seats,
  waiters: readonly Waiter[],
): { readonly promoted: readonly Waiter[]; readonly seats: Seats } {
  const promoted: Waiter[] = [];
  let left = seats;
  for (const waiter of waiters) {
    if (!hasPlace(left, waiter)) continue;
    left = takePlace(left, waiter);
    promoted.push(waiter);
  }
  return { promoted, seats: left };
}

/** A waitlist after the places of its class have changed. */
export type Settled<Waiter> = {
  /** Who gets a place, in the order of their turns. */
  readonly promoted: readonly Waiter[];
  /** Who goes on waiting, and by which quotas from now on. */
  readonly left: readonly { readonly waiter: Waiter; readonly bucket: string }[];
  readonly seats: Seats;
  readonly waitingByBucket: readonly BucketWaiting[];
};

/**
 * Passes places that came free by a change of the places themselves on to the waitlist, and names the quotas by which
 * the others wait then. `promotes` is false where the waitlist stands still.
 */
export function settleWaitlist<Waiter extends Origin>(
  seats: Seats,
  waiters: readonly Waiter[],
  promotes: boolean,
): Settled<Waiter> {
  const next = promotes ? nextInLine(seats, waiters) : { promoted: [], seats };
  const gone = new Set(next.promoted);
  const left = waiters
    .filter((waiter) => !gone.has(waiter))
    .map((waiter) => ({ waiter, bucket: bucketOf(seats.quotas, waiter) }));
  const counts = Map.groupBy(left, ({ bucket }) => bucket);
  const waitingByBucket = [...counts].map(([bucket, all]) => ({ bucket, waiting: all.length }));
  return { ...next, left, waitingByBucket };
}
