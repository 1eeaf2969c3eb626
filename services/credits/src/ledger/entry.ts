/** What the ledger says about one cause: a chain of entries, each written once and never touched again. [CRD-01] */
import type { CivilDate } from '@shixun/kernel';
import { type Amount, bookIdOf, type Category, type Posting, sumOf } from './account.ts';

/** Credits per hour as an exact ratio: 1/1 is one credit per hour, 1/8 is one per eight hours. [CRD-02] */
export type CreditRate = { readonly numerator: number; readonly denominator: number };

/** Hours of one category. */
export type CategoryHours = { readonly category: Category; readonly hoursCenti: number };

/**
 * - award: hours and credits reach the teacher;
 * - reversal: the exact mirror of an award, with the reason and a link to it;
 * - void: the completion was withdrawn before its confirmation was heard; nothing moved, and nothing ever will.
 */
export type EntryKind = 'award' | 'reversal' | 'void';

export type ReversalCause = 'completion_withdrawn' | 'corrected' | 'reversed';

/** An entry as decided; the writer adds the instant and who caused it. */
export type Entry = {
  /** `ent_<cause>_<number>`: the business key. That two writers can't both take a number is what counts once. [CRD-03] */
  readonly _id: string;
  readonly kind: EntryKind;
  readonly teacherId: string;
  /** Calendar year the hours count for: the year of the completion, also in a later reversal. Null for a void. */
  readonly year: number | null;
  readonly bookId: string | null;
  /** What the hours are for: the completion's id. */
  readonly causeId: string;
  /** Place in the cause's chain, from 1. */
  readonly number: number;
  readonly postings: readonly Posting[];
  /** What reached the teacher (negative in a reversal): the sum of the own accounts' postings. */
  readonly hoursCenti: number;
  readonly creditsCenti: number;
  /** Hours of the plan behind the award: a correction can't go above them. Null for a void. */
  readonly hoursPlannedCenti: number | null;
  readonly creditRate: CreditRate | null;
  readonly completedOn: CivilDate | null;
  readonly policyVersion: string | null;
  /** The award that a reversal mirrors. */
  readonly reverses: string | null;
  readonly reversalCause: ReversalCause | null;
  /** Why, in the words of whoever caused the reversal, the correction or the void. */
  readonly reason: string | null;
};

/** The entries of one cause in order of their number. */
export type Chain = readonly Entry[];

/** The business key of the n-th entry of a cause. */
export function entryIdOf(causeId: string, number: number): string {
  return `ent_${causeId}_${number}`;
}

/** The award that counts at present; null when there is none, or it was reversed. */
export function inForce(chain: Chain): Entry | null {
  const last = chain.at(-1);
  return last?.kind === 'award' ? last : null;
}

/** The mirror of an award: it takes back exactly what the award gave, in the same year's book. [CRD-01] */
export function mirrorOf(
  award: Entry,
  cause: { readonly reversalCause: ReversalCause; readonly reason: string },
): Entry {
  const number = award.number + 1;
  return {
    ...award,
    ...cause,
    _id: entryIdOf(award.causeId, number),
    kind: 'reversal',
    number,
    postings: award.postings.map((posting) => ({
      account: posting.account,
      hoursCenti: 0 - posting.hoursCenti,
      creditsCenti: 0 - posting.creditsCenti,
    })),
    hoursCenti: 0 - award.hoursCenti,
    creditsCenti: 0 - award.creditsCenti,
    reverses: award._id,
  };
}

/** What an award needs to know. */
export type AwardTerms = {
  readonly teacherId: string;
  readonly year: number;
  readonly causeId: string;
  readonly number: number;
  readonly hoursPlannedCenti: number;
  readonly creditRate: CreditRate;
  readonly completedOn: CivilDate;
  readonly policyVersion: string;
  readonly reason: string | null;
};

/** Builds an award from the postings onto the teacher's own accounts and their contra posting. */
export function awardOf(terms: AwardTerms, held: readonly Posting[], contra: Posting): Entry {
  const total: Amount = sumOf(held);
  return {
    ...terms,
    _id: entryIdOf(terms.causeId, terms.number),
    kind: 'award',
    bookId: bookIdOf(terms.teacherId, terms.year),
    postings: [...held, contra],
    ...total,
    reverses: null,
    reversalCause: null,
  };
}
