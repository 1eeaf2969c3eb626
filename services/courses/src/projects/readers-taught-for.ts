import { addDays, civilDateOf } from '@shixun/kernel';
import type { Unit } from '@shixun/runtime';
import { classes } from './store.ts';

const daysOfYear = 366;

/** Of these institutions, those in whose classes a trainer taught in the last years. Reads their index by date. */
export async function taughtFor(
  unit: Unit,
  asked: {
    readonly trainerId: string;
    readonly institutionIds: readonly string[];
    readonly years: number;
  },
): Promise<ReadonlySet<string>> {
  const since = addDays(civilDateOf(unit.now), -asked.years * daysOfYear);
  const found = await Promise.all(
    asked.institutionIds.map((institutionId) =>
      unit.findOne(classes, {
        institutionId,
        opensOn: { $gte: since },
        trainerIds: asked.trainerId,
      }),
    ),
  );
  return new Set(found.flatMap((row) => (row?.institutionId ? [row.institutionId] : [])));
}
