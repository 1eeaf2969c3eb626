import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { codes } from './refusals.ts';

export type CorrectAttendance = {
  readonly enrollmentId: string;
  readonly sessionId: string;
  readonly presentMinutes: number;
  readonly reason: string;
};

export type CorrectionFacts = {
  readonly classState: ClassState;
  readonly session: { readonly minutes: number } | undefined;
  /** Minutes that count now; undefined when nothing was recorded, which is no correction. */
  readonly presentMinutes: number | undefined;
};

/**
 * Corrects what was recorded, also after completion is decided: what it decided is then decided anew. An archived class
 * is closed for good. [CRS-50, CRS-55]
 */
export function correctAttendance(
  command: CorrectAttendance,
  { classState, session, presentMinutes }: CorrectionFacts,
): Decision<CorrectAttendance> {
  const faults: Fault[] = [];
  if (classState !== 'running' && classState !== 'closing') {
    const figures = { required: 'running / closing', actual: classState };
    faults.push(fault(codes.CLASS_NOT_RUNNING, ['enrollmentId'], figures));
  }
  if (!session) {
    faults.push(fault(codes.SESSION_UNKNOWN, ['sessionId'], { actual: command.sessionId }));
    return decide(faults, () => command);
  }
  if (presentMinutes === undefined || presentMinutes === command.presentMinutes) {
    faults.push(
      fault(codes.NOTHING_TO_CORRECT, ['presentMinutes'], { actual: command.presentMinutes }),
    );
  }
  if (command.presentMinutes < 0 || command.presentMinutes > session.minutes) {
    const figures = { required: `0–${session.minutes}`, actual: command.presentMinutes };
    faults.push(fault(codes.MINUTES_OUT_OF_RANGE, ['presentMinutes'], figures));
  }
  return decide(faults, () => command);
}
