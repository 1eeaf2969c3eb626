/** Runs a draw again from what the graph tells everybody of it. [CRS-46] */
import { z } from 'zod';
import { drawPlaces } from './draw.ts';
import { commitmentOf, lotOf } from './sealing.ts';

const outcome = z.enum(['PLACE', 'WAITLIST', 'EXCLUDED']);

/** The public data of a draw that has run. */
export const publicDraw = z.object({
  id: z.string(),
  seed: z.string(),
  commitment: z.string(),
  capacity: z.int(),
  taken: z.int(),
  quotas: z.array(
    z.object({
      regionCode: z.string().nullable(),
      schoolId: z.string().nullable(),
      places: z.int(),
      taken: z.int(),
    }),
  ),
  lots: z.array(z.object({ pseudonym: z.string(), bucket: z.string(), rank: z.int(), outcome })),
});
export type PublicDraw = z.infer<typeof publicDraw>;

export type Redone = {
  /** False when the seed is not the one whose hash was published before. */
  readonly seedHolds: boolean;
  /** The lots that were published otherwise than they come out; empty when all is as it should be. */
  readonly differing: readonly string[];
  readonly lots: readonly {
    readonly pseudonym: string;
    readonly rank: number;
    readonly outcome: string;
  }[];
};

/** Whom the platform excluded is taken as it says; everything else is made again from the seed. */
export function redoDraw(draw: PublicDraw): Redone {
  const { seed, capacity, quotas, taken } = draw;
  const seats = { capacity, quotas, taken, takenByQuota: quotas.map((quota) => quota.taken) };
  const published = new Map(draw.lots.map((lot) => [lot.pseudonym, lot]));
  const lots = drawPlaces(
    seats,
    draw.lots.map((lot) => ({
      pseudonym: lot.pseudonym,
      bucket: lot.bucket,
      lot: lotOf(seed, lot.pseudonym),
      excluded: lot.outcome === 'EXCLUDED',
    })),
  ).map((lot) => ({ ...lot, outcome: lot.outcome.toUpperCase() }));
  const differing = lots
    .filter(({ pseudonym, rank, outcome: came }) => {
      const said = published.get(pseudonym);
      return said?.rank !== rank || said.outcome !== came;
    })
    .map(({ pseudonym }) => pseudonym);
  return { seedHolds: commitmentOf(seed) === draw.commitment, differing, lots };
}
