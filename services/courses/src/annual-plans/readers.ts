import type { Collection, Filter, RowBase, Unit } from '@shixun/runtime';
import { annualPlanId } from './body.ts';
import type { AnnualPlanState } from './plan.ts';
import { annualPlans, fundingRollups, isAmended } from './store.ts';

/**
 * Where a body's plan of a year stands; null when there is none. What was accepted holds while an amendment is on its
 * way. [PLN-03]
 */
export async function annualPlanState(
  unit: Unit,
  body: { readonly regionCode: string; readonly schoolId: string | null },
  year: number,
): Promise<AnnualPlanState | null> {
  const plan = await unit.findById(annualPlans, annualPlanId(body, year));
  if (plan === null) return null;
  return isAmended(plan) ? 'accepted' : plan.state;
}

/** How rows are found: in a transaction or outside. */
type Finder = {
  readonly find: <Row extends RowBase>(
    collection: Collection<Row>,
    filter: Filter,
  ) => Promise<readonly Row[]>;
};

const bases = ['payroll', 'public_funds'] as const;

/**
 * The places that the year's plans foresee in each region, those of its bureau and of all bodies below it. Only of
 * regions whose bureau has filed its own plan: what some schools plan is no measure of a county. [PLN-07]
 */
export async function plannedPlacesIn(
  finder: Finder,
  regionCodes: readonly string[],
  year: number,
): Promise<ReadonlyMap<string, number>> {
  const ids = regionCodes.map((regionCode) => annualPlanId({ regionCode, schoolId: null }, year));
  const own = await finder.find(annualPlans, { _id: { $in: ids } });
  const filed = own.filter(({ filings }) => filings > 0).map(({ regionCode }) => regionCode);
  const rollupIds = filed.flatMap((code) => bases.map((base) => `${year}/${code}/${base}`));
  const rollups = await finder.find(fundingRollups, { _id: { $in: rollupIds } });
  const sums = new Map(filed.map((code) => [code, 0]));
  for (const { regionCode, plannedPlaces = 0 } of rollups) {
    sums.set(regionCode, (sums.get(regionCode) ?? 0) + plannedPlaces);
  }
  return sums;
}
