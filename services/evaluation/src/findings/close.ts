import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

/** open until it is put right 整改 or waived 豁免. */
export type FindingState = 'open' | 'resolved' | 'waived';

export type FindingClosed = {
  readonly state: 'resolved' | 'waived';
  readonly reason: string;
};

/** Closes a finding: what was put right, or why it is let stand. Either needs its reason in words. */
export function closeFinding(
  command: { readonly as: 'resolved' | 'waived'; readonly reason: string },
  finding: { readonly state: FindingState },
): Decision<FindingClosed> {
  const reason = command.reason.trim();
  const faults: Fault[] = [];
  if (finding.state !== 'open') {
    const figures = { required: 'open', actual: finding.state };
    faults.push(fault(codes.FINDING_NOT_OPEN, ['findingId'], figures));
  }
  if (reason === '') faults.push(fault(codes.REASON_MISSING, ['reason']));
  return decide(faults, () => ({ state: command.as, reason }));
}
