import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Violation } from './participation.ts';
import { codes } from './refusals.ts';

type Facts = { readonly violation: Violation | null };

/** Appeals against a violation: once, and while there is one. [CRS-53] */
export function appealViolation<Command>(
  command: Command,
  { violation }: Facts,
): Decision<Command> {
  const faults: Fault[] = [];
  if (violation === null) faults.push(fault(codes.NO_VIOLATION, ['enrollmentId']));
  if (violation?.appeal) faults.push(fault(codes.APPEALED_ALREADY, ['enrollmentId']));
  return decide(faults, () => command);
}

/** Decides the appeal, once; upheld, the violation no longer counts. [CRS-53] */
export function decideViolationAppeal<Command>(
  command: Command,
  { violation }: Facts,
): Decision<Command> {
  const open = violation?.appeal?.upheld === null;
  const actual = violation?.appeal === undefined || violation.appeal === null ? 'none' : 'decided';
  const faults = open
    ? []
    : [fault(codes.NO_APPEAL_OPEN, ['enrollmentId'], { required: 'asked', actual })];
  return decide(faults, () => command);
}
