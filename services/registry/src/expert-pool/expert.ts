/**
 * The expert pool 专家库 of a region: nomination, review, admission for a term, end of the term. [REG-10]
 */
import { addDays, type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export const membershipStates = ['nominated', 'admitted', 'refused', 'ended'] as const;
export type MembershipState = (typeof membershipStates)[number];

/** States of a membership that bar another nomination into the same pool. */
export const openMembership: readonly MembershipState[] = ['nominated', 'admitted'];

export function nominateExpert<Command extends { readonly stages: readonly string[] }>(
  command: Command,
  facts: { readonly regionKnown: boolean; readonly open: { readonly state: string } | null },
): Decision<Command> {
  const faults: Fault[] = [];
  if (!facts.regionKnown) faults.push(fault(codes.POOL_REGION_UNKNOWN, ['regionCode']));
  if (facts.open !== null) {
    faults.push(fault(codes.EXPERT_ALREADY, ['trainerId'], { actual: facts.open.state }));
  }
  if (command.stages.length === 0) faults.push(fault(codes.EXPERT_STAGES_MISSING, ['stages']));
  return decide(faults, () => command);
}

export type NominationReviewed =
  | { readonly state: 'refused' }
  | { readonly state: 'admitted'; readonly admittedOn: CivilDate; readonly termEndsOn: CivilDate };

/** A nomination is admitted for the policy's term of years, or refused with a reason. */
export function reviewNomination(
  { verdict, reason }: { readonly verdict: 'admit' | 'refuse'; readonly reason: string },
  { state, termYears }: { readonly state: MembershipState; readonly termYears: number },
  today: CivilDate,
): Decision<NominationReviewed> {
  const faults: Fault[] = [];
  if (state !== 'nominated') {
    faults.push(fault(codes.NOT_NOMINATED, ['membershipId'], { actual: state }));
  }
  if (verdict === 'refuse' && reason === '') {
    faults.push(fault(codes.POOL_REASON_MISSING, ['reason']));
  }
  return decide(faults, () =>
    verdict === 'refuse'
      ? { state: 'refused' }
      : { state: 'admitted', admittedOn: today, termEndsOn: termEnd(today, termYears) },
  );
}

/** The last day of a term: the day before its anniversary. */
export function termEnd(from: CivilDate, years: number): CivilDate {
  const year = Number(from.slice(0, 4)) + years;
  const anniversary = new Map([['02-29', '02-28']]).get(from.slice(5)) ?? from.slice(5);
  return addDays(`${year}-${anniversary}`, -1);
}

/** True when the term is over: its last day still counts. */
export function termOver(termEndsOn: CivilDate, today: CivilDate): boolean {
  return termEndsOn < today;
}
