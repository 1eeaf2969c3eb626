/** The ledger against itself: every stored balance must be the sum of its entries' postings. [CRD-01] */
import {
  type Amount,
  type Balances,
  balanced,
  balancesOf,
  nothing,
  type Posting,
} from './account.ts';
import type { Entry } from './entry.ts';

/** The first thing that doesn't agree, in words that lead to it. */
export type Difference = {
  readonly kind: 'unbalanced_entry' | 'broken_chain' | 'balance';
  /** Entry id, or `<book>/<account>` of a balance. */
  readonly at: string;
  readonly stored: string;
  readonly recomputed: string;
};

/** An entry whose postings don't cancel out, or whose totals aren't those of the teacher's own accounts. */
export function entryDifference(entry: Entry): Difference | null {
  const own = [...entry.postings].filter((posting) => posting.account.startsWith('held:'));
  const total = balancesTotal(own);
  if (!balanced(entry.postings)) {
    const sum = balancesTotal(entry.postings);
    return {
      kind: 'unbalanced_entry',
      at: entry._id,
      stored: text(sum),
      recomputed: text(nothing),
    };
  }
  if (text(total) !== text(entry)) {
    return {
      kind: 'unbalanced_entry',
      at: entry._id,
      stored: text(entry),
      recomputed: text(total),
    };
  }
  return null;
}

/** A cause's entries that don't follow one another: a gap, or a reversal that mirrors nothing. */
export function chainDifference(chain: readonly Entry[]): Difference | null {
  for (const [index, entry] of chain.entries()) {
    const before = chain[index - 1];
    const follows =
      entry.number === index + 1 &&
      (entry.kind === 'reversal') === (entry.number % 2 === 0) &&
      (entry.kind !== 'reversal' || (before !== undefined && mirrors(entry, before)));
    if (follows) continue;
    const recomputed = `number ${index + 1}, ${before?.kind === 'award' ? 'mirror of the award before it' : 'award'}`;
    const stored = `number ${entry.number}, ${entry.kind}`;
    return { kind: 'broken_chain', at: entry._id, stored, recomputed };
  }
  return null;
}

function mirrors(reversal: Entry, award: Entry): boolean {
  return (
    reversal.reverses === award._id &&
    reversal.bookId === award.bookId &&
    [...balancesOf([...award.postings, ...reversal.postings]).values()].every(isNothing)
  );
}

/** The first account of a book whose stored balance isn't what its postings add up to. */
export function bookDifference(
  bookId: string,
  stored: Balances,
  postings: Iterable<Posting>,
): Difference | null {
  const recomputed: ReadonlyMap<string, Amount> = balancesOf(postings);
  const accounts = [...new Set([...Object.keys(stored), ...recomputed.keys()])].sort();
  for (const account of accounts) {
    const was = text(stored[account] ?? nothing);
    const is = text(recomputed.get(account) ?? nothing);
    if (was !== is) {
      return { kind: 'balance', at: `${bookId}/${account}`, stored: was, recomputed: is };
    }
  }
  return null;
}

function balancesTotal(postings: readonly Posting[]): Amount {
  return [...balancesOf(postings).values()].reduce(
    (sum, each) => ({
      hoursCenti: sum.hoursCenti + each.hoursCenti,
      creditsCenti: sum.creditsCenti + each.creditsCenti,
    }),
    nothing,
  );
}

function isNothing(amount: Amount): boolean {
  return amount.hoursCenti === 0 && amount.creditsCenti === 0;
}

/** Exact hundredths, so that a difference of one is seen. */
function text({ hoursCenti, creditsCenti }: Amount): string {
  return `hoursCenti ${hoursCenti}, creditsCenti ${creditsCenti}`;
}
