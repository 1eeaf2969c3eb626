import type { Unit } from '@shixun/runtime';
import { annualPlanId } from './body.ts';
import type { AnnualPlanState } from './plan.ts';
import { annualPlans } from './store.ts';

/** Where a body's plan of a year stands; null when there is none. [PLN-03] */
export async function annualPlanState(
  unit: Unit,
  body: { readonly regionCode: string; readonly schoolId: string | null },
  year: number,
): Promise<AnnualPlanState | null> {
  const plan = await unit.findById(annualPlans, annualPlanId(body, year));
  return plan?.state ?? null;
}
