import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Quota } from '../projects/project.ts';
import { freePlace, hasPlace, nextInLine, type Seats, takePlace } from './seating.ts';

const quotas: readonly Quota[] = [
  { regionCode: '140105', schoolId: null, places: 3 },
  { regionCode: null, schoolId: 'sch_1', places: 2 },
];
const empty: Seats = { capacity: 5, quotas, taken: 0, takenByQuota: [0, 0] };
const origins = fc.constantFrom(
  { regionCode: '140105', schoolId: 'sch_1' },
  { regionCode: '140105', schoolId: 'sch_2' },
  { regionCode: '140106', schoolId: 'sch_1' },
  { regionCode: '140106', schoolId: 'sch_3' },
);

test('CRS-42: no sequence of enrolling, withdrawing and promoting exceeds places or quotas, or loses a turn', () => {
  const steps = fc.array(fc.record({ origin: origins, leaves: fc.nat(9), joins: fc.boolean() }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (all) => {
      let seats = empty;
      let inside: { regionCode: string; schoolId: string }[] = [];
      let line: { regionCode: string; schoolId: string; ticket: number }[] = [];
      all.forEach(({ origin, leaves, joins }, ticket) => {
        if (joins) {
          if (hasPlace(seats, origin)) {
            seats = takePlace(seats, origin);
            inside.push(origin);
          } else line.push({ ...origin, ticket });
        } else if (inside.length > 0) {
          const [gone] = inside.splice(leaves % inside.length, 1);
          if (!gone) return;
          const before = line;
          const next = nextInLine(freePlace(seats, gone), line);
          seats = next.seats;
          inside = [...inside, ...next.promoted];
          line = line.filter((waiter) => !next.promoted.includes(waiter));
          // Whoever still waits in front of somebody promoted has no place under the own quota.
          const last = Math.max(-1, ...next.promoted.map((each) => each.ticket));
          const passedOver = line.filter((waiter) => waiter.ticket < last);
          expect(passedOver.every((waiter) => !hasPlace(seats, waiter))).toBe(true);
          expect(before.length).toBe(line.length + next.promoted.length);
        }
        expect(seats.taken).toBe(inside.length);
        expect(seats.taken).toBeLessThanOrEqual(seats.capacity);
        const county = inside.filter(({ regionCode }) => regionCode === '140105').length;
        const school = inside.filter(({ schoolId }) => schoolId === 'sch_1').length;
        expect(seats.takenByQuota).toEqual([county, school]);
        expect(county <= 3 && school <= 2).toBe(true);
      });
    }),
  );
});
