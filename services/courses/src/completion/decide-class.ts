import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { codes } from './refusals.ts';

export type ClassCompletionFacts = {
  readonly classState: ClassState;
  /** Trainees not yet decided, with how many sessions have no attendance; of a violation none is needed. */
  readonly undecided: readonly {
    readonly enrollmentId: string;
    readonly unrecordedSessions: number;
  }[];
};

/** Whether completion can be decided for a class: closing, and every session of everybody recorded. [CRS-55] */
export function decideClass({
  classState,
  undecided,
}: ClassCompletionFacts): Decision<{ readonly enrollmentIds: readonly string[] }> {
  const faults: Fault[] = [];
  if (classState !== 'closing') {
    const figures = { required: 'closing', actual: classState };
    faults.push(fault(codes.CLASS_NOT_CLOSING, ['classId'], figures));
  }
  for (const { enrollmentId, unrecordedSessions } of undecided) {
    if (unrecordedSessions === 0) continue;
    const figures = { trainee: enrollmentId, required: 0, actual: unrecordedSessions };
    faults.push(fault(codes.ATTENDANCE_INCOMPLETE, ['classId'], figures));
  }
  if (undecided.length === 0) faults.push(fault(codes.NOTHING_TO_DECIDE, ['classId']));
  return decide(faults, () => ({
    enrollmentIds: undecided.map(({ enrollmentId }) => enrollmentId),
  }));
}
