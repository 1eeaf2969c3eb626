/** A draw instead of first come, first served: the same public data give the same result to anyone. [CRS-46] */
import { bucketHasPlace, type Seats } from '../enrollment/seating.ts';

export type Applicant = {
  readonly pseudonym: string;
  /** SHA-256 of seed, newline and pseudonym. */
  readonly lot: string;
  /** The quotas of the class that count the applicant, by their places in the list: `0.2`, or nothing. */
  readonly bucket: string;
  /** True for whom the class is not open any more at closing: no place and no turn. */
  readonly excluded: boolean;
};

export type DrawOutcome = 'place' | 'waitlist' | 'excluded';

export type Drawn = {
  readonly pseudonym: string;
  /** Place in the order of the lots, from 1. */
  readonly rank: number;
  readonly outcome: DrawOutcome;
};

/**
 * In the order of their lots, applicants get a place as long as the class and every quota that counts them have one;
 * the others become the waitlist in that order.
 */
export function drawPlaces(seats: Seats, applicants: readonly Applicant[]): readonly Drawn[] {
  let left = seats;
  return applicants
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ pseudonym, bucket, excluded }, index) => {
      const rank = index + 1;
      if (excluded) return { pseudonym, rank, outcome: 'excluded' };
      if (!bucketHasPlace(left, bucket)) return { pseudonym, rank, outcome: 'waitlist' };
      left = placeTaken(left, bucket);
      return { pseudonym, rank, outcome: 'place' };
    });
}

function placeTaken(seats: Seats, bucket: string): Seats {
  const counted = bucket === '' ? [] : bucket.split('.').map(Number);
  return {
    ...seats,
    taken: seats.taken + 1,
    takenByQuota: seats.takenByQuota.map((taken, at) => taken + (counted.includes(at) ? 1 : 0)),
  };
}
