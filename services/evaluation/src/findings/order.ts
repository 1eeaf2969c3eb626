/** A rectification order 整改令: what is to be put right, by whom, by when. [EVL-12] */
import { addDays, type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { isClosed, nextActions, type Standing } from './life-cycle.ts';
import { codes } from './refusals.ts';

/** Whom an order concerns. */
export type Body = { readonly kind: 'school' | 'institution' | 'region'; readonly id: string };

export type Ordered = {
  readonly instruction: string;
  readonly dueOn: CivilDate;
  readonly body: Body;
};

export function orderRectification(
  command: { readonly instruction: string; readonly dueOn: CivilDate; readonly body: Body | null },
  facts: Standing & {
    /** Whom the finding's subject belongs to, as far as known. */
    readonly concerned: Body;
    readonly rectificationMaxDays: number;
  },
  today: CivilDate,
): Decision<Ordered> {
  const faults: Fault[] = [];
  if (!nextActions(facts).includes('order')) {
    const code = isClosed(facts.state) ? codes.FINDING_CLOSED : codes.FINDING_ORDERED_ALREADY;
    faults.push(fault(code, ['findingId'], { required: 'open', actual: facts.state }));
  }
  const instruction = command.instruction.trim();
  if (instruction === '') faults.push(fault(codes.INSTRUCTION_MISSING, ['instruction']));
  faults.push(...deadlineFaults(command.dueOn, facts.rectificationMaxDays, today));
  return decide(faults, () => ({
    instruction,
    dueOn: command.dueOn,
    body: command.body ?? facts.concerned,
  }));
}

/** A deadline lies between today and as many days ahead as the policy allows, both included. */
export function deadlineFaults(
  dueOn: CivilDate,
  maxDays: number,
  today: CivilDate,
): readonly Fault[] {
  const last = addDays(today, maxDays);
  if (dueOn < today) {
    return [fault(codes.DEADLINE_IN_PAST, ['dueOn'], { required: today, actual: dueOn })];
  }
  if (dueOn > last) {
    return [fault(codes.DEADLINE_TOO_FAR, ['dueOn'], { required: last, actual: dueOn })];
  }
  return [];
}
