/** Moves the counters by what a source adds now and had added before; what it added is kept with its id. */
import type { Unit } from '@shixun/runtime';
import { areasOfProject, regionsAbove } from './areas.ts';
import { type Counts, changesOf, sumOfCounts } from './counting.ts';
import type { Places } from './places.ts';
import { areaTallies, type CountedRow, countedRows } from './store.ts';

/** What a source adds: `counts` to the areas of a year or of teachers, `more` to the other counters it moves. */
export type Contribution = Pick<CountedRow, '_id' | 'counts' | 'more'>;

/** The changes of many sources together; the rows of what they add now are written. */
export async function replaceContributions(
  unit: Unit,
  contributions: readonly Contribution[],
): Promise<Pick<CountedRow, 'counts' | 'more'>> {
  const ids = contributions.map(({ _id }) => _id);
  const known = await unit.find(countedRows, { _id: { $in: ids } });
  const before = new Map(known.map((row) => [row._id, row]));
  const changes = contributions.map(({ _id, counts, more }) => ({
    counts: changesOf(before.get(_id)?.counts ?? {}, counts),
    more: changesOf(before.get(_id)?.more ?? {}, more),
  }));
  for (const { _id, counts, more } of contributions) {
    const empty = Object.keys(counts).length === 0 && Object.keys(more).length === 0;
    if (!empty || before.has(_id)) unit.upsert(countedRows, { _id }, { $set: { counts, more } });
  }
  return {
    counts: sumOfCounts(changes.map(({ counts }) => counts)),
    more: sumOfCounts(changes.map(({ more }) => more)),
  };
}

/** Moves one of the two counters of the areas of a region and year. */
export function moveAreas(unit: Unit, changes: Counts, counter: 'places' | 'asked'): void {
  for (const [_id, change] of Object.entries(changes)) {
    const [regionCode, year, stage, subject] = _id.split('/');
    unit.upsert(
      areaTallies,
      { _id },
      {
        $setOnInsert: { regionCode, year: Number(year), stage, subject },
        $inc: { [counter]: change },
      },
    );
  }
}

/** The key of an area of a region and year. */
export function yearKey(regionCode: string, year: number, area: readonly string[]): string {
  return [regionCode, year, ...area].join('/');
}

type SuppliedProject = Parameters<typeof areasOfProject>[0] & {
  readonly _id: string;
  readonly ownerRegionCode: string;
  readonly year: number;
  readonly stage: string;
};

/** What a project's places add to the areas and to the shares of every region above it. [PLN-07, PLN-08] */
export function contributionOf(
  project: SuppliedProject,
  { places, mandated }: Places,
): Contribution {
  const { _id, ownerRegionCode, year, stage } = project;
  const regions = regionsAbove(ownerRegionCode);
  const areas = places === 0 ? [] : areasOfProject(project);
  return {
    _id,
    counts: Object.fromEntries(
      regions.flatMap((region) =>
        areas.map((area) => [yearKey(region, year, [stage, area]), places]),
      ),
    ),
    more: Object.fromEntries(
      regions.flatMap((region) => [
        ...(places > 0 ? [[yearKey(region, year, ['places']), places]] : []),
        ...(mandated > 0 ? [[yearKey(region, year, ['mandated']), mandated]] : []),
      ]),
    ),
  };
}
