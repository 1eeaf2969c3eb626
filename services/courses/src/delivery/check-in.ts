import { type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { minutesFromCheckIn } from './attendance-sources.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';

/** How early the screen shows a code, in minutes. */
export const checkInOpensMinutes = 15;

export type CheckInFacts = {
  readonly classState: ClassState;
  readonly session: { readonly startsAt: Instant; readonly minutes: number } | undefined;
  /** Whether the code is the one on the screen. */
  readonly codeHolds: boolean;
  /** Wrong codes entered for this session before, and how many may be. */
  readonly wrongTries: number;
  readonly wrongTriesMax: number;
  readonly checkedIn: boolean;
  readonly decided: boolean;
};

/**
 * A trainee enters the code on the screen: from then to the end of the session counts as present. A code holds for its
 * time and its session, and each trainee uses one once. So that none is guessed, a wrong one can be entered a few times
 * only; then the right one is not taken either. [CRS-50]
 */
export function checkIn(
  sessionId: string,
  { classState, session, codeHolds, checkedIn, decided, ...tries }: CheckInFacts,
  now: Instant,
): Decision<{ readonly presentMinutes: number }> {
  const faults: Fault[] = [...runningFaults(classState)];
  if (!session) {
    faults.push(fault(codes.SESSION_UNKNOWN, ['sessionId'], { actual: sessionId }));
    return decide(faults, () => ({ presentMinutes: 0 }));
  }
  if (!codeShown(session, now)) {
    faults.push(fault(codes.CODE_NOT_SHOWN, ['sessionId'], { required: checkInOpensMinutes }));
  } else if (tries.wrongTries >= tries.wrongTriesMax) {
    const figures = { required: tries.wrongTriesMax, actual: tries.wrongTries };
    faults.push(fault(codes.CHECK_IN_TRIES_USED_UP, ['code'], figures));
  } else if (!codeHolds) {
    faults.push(fault(codes.CODE_WRONG, ['code']));
  }
  if (checkedIn) faults.push(fault(codes.CHECKED_IN_ALREADY, ['sessionId']));
  if (decided) faults.push(fault(codes.DECIDED_ALREADY, ['enrollmentId']));
  return decide(faults, () => ({ presentMinutes: minutesFromCheckIn(session, now) }));
}

/** Whether a refusal uses up a try: a code was looked at, and it was wrong. */
export function usesTry(faults: readonly Fault[]): boolean {
  return faults.some(({ code }) => code === codes.CODE_WRONG);
}

/** True from a quarter of an hour before the session begins until it ends. */
export function codeShown(
  { startsAt, minutes }: { readonly startsAt: Instant; readonly minutes: number },
  now: Instant,
): boolean {
  const opens = startsAt.getTime() - checkInOpensMinutes * 60_000;
  const ends = startsAt.getTime() + minutes * 60_000;
  return opens <= now.getTime() && now.getTime() < ends;
}
