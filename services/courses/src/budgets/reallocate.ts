import {
  type BudgetCategory,
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
  ownerFaults,
  spenderFaults,
  unspentCents,
} from './budget.ts';
import { codes } from './refusals.ts';

/** proposed until the owner of the project consents or refuses. */
export type ReallocationState = 'proposed' | 'consented' | 'refused';

export type Reallocation = {
  readonly from: BudgetCategory;
  readonly to: BudgetCategory;
  readonly amountCents: number;
};

export type ReallocationFacts = {
  readonly project: FundedProject;
  readonly lines: readonly BudgetLine[];
  readonly forbidden: readonly BudgetCategory[];
};

type Asked = { readonly actor: Actor; readonly now: Instant };

/** Asks for money to be moved from one line to another; nothing moves before the owner consents. [PLN-05] */
export function proposeReallocation<Command extends Reallocation>(
  command: Command,
  facts: ReallocationFacts,
  { actor, now }: Asked,
): Decision<Command> {
  const faults = [...spenderFaults(actor, facts.project), ...moveFaults(command, facts, now)];
  return decide(faults, () => command);
}

/** The owner's answer; what was left on the line may have been spent meanwhile, so consent looks again. [PLN-05] */
export function answerReallocation(
  { consent }: { readonly consent: boolean },
  facts: ReallocationFacts & {
    readonly asked: Reallocation & { readonly state: ReallocationState };
  },
  { actor, now }: Asked,
): Decision<'consented' | 'refused'> {
  const { asked, project } = facts;
  const faults: Fault[] = [...ownerFaults(actor, project)];
  if (asked.state !== 'proposed') {
    faults.push(fault(codes.REALLOCATION_ANSWERED, ['reallocationId'], { actual: asked.state }));
  } else if (consent) faults.push(...moveFaults(asked, facts, now));
  return decide(faults, () => (consent ? 'consented' : 'refused'));
}

function moveFaults(
  { from, to, amountCents }: Reallocation,
  { project, lines, forbidden }: ReallocationFacts,
  now: Instant,
): Fault[] {
  const faults: Fault[] = [];
  if (!isApproved(project.state)) {
    faults.push(fault(codes.BUDGET_NOT_APPROVED, ['projectId'], { actual: project.state }));
  }
  faults.push(...closedFaults(project, now), ...forbiddenFaults(to, forbidden, ['to']));
  if (from === to) faults.push(fault(codes.REALLOCATION_SAME_LINE, ['to'], { actual: to }));
  const line = lines.find(({ category }) => category === from);
  if (line === undefined) {
    faults.push(fault(codes.BUDGET_LINE_MISSING, ['from'], { actual: from }));
  } else if (amountCents > unspentCents(line)) {
    const figures = {
      category: from,
      required: money(unspentCents(line)),
      actual: money(amountCents),
    };
    faults.push(fault(codes.REALLOCATION_OVER_LINE, ['amount'], figures));
  }
  return faults;
}

/** The lines after the move; a line that the budget did not have is added. */
export function movedLines(
  lines: readonly BudgetLine[],
  { from, to, amountCents }: Reallocation,
): readonly BudgetLine[] {
  const known = lines.some(({ category }) => category === to);
  const all = known ? lines : [...lines, { category: to, plannedCents: 0, spentCents: 0 }];
  return all.map((line) => {
    if (line.category === from) return { ...line, plannedCents: line.plannedCents - amountCents };
    if (line.category === to) return { ...line, plannedCents: line.plannedCents + amountCents };
    return line;
  });
}
