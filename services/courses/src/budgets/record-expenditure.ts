import {
  type BudgetCategory,
  type CivilDate,
  civilDateOf,
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
} from '@shixun/kernel';
import type { Actor } from '../projects/owner.ts';
import {
  type BudgetLine,
  closedFaults,
  type FundedProject,
  forbiddenFaults,
  isApproved,
  money,
  spenderFaults,
  unspentCents,
} from './budget.ts';
import { codes } from './refusals.ts';

export type RecordExpenditure = {
  readonly projectId: string;
  readonly category: BudgetCategory;
  readonly amountCents: number;
  readonly spentOn: CivilDate;
  /** For how many persons and days; asked for with board and lodging. */
  readonly persons: number | null;
  readonly days: number | null;
  readonly purpose: string;
  readonly voucher: string;
};

export type ExpenditureFacts = {
  readonly project: FundedProject;
  /** The budget's line of the category, if it has one. */
  readonly line: BudgetLine | null;
  readonly forbidden: readonly BudgetCategory[];
  readonly dailyMaxCents: number;
};

export type ExpenditureRecorded = RecordExpenditure & { readonly aboveCeiling: boolean };

/**
 * Records an expenditure on its line: one fen over the line is refused, as is everything from the instant of closing
 * on; board and lodging above the daily ceiling per person goes through and is flagged. [PLN-05]
 */
export function recordExpenditure(
  command: RecordExpenditure,
  facts: ExpenditureFacts,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Decision<ExpenditureRecorded> {
  const { project, forbidden } = facts;
  const faults: Fault[] = [...spenderFaults(actor, project)];
  if (!isApproved(project.state)) {
    faults.push(fault(codes.BUDGET_NOT_APPROVED, ['projectId'], { actual: project.state }));
  }
  faults.push(...closedFaults(project, now));
  const against = forbiddenFaults(command.category, forbidden, ['category']);
  faults.push(...against, ...(against.length > 0 ? [] : lineFaults(command, facts.line)));
  const today = civilDateOf(now);
  if (command.spentOn > today) {
    const figures = { required: today, actual: command.spentOn };
    faults.push(fault(codes.EXPENDITURE_IN_FUTURE, ['spentOn'], figures));
  }
  const lodging = command.category === 'board_and_lodging';
  if (lodging && (command.persons === null || command.days === null)) {
    faults.push(fault(codes.EXPENDITURE_PERSONS_MISSING, ['persons']));
  }
  const flags = ceilingFlags(command, facts.dailyMaxCents);
  return decide(faults, () => ({ ...command, aboveCeiling: flags.length > 0 }), flags);
}

function lineFaults(
  { category, amountCents }: RecordExpenditure,
  line: BudgetLine | null,
): readonly Fault[] {
  if (line === null) return [fault(codes.BUDGET_LINE_MISSING, ['category'], { actual: category })];
  const left = unspentCents(line);
  if (amountCents <= left) return [];
  const figures = { category, required: money(left), actual: money(amountCents) };
  return [fault(codes.EXPENDITURE_OVER_LINE, ['amount'], figures)];
}

/** Exactly the ceiling is not above it. */
function ceilingFlags(
  { category, amountCents, persons, days }: RecordExpenditure,
  dailyMaxCents: number,
): readonly Fault[] {
  if (category !== 'board_and_lodging' || persons === null || days === null) return [];
  const ceiling = dailyMaxCents * persons * days;
  if (amountCents <= ceiling) return [];
  const figures = { persons, days, required: money(ceiling), actual: money(amountCents) };
  return [fault(codes.BOARD_AND_LODGING_OVER_CEILING, ['amount'], figures)];
}
