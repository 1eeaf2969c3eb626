/** The body concerned says what it has put right; the bureau looks again. [EVL-12] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { isClosed, type Standing } from './life-cycle.ts';
import { deadlineFaults } from './order.ts';
import { codes } from './refusals.ts';

/** An answer after the last day is taken too: it is late, which the history shows, not lost. */
export function answerOrder(
  command: { readonly answer: string },
  { state }: Standing,
): Decision<{ readonly answer: string }> {
  const faults: Fault[] = [];
  if (state !== 'ordered') {
    const code = isClosed(state) ? codes.FINDING_CLOSED : codes.NO_ORDER_WAITS;
    faults.push(fault(code, ['findingId'], { required: 'ordered', actual: state }));
  }
  const answer = command.answer.trim();
  if (answer === '') faults.push(fault(codes.REASON_MISSING, ['answer']));
  return decide(faults, () => ({ answer }));
}

export type Reinspected = {
  readonly state: 'resolved' | 'ordered';
  readonly report: string;
  /** The new last day when it is not put right; null when it is. */
  readonly dueOn: CivilDate | null;
};

/** Re-inspection 复查: put right, or ordered again with a new deadline. */
export function reinspect(
  command: { readonly passed: boolean; readonly report: string; readonly dueOn: CivilDate | null },
  facts: Standing & { readonly rectificationMaxDays: number },
  today: CivilDate,
): Decision<Reinspected> {
  const faults: Fault[] = [];
  if (facts.state !== 'answered') {
    const code = isClosed(facts.state) ? codes.FINDING_CLOSED : codes.NO_ANSWER_WAITS;
    faults.push(fault(code, ['findingId'], { required: 'answered', actual: facts.state }));
  }
  const report = command.report.trim();
  if (report === '') faults.push(fault(codes.REASON_MISSING, ['report']));
  if (!command.passed) {
    if (command.dueOn === null) faults.push(fault(codes.DEADLINE_MISSING, ['dueOn']));
    else faults.push(...deadlineFaults(command.dueOn, facts.rectificationMaxDays, today));
  }
  return decide(faults, () => ({
    state: command.passed ? 'resolved' : 'ordered',
    report,
    dueOn: command.passed ? null : command.dueOn,
  }));
}
