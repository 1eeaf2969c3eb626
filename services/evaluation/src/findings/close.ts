import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { isClosed, nextActions, type Standing } from './life-cycle.ts';
import { codes } from './refusals.ts';

export type FindingClosed = {
  readonly state: 'resolved' | 'waived';
  readonly reason: string;
};

/**
 * Closes a finding without an order: what the bureau itself put right, or why it is let stand, which is published.
 * What was ordered is closed by re-inspection, or waived. [EVL-12]
 */
export function closeFinding(
  command: { readonly as: 'resolved' | 'waived'; readonly reason: string },
  finding: Standing,
): Decision<FindingClosed> {
  const reason = command.reason.trim();
  const faults: Fault[] = [];
  if (!nextActions(finding).includes(command.as === 'resolved' ? 'resolve' : 'waive')) {
    const code = isClosed(finding.state) ? codes.FINDING_CLOSED : codes.REINSPECTION_DUE;
    faults.push(fault(code, ['findingId'], { required: 'open', actual: finding.state }));
  }
  if (reason === '') faults.push(fault(codes.REASON_MISSING, ['reason']));
  return decide(faults, () => ({ state: command.as, reason }));
}
