import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { balancesOf } from './account.ts';
import { awardCompletion } from './award.ts';
import { exampleCompletion, tenth } from './completion.example.ts';
import { type CorrectEntry, correctEntry } from './correct.ts';
import type { Entry } from './entry.ts';
import { type ReversalFacts, reverseEntry } from './reverse.ts';
import { withdrawCompletion } from './withdraw.ts';

const award = awardCompletion(exampleCompletion(), [], tenth) as Entry;
const reason = '考勤录入有误 attendance was entered wrongly';
const facts: ReversalFacts = {
  entry: award,
  chain: [award],
  balances: Object.fromEntries(balancesOf(award.postings)),
};
const command = { entryId: award._id, reason };
const correction: CorrectEntry = {
  ...command,
  hoursByCategory: [{ category: 'subject', hoursCenti: 2400 }],
};

function codesOf(decision: Decision<unknown>): string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}

describe('reverse', () => {
  test('CRD-01: the reversal mirrors every posting, links to the award and keeps the reason', () => {
    const decision = reverseEntry(command, facts);
    expect(decision).toMatchObject({
      accepted: true,
      outcome: {
        reversal: {
          _id: 'ent_cmp_1_2',
          kind: 'reversal',
          bookId: 'tch_1/2026',
          hoursCenti: -3600,
          creditsCenti: -360,
          reverses: 'ent_cmp_1_1',
          reversalCause: 'reversed',
          reason,
        },
      },
    });
  });

  test.each([
    ['', false],
    ['  错  ', false],
    ['错误', true],
    ['字'.repeat(500), true],
    ['字'.repeat(501), false],
  ])('CRD-01: a reason of 2 to 500 signs is required (%#)', (text, accepted) => {
    const decision = reverseEntry({ ...command, reason: text }, facts);
    expect(decision.accepted).toBe(accepted);
    expect(codesOf(decision)).toEqual(accepted ? [] : ['LEDGER_REASON_REQUIRED']);
  });

  test('CRD-01: an entry is reversed once, and the refusal names the reversal', () => {
    const reversal = withdrawCompletion({ ...exampleCompletion(), reason }, [award]) as Entry;
    const decision = reverseEntry(
      { ...command, reason: '' },
      { ...facts, chain: [award, reversal] },
    );
    expect(codesOf(decision)).toEqual(['LEDGER_REASON_REQUIRED', 'LEDGER_REVERSED_ALREADY']);
    expect(decision).toMatchObject({ faults: [{}, { figures: { actual: 'ent_cmp_1_2' } }] });
  });

  test('CRD-01: a reversal and a void are no awards', () => {
    const voided = withdrawCompletion({ ...exampleCompletion(), reason }, []) as Entry;
    expect(codesOf(reverseEntry(command, { ...facts, entry: voided, chain: [voided] }))).toEqual([
      'LEDGER_NOT_AN_AWARD',
    ]);
    expect(codesOf(correctEntry(correction, { ...facts, entry: voided, chain: [voided] }))).toEqual(
      ['LEDGER_NOT_AN_AWARD'],
    );
  });

  test('CRD-01: an account is emptied to zero but never below', () => {
    const account = 'held:ethics:self_selected:county';
    const spent = { ...facts.balances, [account]: { hoursCenti: 1199, creditsCenti: 120 } };
    expect(reverseEntry(command, facts).accepted).toBe(true);
    expect(codesOf(reverseEntry(command, { ...facts, balances: spent }))).toEqual([
      'LEDGER_BALANCE_INSUFFICIENT',
    ]);
  });
});

describe('correct', () => {
  test('CRD-01: the correction is the mirror and a new award under the same year, rate and policy', () => {
    expect(correctEntry(correction, facts)).toMatchObject({
      accepted: true,
      outcome: {
        reversal: { _id: 'ent_cmp_1_2', hoursCenti: -3600, reversalCause: 'corrected', reason },
        award: {
          _id: 'ent_cmp_1_3',
          kind: 'award',
          year: 2026,
          hoursCenti: 2400,
          creditsCenti: 240,
          policyVersion: 'national@1',
          reverses: null,
          reason,
        },
      },
    });
  });

  test('CRD-03: a correction reaches the planned hours but not a hundredth more', () => {
    const hours = (hoursCenti: number) => ({
      ...correction,
      hoursByCategory: [{ category: 'it' as const, hoursCenti }],
    });
    expect(correctEntry(hours(4000), facts).accepted).toBe(true);
    expect(codesOf(correctEntry(hours(4001), facts))).toEqual(['LEDGER_HOURS_ABOVE_PLANNED']);
  });

  test.each([
    ['no category', []],
    ['zero hours', [{ category: 'it', hoursCenti: 0 }]],
    [
      'a category twice',
      [
        { category: 'it', hoursCenti: 100 },
        { category: 'it', hoursCenti: 200 },
      ],
    ],
  ] as const)('CRD-01: %s is no correction', (_name, hoursByCategory) => {
    expect(codesOf(correctEntry({ ...correction, hoursByCategory }, facts))).toEqual([
      'LEDGER_HOURS_NOT_POSITIVE',
    ]);
  });

  test('CRD-01: a correction that says what the entry says is refused, in whatever order it lists the hours', () => {
    const hoursByCategory = [...exampleCompletion().hoursByCategory].reverse();
    expect(codesOf(correctEntry({ ...correction, hoursByCategory }, facts))).toEqual([
      'LEDGER_NOTHING_CHANGED',
    ]);
  });

  test('CRD-01: every fault is named at once', () => {
    const empty = { ...facts, balances: {} };
    const decision = correctEntry({ ...correction, reason: '', hoursByCategory: [] }, empty);
    expect(codesOf(decision)).toEqual([
      'LEDGER_REASON_REQUIRED',
      'LEDGER_BALANCE_INSUFFICIENT',
      'LEDGER_BALANCE_INSUFFICIENT',
      'LEDGER_HOURS_NOT_POSITIVE',
    ]);
  });
});
