/** Looks at the mandated shares of regions: while a year runs against what is planned, and once it is over. [PLN-07] */
import { civilDateOf, percentText, yearOf } from '@shixun/kernel';
import { type Chore, type PolicyBook, runUnit, type Unit } from '@shixun/runtime';
import { plannedPlacesIn } from '../annual-plans/readers.ts';
import { isAboveCeiling, reckonShare } from './places.ts';
import { type PlaceTallyRow, placeTallies } from './store.ts';

export const mandatedSharesChore: Chore = {
  name: 'mandated-shares',
  everyMs: 60_000,
  run: async ({ db, run, policies }, turn) => {
    await runUnit(
      db,
      async (unit) => {
        await turn?.fence(unit);
        await reckonShares(unit, policies);
      },
      run,
    );
  },
};

/** The regions of the years that are not settled: those of one province, counties the lowest. */
export function unsettledFilter(year: number) {
  return { settledAt: null, year: { $lte: year } };
}

async function reckonShares(unit: Unit, policies: Pick<PolicyBook, 'effective'>): Promise<void> {
  const thisYear = yearOf(civilDateOf(unit.now));
  const rows = await unit.find(placeTallies, unsettledFilter(thisYear));
  const running = rows.filter(({ year }) => year === thisYear);
  const planned = await plannedPlacesIn(
    unit,
    running.map(({ regionCode }) => regionCode),
    thisYear,
  );
  for (const row of rows) {
    const over = row.year < thisYear;
    const flagged = flagAbove(unit, row, {
      ...{ over, plannedPlaces: planned.get(row.regionCode) ?? null, policies },
    });
    const $set = {
      ...(flagged ? { flaggedAt: unit.now } : {}),
      ...(over ? { settledAt: unit.now } : {}),
    };
    if (Object.keys($set).length === 0) continue;
    unit.update(placeTallies, { _id: row._id, settledAt: null }, { $set });
  }
}

type Around = {
  readonly over: boolean;
  readonly plannedPlaces: number | null;
  readonly policies: Pick<PolicyBook, 'effective'>;
};

/** Opens the finding of a region and year, once; answers whether it did. */
function flagAbove(
  unit: Unit,
  { _id, regionCode, year, places, mandated, flaggedAt }: PlaceTallyRow,
  { over, plannedPlaces, policies }: Around,
): boolean {
  const { of, basis } = reckonShare(places, { plannedPlaces, over });
  // The last day of the year says what held for it.
  const on = over ? `${year}-12-31` : civilDateOf(unit.now);
  const { mandatedShareMax: max } = policies.effective(regionCode, on).figures;
  const above = basis !== 'approved' && isAboveCeiling({ places: of, mandated }, max);
  if (!above || (flaggedAt ?? null) !== null) return false;
  const figures = {
    ...{ year, mandated, places: of },
    required: percentText(max.numerator, max.denominator),
    actual: percentText(mandated, of, max),
  };
  unit.openFinding({ rule: 'PLN-07', regionCode, subject: _id, figures });
  return true;
}
