/** Completion 结业 → award. [CRD-02, CRD-03] */
import { type CivilDate, scaleCenti, yearOf } from '@shixun/kernel';
import {
  type Channel,
  heldAccount,
  issuedAccount,
  type Level,
  type Posting,
  sumOf,
} from './account.ts';
import { awardOf, type CategoryHours, type Chain, type CreditRate, type Entry } from './entry.ts';

/** A confirmed completion as the courses service tells it; all hours in hundredths. */
export type Completion = {
  readonly completionId: string;
  readonly teacherId: string;
  readonly level: Level;
  readonly channel: Channel;
  readonly hoursPlannedCenti: number;
  readonly hoursAbsentCenti: number;
  readonly hoursCenti: number;
  readonly hoursByCategory: readonly CategoryHours[];
  readonly completedOn: CivilDate;
};

/** The rate that holds for this completion and the policy version it comes from. */
export type RatePolicy = { readonly rate: CreditRate; readonly policyVersion: string };

/**
 * Why a completion contradicts itself, or null when it is sound. Hours are planned − absent; the categories add up to
 * them, each named once. The ledger never repairs an event: a contradiction is the teller's fault and goes to the
 * dead letters. [CRD-03]
 */
export function contradictionOf(completion: Completion): string | null {
  const { hoursPlannedCenti, hoursAbsentCenti, hoursCenti, hoursByCategory } = completion;
  if (hoursCenti !== hoursPlannedCenti - hoursAbsentCenti) {
    return `hoursCenti is ${hoursCenti}, planned − absent is ${hoursPlannedCenti - hoursAbsentCenti}`;
  }
  if (hoursCenti < 0 || hoursByCategory.some((each) => each.hoursCenti < 0)) {
    return 'hours are never negative';
  }
  const named = new Set(hoursByCategory.map((each) => each.category));
  if (named.size < hoursByCategory.length) return 'a category is named twice';
  const summed = hoursByCategory.reduce((sum, each) => sum + each.hoursCenti, 0);
  if (summed !== hoursCenti) {
    return `hoursByCategory adds up to ${summed}, hoursCenti is ${hoursCenti}`;
  }
  return null;
}

/** Awards a sound completion; null when its chain has begun already: credited, reversed or void. [CRD-03] */
export function awardCompletion(
  completion: Completion,
  chain: Chain,
  { rate, policyVersion }: RatePolicy,
): Entry | null {
  if (chain.length > 0) return null;
  const held = heldPostings(completion.hoursByCategory, completion, rate);
  const terms = {
    teacherId: completion.teacherId,
    year: yearOf(completion.completedOn),
    causeId: completion.completionId,
    number: 1,
    hoursPlannedCenti: completion.hoursPlannedCenti,
    creditRate: rate,
    completedOn: completion.completedOn,
    policyVersion,
    reason: null,
  };
  return awardOf(terms, held, contraOf(held));
}

/**
 * Hours of each category with their credits. Each category is converted on its own and rounded half up to the
 * hundredth; an entry's credits are the sum of these, so that the parts always add up to the whole. [CRD-02]
 */
export function heldPostings(
  hours: readonly CategoryHours[],
  { channel, level }: { readonly channel: Channel; readonly level: Level },
  rate: CreditRate,
): Posting[] {
  return hours
    .filter(({ hoursCenti }) => hoursCenti > 0)
    .map(({ category, hoursCenti }) => ({
      account: heldAccount(category, channel, level),
      hoursCenti,
      creditsCenti: scaleCenti(hoursCenti, rate.numerator, rate.denominator),
    }));
}

/** The one posting that balances what the teacher got. [CRD-01] */
export function contraOf(held: readonly Posting[]): Posting {
  const { hoursCenti, creditsCenti } = sumOf(held);
  return {
    account: issuedAccount('completion'),
    hoursCenti: 0 - hoursCenti,
    creditsCenti: 0 - creditsCenti,
  };
}
