import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Actor } from '../projects/owner.ts';
import { type FundedProject, spenderFaults } from './budget.ts';
import { codes } from './refusals.ts';

export type ReverseExpenditure = { readonly expenditureId: string; readonly reason: string };

export type ReversalFacts = {
  readonly project: FundedProject;
  readonly kind: 'expenditure' | 'reversal';
  /** The entry that reversed it already, if any. */
  readonly reversedBy: string | null;
};

/**
 * Corrects an expenditure by an entry of the opposite amount: nothing in the books is changed or removed. It may come
 * after closing, until the project is archived. [PLN-05]
 */
export function reverseExpenditure(
  command: ReverseExpenditure,
  { project, kind, reversedBy }: ReversalFacts,
  actor: Actor,
): Decision<ReverseExpenditure> {
  const faults: Fault[] = [...spenderFaults(actor, project)];
  if (kind === 'reversal') faults.push(fault(codes.EXPENDITURE_IS_REVERSAL, ['expenditureId']));
  if (reversedBy !== null) {
    const figures = { actual: reversedBy };
    faults.push(fault(codes.EXPENDITURE_REVERSED_ALREADY, ['expenditureId'], figures));
  }
  if (project.state === 'archived') faults.push(fault(codes.BUDGET_ARCHIVED, ['expenditureId']));
  return decide(faults, () => command);
}
