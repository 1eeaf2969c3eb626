import {
  type BudgetCategory,
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
} from '@shixun/kernel';
import type { Actor } from '../projects/owner.ts';
import { closedFaults, type FundedProject, forbiddenFaults, ownerFaults } from './budget.ts';
import { codes } from './refusals.ts';

export type SetBudget = {
  readonly projectId: string;
  readonly lines: readonly { readonly category: BudgetCategory; readonly plannedCents: number }[];
};

export type SetBudgetFacts = {
  readonly project: FundedProject;
  /** Whether the project has a budget already. */
  readonly exists: boolean;
  readonly forbidden: readonly BudgetCategory[];
};

/**
 * Draws up the budget, by line; it is approved with the project, and from then on fixed. A project that was approved
 * without one gets its first budget from its owner, whose approval that is. [PLN-05]
 */
export function setBudget(
  command: SetBudget,
  { project, exists, forbidden }: SetBudgetFacts,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Decision<SetBudget> {
  const faults: Fault[] = [...ownerFaults(actor, project)];
  const open = project.state === 'draft' || project.state === 'submitted';
  if (!open && (exists || project.state === 'rejected')) {
    faults.push(fault(codes.BUDGET_FIXED, ['projectId'], { actual: project.state }));
  }
  faults.push(...closedFaults(project, now));
  const seen = new Set<BudgetCategory>();
  for (const [index, { category }] of command.lines.entries()) {
    const path = ['lines', String(index), 'category'];
    faults.push(...forbiddenFaults(category, forbidden, path));
    if (seen.has(category)) {
      faults.push(fault(codes.BUDGET_CATEGORY_TWICE, path, { actual: category }));
    }
    seen.add(category);
  }
  return decide(faults, () => command);
}
