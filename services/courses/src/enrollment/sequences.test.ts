/** CRS-42: no sequence of arrivals and departures breaks places, quotas or the waitlist's order. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { enrollTeacher } from './enroll.ts';
import { exampleFacts, within } from './enrollment.example.ts';
import {
  type BucketWaiting,
  bucketOf,
  bucketsWithPlace,
  countWaiter,
  freePlace,
  hasPlace,
  type Origin,
  type Seats,
  takePlace,
} from './seating.ts';

type Person = Origin & { readonly ticket: number; readonly bucket: string };
type World = {
  seats: Seats;
  waiting: readonly BucketWaiting[];
  readonly holders: Person[];
  readonly line: Person[];
  tickets: number;
};
type Step =
  | { readonly kind: 'enroll'; readonly from: number; readonly waitlist: boolean }
  /** A withdrawal, a declined or lapsed offer: the place is free and passes on. */
  | { readonly kind: 'leave'; readonly who: number }
  | { readonly kind: 'leaveLine'; readonly who: number };

const origins: readonly Origin[] = [
  { regionCode: '140105001', schoolId: 'sch_1' },
  { regionCode: '140105002', schoolId: 'sch_2' },
  { regionCode: '140106001', schoolId: 'sch_3' },
  { regionCode: '140107001', schoolId: 'sch_4' },
];

const quota = fc.oneof(
  fc.record({
    regionCode: fc.constantFrom('140105', '140106', '140000'),
    schoolId: fc.constant(null),
    places: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({
    regionCode: fc.constant(null),
    schoolId: fc.constantFrom('sch_1', 'sch_3'),
    places: fc.integer({ min: 0, max: 2 }),
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('enroll' as const),
    from: fc.nat(origins.length - 1),
    waitlist: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('leave' as const), who: fc.nat(20) }),
  fc.record({ kind: fc.constant('leaveLine' as const), who: fc.nat(20) }),
);

function take(world: World, { from, waitlist }: Extract<Step, { kind: 'enroll' }>): void {
  const origin = origins[from] as Origin;
  const decision = enrollTeacher(
    { menuItemId: 'mni_1', teacherId: 'tch_1', waitlist },
    {
      ...exampleFacts,
      teacher: { ...exampleFacts.teacher, ...origin },
      trainingClass: {
        ...exampleFacts.trainingClass,
        audience: { ...exampleFacts.trainingClass.audience, regionCodes: ['140000'] },
      },
      seats: world.seats,
      waiting: world.line.length,
      waitingByBucket: world.waiting,
    },
    within,
  );
  if (!decision.accepted) {
    expect(hasPlace(world.seats, origin)).toBe(false);
    return;
  }
  world.tickets += 1;
  const bucket = bucketOf(world.seats.quotas, origin);
  const person = { ...origin, ticket: world.tickets, bucket };
  if (decision.outcome.state !== 'waitlisted') {
    world.seats = takePlace(world.seats, origin);
    world.holders.push(person);
    return;
  }
  expect(decision.outcome.position).toBe(world.line.length + 1);
  world.waiting = countWaiter(world.waiting, bucket, 1);
  world.line.push(person);
}

function leave(world: World, who: number): void {
  const [gone] = world.holders.splice(who, 1);
  if (!gone) return;
  world.seats = freePlace(world.seats, gone);
  const buckets = bucketsWithPlace(world.seats, world.waiting);
  const next = world.line.find(({ bucket }) => buckets.includes(bucket));
  // The waitlist in one look at its buckets is the waitlist one by one.
  expect(next).toEqual(world.line.find((person) => hasPlace(world.seats, person)));
  if (!next) return;
  world.line.splice(world.line.indexOf(next), 1);
  world.waiting = countWaiter(world.waiting, next.bucket, -1);
  world.seats = takePlace(world.seats, next);
  world.holders.push(next);
}

function leaveLine(world: World, who: number): void {
  const [gone] = world.line.splice(who, 1);
  if (gone) world.waiting = countWaiter(world.waiting, gone.bucket, -1);
}

function expectSound({ seats, waiting, holders, line }: World): void {
  expect(seats.taken).toBe(holders.length);
  expect(seats.taken).toBeLessThanOrEqual(seats.capacity);
  seats.quotas.forEach((each, at) => {
    const counted = holders.filter(({ bucket }) => bucket.split('.').includes(String(at)));
    expect(seats.takenByQuota[at]).toBe(counted.length);
    expect(counted.length).toBeLessThanOrEqual(each.places);
  });
  expect(waiting.reduce((sum, each) => sum + each.waiting, 0)).toBe(line.length);
  // Nobody waits for a place that is free and theirs.
  expect(line.filter((person) => hasPlace(seats, person))).toEqual([]);
  expect(line.map(({ ticket }) => ticket)).toEqual(
    line.map(({ ticket }) => ticket).sort((a, b) => a - b),
  );
}

test('CRS-42: no sequence of enrolling and leaving breaks places, quotas or the order of the waitlist', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(quota, { maxLength: 4 }),
      fc.array(step, { maxLength: 60 }),
      (capacity, quotas, steps) => {
        const takenByQuota = quotas.map(() => 0);
        const seats: Seats = { capacity, quotas, taken: 0, takenByQuota };
        const world: World = { seats, waiting: [], holders: [], line: [], tickets: 0 };
        for (const each of steps) {
          if (each.kind === 'enroll') take(world, each);
          else if (each.kind === 'leave') leave(world, each.who);
          else leaveLine(world, each.who);
          expectSound(world);
        }
      },
    ),
    { numRuns: 500 },
  );
});
