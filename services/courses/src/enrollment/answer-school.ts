import { type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import type { EnrollmentState } from './enrollment.ts';
import { codes } from './refusals.ts';

export type SchoolAnswerFacts = {
  readonly state: EnrollmentState;
  readonly respondBy: Instant | null;
};
export type SchoolAnswer = { readonly confirm: boolean; readonly reason: string | null };
export type SchoolAnswered = {
  readonly state: 'confirmed' | 'declined';
  readonly reason: string | null;
};

/** The school confirms or declines a self-enrollment within its response time; who declines says why. [CRS-17, PLN-09] */
export function answerForSchool(
  command: SchoolAnswer,
  facts: SchoolAnswerFacts,
  now: Instant,
): Decision<SchoolAnswered> {
  const { confirm, reason } = command;
  const state = confirm ? 'confirmed' : 'declined';
  return decide(answerFaults(command, facts, now), () => ({ state, reason }));
}

function answerFaults(
  { confirm, reason }: SchoolAnswer,
  { state, respondBy }: SchoolAnswerFacts,
  now: Instant,
): Fault[] {
  if (state !== 'pending_school' || respondBy === null) {
    const figures = { required: 'pending_school', actual: state };
    return [fault(codes.NOTHING_ASKED_OF_SCHOOL, ['enrollmentId'], figures)];
  }
  const faults: Fault[] = [];
  if (now >= respondBy) {
    const figures = { required: respondBy.toISOString(), actual: now.toISOString() };
    faults.push(fault(codes.SCHOOL_ANSWER_LATE, ['enrollmentId'], figures));
  }
  if (!confirm && (reason ?? '').trim() === '') {
    faults.push(fault(codes.SCHOOL_GIVES_REASON, ['reason']));
  }
  return faults;
}
