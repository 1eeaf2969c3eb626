import type { BudgetCategory } from '@shixun/kernel';
import type { ProjectState } from '../projects/project.ts';
import { type BudgetLine, isApproved } from './budget.ts';

/** Amounts in fen by line. */
export type Amounts = Readonly<Partial<Record<BudgetCategory, number>>>;

/**
 * What a budget adds to what its region has planned: nothing before the project is approved or when it was rejected;
 * of a cancelled project only what was spent, since the rest is free again. [PLN-05]
 */
export function plannedContribution(lines: readonly BudgetLine[], state: ProjectState): Amounts {
  if (!isApproved(state)) return {};
  return Object.fromEntries(
    lines.map(({ category, plannedCents, spentCents }) => [
      category,
      state === 'cancelled' ? spentCents : plannedCents,
    ]),
  );
}

/** By how much each line changed; lines that didn't are left out. */
export function difference(before: Amounts, after: Amounts): Amounts {
  const categories = [...new Set([...keysOf(before), ...keysOf(after)])];
  return Object.fromEntries(
    categories
      .map((category) => [category, (after[category] ?? 0) - (before[category] ?? 0)] as const)
      .filter(([, change]) => change !== 0),
  );
}

/** The sum of many, by line. */
export function sumOf(all: readonly Amounts[]): Amounts {
  const sum: Partial<Record<BudgetCategory, number>> = {};
  for (const amounts of all) {
    for (const category of keysOf(amounts)) {
      sum[category] = (sum[category] ?? 0) + (amounts[category] ?? 0);
    }
  }
  return sum;
}

export function keysOf(amounts: Amounts): readonly BudgetCategory[] {
  return Object.keys(amounts) as BudgetCategory[];
}
