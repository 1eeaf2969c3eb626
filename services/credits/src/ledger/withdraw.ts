/** A completion that was withdrawn is reversed once, whatever was heard of it before. [CRD-03] */
import { type Chain, type Entry, entryIdOf, inForce, mirrorOf } from './entry.ts';

export type Withdrawal = {
  readonly completionId: string;
  readonly teacherId: string;
  readonly reason: string;
};

/**
 * The entry that a withdrawal leads to; null when nothing counts any more.
 * Heard before the confirmation, it takes the award's own number with a void entry: the confirmation then finds the
 * chain begun, and of two writers at the same instant only one gets the number.
 */
export function withdrawCompletion(withdrawal: Withdrawal, chain: Chain): Entry | null {
  if (chain.length === 0) return voidOf(withdrawal);
  const award = inForce(chain);
  if (award === null) return null;
  return mirrorOf(award, {
    reversalCause: 'completion_withdrawn',
    reason: withdrawal.reason,
  });
}

function voidOf({ completionId, teacherId, reason }: Withdrawal): Entry {
  return {
    _id: entryIdOf(completionId, 1),
    kind: 'void',
    teacherId,
    year: null,
    bookId: null,
    causeId: completionId,
    number: 1,
    postings: [],
    hoursCenti: 0,
    creditsCenti: 0,
    hoursPlannedCenti: null,
    creditRate: null,
    completedOn: null,
    policyVersion: null,
    reverses: null,
    reversalCause: 'completion_withdrawn',
    reason,
  };
}
