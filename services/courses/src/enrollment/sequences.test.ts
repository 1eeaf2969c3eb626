/** CRS-42: no sequence of what may befall a class breaks its places, its quotas or the order of its waitlist. */
import { expect, test } from '@jest/globals';
import { isWithin } from '@shixun/kernel';
import fc from 'fast-check';
import { overlap } from './eligibility.ts';
import { bucketOf, hasPlace } from './seating.ts';
import { type Entry, holding, meetings, type Step, World } from './sequences.example.ts';

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
const capacity = fc.integer({ min: 1, max: 5 });
const places = fc.record({ capacity, quotas: fc.array(quota, { maxLength: 3 }) });
const klass = fc.nat(2);
const who = fc.nat(11);
const at = fc.nat(30);
const kind = <const Kind extends Step['kind']>(value: Kind) => fc.constant(value);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: kind('enroll'), who, klass, waitlist: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('withdraw'), at, byOwner: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('answer'), at, accept: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('dispatch'), who, klass }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: kind('adjust'), klass, capacity },
      quotas: fc.array(quota, { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('changePlan'), klass }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind('wait'), hours: fc.constantFrom(1, 24, 48) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('cancel'), klass }) },
);

/** Counts everything again from the entries alone; answers what does not agree. */
function unsound(world: World): readonly string[] {
  const ofClasses = world.classes.flatMap(({ seats, waiting, state }, index) => {
    const standing = world.standing(index);
    const holders = standing.filter((entry) => holding.includes(entry.state));
    const line = world.line(index);
    const bucket = (waiter: Entry) => bucketOf(seats.quotas, waiter);
    const counts = [...Map.groupBy(line, bucket)].map(([name, all]) => `${name} ${all.length}`);
    const kept = waiting.map((each) => `${each.bucket} ${each.waiting}`);
    const checks = [
      [seats.taken === holders.length, 'places are counted'],
      [holders.length <= seats.capacity, 'no place is given twice'],
      [kept.toSorted().join() === counts.toSorted().join(), 'who waits is counted'],
      [line.every((waiter) => waiter.bucket === bucket(waiter)), 'who waits, waits by the quotas'],
      [!line.some((waiter) => hasPlace(seats, waiter)), 'nobody waits for a place that is theirs'],
      [new Set(standing.map(({ teacher }) => teacher)).size === standing.length, 'nobody is twice'],
      [state !== 'cancelled' || standing.length === 0, 'a cancelled class holds nobody'],
      ...seats.quotas.map(({ regionCode, schoolId, places: most }, number) => {
        const counted = holders.filter((holder) =>
          schoolId === null
            ? isWithin(holder.regionCode, regionCode ?? '')
            : holder.schoolId === schoolId,
        ).length;
        const right = seats.takenByQuota[number] === counted && counted <= most;
        return [right, 'quotas are counted and hold'] as const;
      }),
    ] as const;
    return checks.flatMap(([right, what]) => (right ? [] : [`class ${index}: not so: ${what}`]));
  });
  const all = world.classes.flatMap((_each, index) => world.standing(index));
  const clashing = all.filter((one) =>
    all.some(
      (other) =>
        other.klass !== one.klass &&
        other.teacher === one.teacher &&
        overlap(meetings[one.klass] ?? [], meetings[other.klass] ?? []),
    ),
  );
  return [...ofClasses, ...clashing.map(({ teacher }) => `teacher ${teacher} at two places`)];
}

/** Whoever was offered a place in this step stood before everybody who still waits under the same quotas. */
function overtaken(world: World, before: ReadonlyMap<Entry, string>): readonly Entry[] {
  return world.entries.flatMap((promoted) => {
    if (promoted.state !== 'offered' || before.get(promoted) !== 'waitlisted') return [];
    const { quotas } = world.classes[promoted.klass]?.seats ?? { quotas: [] };
    const bucket = bucketOf(quotas, promoted);
    const line = world.line(promoted.klass);
    return line.filter((each) => each.bucket === bucket && each.ticket < promoted.ticket);
  });
}

test('CRS-41, CRS-42, CRS-43, CRS-44: no sequence of enroll, withdraw, promote, dispatch, change, cancel breaks places, quotas or turns', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(
      fc.tuple(places, places, places),
      fc.array(step, { minLength: 20, maxLength: 80 }),
      (classes, steps) => {
        const world = new World(classes);
        for (const each of steps) {
          const before = new Map(world.entries.map((entry) => [entry, entry.state]));
          world.take(each);
          const broken = [...unsound(world), ...overtaken(world, before)];
          if (broken.length > 0) expect({ step: each, broken }).toEqual({ step: each, broken: [] });
          for (const { state } of world.entries) reached.add(state);
        }
      },
    ),
    { numRuns: 300, seed: 20_261_122 },
  );
  // The sequences went everywhere that a sequence can go.
  expect([...reached].toSorted()).toEqual(
    ['confirmed', 'declined', 'lapsed', 'offered', 'waitlisted', 'withdrawn'].toSorted(),
  );
});
