/** Any sequence of confirmations, withdrawals, corrections and reversals, heard twice and out of order. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Balances, balanced, balancesOf, heldIn, type Posting } from './account.ts';
import { awardCompletion } from './award.ts';
import { exampleCompletion, tenth } from './completion.example.ts';
import { correctEntry } from './correct.ts';
import type { Entry } from './entry.ts';
import { reverseEntry } from './reverse.ts';
import { bookDifference, chainDifference, entryDifference } from './verify.ts';
import { withdrawCompletion } from './withdraw.ts';

type Step = {
  readonly act: 'confirm' | 'withdraw' | 'reverse' | 'correct';
  readonly completion: number;
  readonly hours: number;
};

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    act: fc.constantFrom('confirm', 'withdraw', 'reverse', 'correct'),
    completion: fc.nat(3),
    hours: fc.integer({ min: 1, max: 4500 }),
  }),
  { maxLength: 60 },
);

/** The ledger as its writers see it: entries appended, nothing else. */
class Ledger {
  readonly entries: Entry[] = [];

  chain(completionId: string): Entry[] {
    return this.entries.filter((entry) => entry.causeId === completionId);
  }

  balances(): Balances {
    return Object.fromEntries(balancesOf(this.entries.flatMap((entry) => entry.postings)));
  }

  take(step: Step): void {
    const completion = exampleCompletion({
      completionId: `cmp_${step.completion}`,
      teacherId: `tch_${step.completion % 2}`,
    });
    const chain = this.chain(completion.completionId);
    const heard = { ...completion, reason: '学员更正 corrected' };
    if (step.act === 'confirm') this.append(awardCompletion(completion, chain, tenth));
    else if (step.act === 'withdraw') this.append(withdrawCompletion(heard, chain));
    else this.command(step, chain);
  }

  command(step: Step, chain: readonly Entry[]): void {
    const entry = chain.at(-1);
    if (entry === undefined) return;
    const facts = { entry, chain, balances: this.balances() };
    const command = { entryId: entry._id, reason: '学员更正 corrected' };
    const hoursByCategory = [{ category: 'it' as const, hoursCenti: step.hours }];
    const decision =
      step.act === 'reverse'
        ? reverseEntry(command, facts)
        : correctEntry({ ...command, hoursByCategory }, facts);
    if (!decision.accepted) return;
    for (const written of Object.values(decision.outcome) as Entry[]) this.append(written);
  }

  append(entry: Entry | null): void {
    if (entry !== null) this.entries.push(entry);
  }
}

function ran(sequence: readonly Step[]): Ledger {
  const ledger = new Ledger();
  for (const step of sequence) ledger.take(step);
  return ledger;
}

describe('any history', () => {
  test('CRD-01: sums to zero, entry by entry and over all accounts, and nobody falls below zero', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { entries } = ran(sequence);
        let postings: Posting[] = [];
        for (const entry of entries) {
          expect(entryDifference(entry)).toBeNull();
          postings = [...postings, ...entry.postings];
          const held = heldIn(Object.fromEntries(balancesOf(postings)));
          expect(Math.min(held.hoursCenti, held.creditsCenti)).toBeGreaterThanOrEqual(0);
        }
        expect(balanced(postings)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('CRD-03: at most one award of a completion counts, and each award is reversed at most once', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const ledger = ran(sequence);
        expect(new Set(ledger.entries.map((entry) => entry._id)).size).toBe(ledger.entries.length);
        for (const id of ['cmp_0', 'cmp_1', 'cmp_2', 'cmp_3']) {
          const chain = ledger.chain(id);
          expect(chainDifference(chain)).toBeNull();
          const awards = chain.filter((entry) => entry.kind === 'award');
          const reversed = chain.flatMap((entry) => entry.reverses ?? []);
          expect(new Set(reversed).size).toBe(reversed.length);
          expect(awards.length - reversed.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('CRD-03: the order in which confirmations and withdrawals are heard changes no balance', () => {
    const told = fc.array(
      fc.record({
        act: fc.constantFrom('confirm', 'withdraw'),
        completion: fc.nat(3),
        hours: fc.constant(1),
      }),
      { maxLength: 30 },
    ) as fc.Arbitrary<Step[]>;
    const shuffled = told.chain((sequence) =>
      fc.tuple(
        fc.constant(sequence),
        fc.shuffledSubarray([...sequence, ...sequence], { minLength: sequence.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([sequence, again]) => {
        // A completion counts when it was confirmed and never withdrawn: that is all that order may not change.
        const withdrawn = new Set(
          sequence.filter((s) => s.act === 'withdraw').map((s) => s.completion),
        );
        const counted = new Set(
          sequence
            .filter((s) => s.act === 'confirm' && !withdrawn.has(s.completion))
            .map((s) => s.completion),
        );
        expect(heldIn(ran(sequence).balances()).hoursCenti).toBe(counted.size * 3600);
        expect(heldIn(ran(again).balances()).hoursCenti).toBe(counted.size * 3600);
      }),
      { numRuns: 500 },
    );
  });
});

describe('verification', () => {
  test('CRD-01: names the first account whose stored balance is a hundredth off, and no account when all agree', () => {
    const { entries } = ran([{ act: 'confirm', completion: 0, hours: 1 }]);
    const postings = entries.flatMap((entry) => entry.postings);
    const stored = Object.fromEntries(balancesOf(postings));
    expect(bookDifference('tch_0/2026', stored, postings)).toBeNull();
    const account = 'held:ethics:self_selected:county';
    const off = { ...stored, [account]: { hoursCenti: 1201, creditsCenti: 120 } };
    expect(bookDifference('tch_0/2026', off, postings)).toEqual({
      kind: 'balance',
      at: `tch_0/2026/${account}`,
      stored: 'hoursCenti 1201, creditsCenti 120',
      recomputed: 'hoursCenti 1200, creditsCenti 120',
    });
    expect(bookDifference('tch_0/2026', stored, [])?.at).toBe(`tch_0/2026/${account}`);
  });

  test('CRD-01: names an edited entry, an entry that went missing, and a reversal that is no mirror', () => {
    const { entries } = ran([
      { act: 'confirm', completion: 0, hours: 1 },
      { act: 'correct', completion: 0, hours: 3000 },
      { act: 'withdraw', completion: 0, hours: 1 },
    ]);
    const [award, reversal, corrected, withdrawal] = entries as [Entry, Entry, Entry, Entry];
    expect(entries).toHaveLength(4);
    expect(chainDifference(entries)).toBeNull();
    expect(entryDifference({ ...award, hoursCenti: 3601 })?.at).toBe(award._id);
    expect(entryDifference({ ...award, postings: award.postings.slice(1) })?.kind).toBe(
      'unbalanced_entry',
    );
    expect(chainDifference([award, corrected, withdrawal])?.at).toBe(corrected._id);
    expect(chainDifference([award, { ...reversal, reverses: withdrawal._id }])?.at).toBe(
      reversal._id,
    );
    expect(chainDifference([award, { ...reversal, postings: corrected.postings }])?.at).toBe(
      reversal._id,
    );
  });
});
