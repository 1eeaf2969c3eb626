import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import type { LeaveState } from './participation.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';

export type AskForLeave = { readonly sessionIds: readonly string[]; readonly reason: string };

/** Asks for leave from sessions not yet held: the exception, with a reason. [CRS-51] */
export function askForLeave(
  command: AskForLeave,
  facts: {
    readonly classState: ClassState;
    readonly sessionIds: ReadonlySet<string>;
    readonly recorded: ReadonlySet<string>;
  },
): Decision<AskForLeave> {
  const faults: Fault[] = [];
  if (facts.classState !== 'open' && facts.classState !== 'running') {
    const figures = { required: 'running', actual: facts.classState };
    faults.push(fault(codes.CLASS_NOT_RUNNING, ['enrollmentId'], figures));
  }
  command.sessionIds.forEach((id, index) => {
    const path = ['sessionIds', String(index)];
    if (!facts.sessionIds.has(id)) faults.push(fault(codes.SESSION_UNKNOWN, path, { actual: id }));
    if (facts.recorded.has(id)) faults.push(fault(codes.LEAVE_TOO_LATE, path, { required: id }));
  });
  return decide(faults, () => command);
}

/** Decides a request for leave; granted or not, hours absent are deducted, but recorded as what they were. [CRS-51] */
export function decideLeave(
  command: { readonly granted: boolean },
  facts: { readonly state: LeaveState; readonly classState: ClassState },
): Decision<{ readonly state: LeaveState }> {
  const faults = facts.classState === 'open' ? [] : runningFaults(facts.classState);
  if (facts.state !== 'asked') {
    const figures = { required: 'asked', actual: facts.state };
    faults.push(fault(codes.LEAVE_NOT_ASKED, ['leaveId'], figures));
  }
  return decide(faults, () => ({ state: command.granted ? 'granted' : 'refused' }));
}
