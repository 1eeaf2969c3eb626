/** Reversal 冲销 of an award by the bureau: the mirror entry, with a reason, once. [CRD-01] */
import { centiText, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { type Balances, nothing } from './account.ts';
import { type Chain, type Entry, mirrorOf, type ReversalCause } from './entry.ts';
import { codes } from './refusals.ts';

export type ReverseEntry = { readonly entryId: string; readonly reason: string };

export type ReversalFacts = {
  readonly entry: Entry;
  /** Every entry of the same cause, in order. */
  readonly chain: Chain;
  /** What the book of the entry's year holds at present. */
  readonly balances: Balances;
};

export type EntryReversed = { readonly reversal: Entry };

/** Signs that a reason is made of. */
export const reasonMin = 2;
export const reasonMax = 500;

export function reverseEntry(command: ReverseEntry, facts: ReversalFacts): Decision<EntryReversed> {
  const faults = reversalFaults(command, facts);
  return decide(faults, () => ({ reversal: reversalOf(command, facts.entry, 'reversed') }));
}

/** The mirror entry in the words of the command. */
export function reversalOf(
  command: ReverseEntry,
  award: Entry,
  reversalCause: ReversalCause,
): Entry {
  return mirrorOf(award, { reversalCause, reason: command.reason.trim() });
}

/** Everything that speaks against taking the entry back. */
export function reversalFaults(
  { reason }: ReverseEntry,
  { entry, chain, balances }: ReversalFacts,
): Fault[] {
  const faults: Fault[] = [];
  const length = [...reason.trim()].length;
  if (length < reasonMin || length > reasonMax) {
    const figures = { required: `${reasonMin}–${reasonMax} 字 characters`, actual: length };
    faults.push(fault(codes.LEDGER_REASON_REQUIRED, ['reason'], figures));
  }
  if (entry.kind !== 'award') {
    faults.push(fault(codes.LEDGER_NOT_AN_AWARD, ['entryId'], { actual: entry.kind }));
    return faults;
  }
  const reversal = chain.find((other) => other.reverses === entry._id);
  if (reversal !== undefined) {
    const figures = { required: entry._id, actual: reversal._id };
    faults.push(fault(codes.LEDGER_REVERSED_ALREADY, ['entryId'], figures));
    return faults;
  }
  return [...faults, ...shortages(entry, balances)];
}

/** No account of the teacher's may fall below zero: hours that were spent elsewhere can't be taken back here. */
function shortages(award: Entry, balances: Balances): Fault[] {
  return award.postings
    .filter((posting) => posting.hoursCenti > 0)
    .flatMap((posting) => {
      const held = balances[posting.account] ?? nothing;
      if (held.hoursCenti >= posting.hoursCenti && held.creditsCenti >= posting.creditsCenti) {
        return [];
      }
      const figures = {
        required: amountText(posting),
        actual: amountText(held),
        account: posting.account,
      };
      return [fault(codes.LEDGER_BALANCE_INSUFFICIENT, ['entryId'], figures)];
    });
}

function amountText(amount: {
  readonly hoursCenti: number;
  readonly creditsCenti: number;
}): string {
  return `${centiText(amount.hoursCenti)} h / ${centiText(amount.creditsCenti)} cr`;
}
