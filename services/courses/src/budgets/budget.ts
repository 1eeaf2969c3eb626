/** A project's budget 项目预算: what may be spent on which line, and what was. All money is whole fen (cents of CNY). */
import { type BudgetCategory, centiText, type Fault, fault, type Instant } from '@shixun/kernel';
import {
  type Actor,
  actsForExecutor,
  actsForOwner,
  type Ownership,
  ownerRole,
} from '../projects/owner.ts';
import type { ProjectState } from '../projects/project.ts';
import { codes } from './refusals.ts';

export type BudgetLine = {
  readonly category: BudgetCategory;
  readonly plannedCents: number;
  readonly spentCents: number;
};

/** The project as far as its money is concerned. */
export type FundedProject = Ownership & {
  readonly state: ProjectState;
  /** When it closed or was cancelled; null while it goes on. From that instant on nothing is spent. */
  readonly closedAt: Instant | null;
};

/** States in which the project, and with it the budget, is not approved yet or never was. */
const unapproved: readonly ProjectState[] = ['draft', 'submitted', 'rejected'];

export function isApproved(state: ProjectState): boolean {
  return !unapproved.includes(state);
}

/** "CNY 1234.50" */
export function money(cents: number): string {
  return `CNY ${centiText(cents)}`;
}

export function unspentCents({ plannedCents, spentCents }: BudgetLine): number {
  return plannedCents - spentCents;
}

/** The refusal of whoever is not the very body that owns the project, with the role that is asked for. */
export function ownerFaults(actor: Actor, project: Ownership): Fault[] {
  if (actsForOwner(actor, project)) return [];
  return [fault(codes.BUDGET_OF_OTHERS, ['projectId'], { required: ownerRole(project.level) })];
}

/** The same where the institution that carries the project out may act as well. */
export function spenderFaults(actor: Actor, project: Ownership): Fault[] {
  return actsForExecutor(actor, project) ? [] : ownerFaults(actor, project);
}

/** Nothing is spent or moved from the very instant of closing on. [PLN-05] */
export function closedFaults({ closedAt }: FundedProject, now: Instant): Fault[] {
  if (closedAt === null || now.getTime() < closedAt.getTime()) return [];
  const figures = { required: closedAt.toISOString(), actual: now.toISOString() };
  return [fault(codes.BUDGET_CLOSED, ['projectId'], figures)];
}

/** No plan and no spending on what the policy forbids: sightseeing and visits unrelated to training. [PLN-05] */
export function forbiddenFaults(
  category: BudgetCategory,
  forbidden: readonly BudgetCategory[],
  path: readonly string[],
): Fault[] {
  return forbidden.includes(category)
    ? [fault(codes.BUDGET_CATEGORY_FORBIDDEN, path, { actual: category })]
    : [];
}
