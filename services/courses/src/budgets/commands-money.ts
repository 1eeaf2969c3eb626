/** Reads and writes what every command on a project's money shares. */
import { type BudgetCategory, civilDateOf, type EffectivePolicy } from '@shixun/kernel';
import {
  type CommandContext,
  type NotFound,
  notFound,
  type Scope,
  type Unit,
} from '@shixun/runtime';
import type { ProjectState } from '../projects/project.ts';
import { type ProjectRow, projects } from '../projects/store.ts';
import type { BudgetLine, FundedProject } from './budget.ts';
import { type BudgetRow, type BudgetTallyRow, budgets, budgetTallies } from './store.ts';
import { type Amounts, difference, keysOf, plannedContribution } from './tally.ts';

export type MoneyFacts = {
  readonly row: ProjectRow;
  readonly project: FundedProject;
  readonly budget: BudgetRow | null;
  readonly lines: readonly BudgetLine[];
  readonly forbidden: readonly BudgetCategory[];
  readonly dailyMaxCents: number;
  readonly policy: EffectivePolicy;
};

export async function gatherMoney(
  projectId: string,
  unit: Unit,
  { policies }: Pick<CommandContext, 'policies'>,
): Promise<MoneyFacts | NotFound> {
  const row = await unit.findById(projects, projectId);
  if (row === null) return notFound('project', projectId, ['projectId']);
  const budget = await unit.findById(budgets, projectId);
  const policy = policies.effective(row.ownerRegionCode, civilDateOf(unit.now));
  return {
    row,
    project: { ...row, closedAt: closedAtOf(row) },
    budget,
    lines: budget?.lines ?? [],
    forbidden: policy.figures.budgetForbiddenCategories,
    dailyMaxCents: policy.figures.boardAndLodgingDailyMaxCents,
    policy,
  };
}

const over: readonly ProjectState[] = ['closing', 'evaluated', 'archived', 'cancelled'];

/** The instant of the step that closed or cancelled the project. */
function closedAtOf({ steps, state }: ProjectRow): Date | null {
  const step = steps.find(({ to }) => to === 'closing' || to === 'cancelled');
  if (step !== undefined) return step.at;
  return over.includes(state) ? new Date(0) : null;
}

export function moneyScope({ row }: Pick<MoneyFacts, 'row'>): Scope {
  return {
    regionCode: row.ownerRegionCode,
    schoolId: row.schoolId,
    institutionId: row.institutionId,
  };
}

/** Where rows of this project's money belong. */
export function placeOf(row: ProjectRow) {
  const { ownerRegionCode, regionPath, schoolId, institutionId, year } = row;
  return { ownerRegionCode, regionPath, schoolId, institutionId, year };
}

/**
 * Writes the lines of a budget, guarded by the revision that the decision saw, and moves the region's counters on by
 * what changed.
 */
export function saveLines(
  unit: Unit,
  { row, budget }: Pick<MoneyFacts, 'row' | 'budget'>,
  lines: readonly BudgetLine[],
): BudgetRow {
  const counted = plannedContribution(lines, row.state);
  const plannedCents = total(lines.map((line) => line.plannedCents));
  const spentCents = total(lines.map((line) => line.spentCents));
  const saved: BudgetRow = {
    _id: row._id,
    ...placeOf(row),
    lines,
    plannedCents,
    spentCents,
    unspentCents: plannedCents - spentCents,
    counted,
    revision: (budget?.revision ?? 0) + 1,
  };
  const { _id, ...fields } = saved;
  if (budget === null) unit.insert(budgets, saved);
  else unit.update(budgets, { _id, revision: budget.revision }, { $set: fields });
  moveTally(unit, row, {
    planned: difference(budget?.counted ?? {}, counted),
    spent: difference(spentOf(budget?.lines ?? []), spentOf(lines)),
  });
  return saved;
}

function spentOf(lines: readonly BudgetLine[]): Amounts {
  return Object.fromEntries(lines.map(({ category, spentCents }) => [category, spentCents]));
}

function moveTally(
  unit: Unit,
  { ownerRegionCode: regionCode, year }: ProjectRow,
  changes: Pick<BudgetTallyRow, 'planned' | 'spent'>,
): void {
  const moved = (['planned', 'spent'] as const).flatMap((kind) =>
    keysOf(changes[kind]).map((category) => [`${kind}.${category}`, changes[kind][category]]),
  );
  if (moved.length === 0) return;
  unit.upsert(
    budgetTallies,
    { _id: `${regionCode}/${year}` },
    { $setOnInsert: { regionCode, year }, $inc: Object.fromEntries(moved) },
  );
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
