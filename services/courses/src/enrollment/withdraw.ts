import { accept, type Decision, fault, type Instant, refuse } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import type { EnrollmentState } from './enrollment.ts';
import { codes } from './refusals.ts';

export type WithdrawFacts = {
  readonly state: EnrollmentState;
  readonly classState: ClassState;
  /** When free withdrawal ends: the menu's window. */
  readonly closesAt: Instant;
  /** When it ends once more after a major change of the plan; null when there was none. [CRS-19] */
  readonly freeWithdrawalUntil: Instant | null;
  /** True when the project's owner asks, whose doing it is the consent. */
  readonly byOwner: boolean;
};

export type EnrollmentWithdrawn = {
  /** True within the free period. */
  readonly free: boolean;
  readonly reason: string | null;
  /** True when a place is given back, false when only a turn on the waitlist ends. */
  readonly freesPlace: boolean;
  /** True until the class runs: then the place goes to the waitlist. */
  readonly promotes: boolean;
};

const standingStates: readonly EnrollmentState[] = [
  'confirmed',
  'offered',
  'pending_school',
  'waitlisted',
];

/**
 * Free until the window closes, and in the window of every major change of the plan; later it needs a reason and the
 * owner's consent. [CRS-44, CRS-19]
 */
export function withdrawEnrollment(
  command: { readonly reason: string | null },
  facts: WithdrawFacts,
  now: Instant,
): Decision<EnrollmentWithdrawn> {
  const { state, byOwner } = facts;
  const again = facts.freeWithdrawalUntil;
  const closesAt = again !== null && again > facts.closesAt ? again : facts.closesAt;
  const standing = standingStates.includes(state);
  if (!standing) {
    return refuse(fault(codes.WITHDRAWAL_NOT_POSSIBLE, ['enrollmentId'], { actual: state }));
  }
  const free = now < closesAt || state === 'waitlisted';
  if (!free && !byOwner) {
    const required = closesAt.toISOString();
    return refuse(fault(codes.WITHDRAWAL_NEEDS_CONSENT, ['enrollmentId'], { required }));
  }
  if (!free && (command.reason ?? '').trim() === '') {
    return refuse(fault(codes.WITHDRAWAL_NEEDS_REASON, ['reason']));
  }
  return accept({
    free,
    reason: command.reason,
    freesPlace: state !== 'waitlisted',
    promotes: facts.classState === 'open',
  });
}
