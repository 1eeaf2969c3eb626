import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import { countyAdmin, institutionAdmin, provinceAdmin } from '../projects/project.example.ts';
import { exampleExpenditure, exampleFacts, exampleLine, exampleProject } from './budget.example.ts';
import {
  type ExpenditureFacts,
  type RecordExpenditure,
  recordExpenditure,
} from './record-expenditure.ts';
import { reverseExpenditure } from './reverse-expenditure.ts';

const now = new Date('2026-07-15T04:00:00Z');
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const spend = (
  change: Partial<RecordExpenditure> = {},
  facts: Partial<ExpenditureFacts> = {},
  actor = institutionAdmin,
) =>
  recordExpenditure(
    { ...exampleExpenditure, ...change },
    { ...exampleFacts, ...facts },
    { actor, now },
  );

describe('PLN-05: an expenditure and its line', () => {
  test('PLN-05: exactly what is left passes, one fen over is refused with both figures', () => {
    expect(spend({ amountCents: 60_000 }).accepted).toBe(true);
    expect(spend({ amountCents: 60_001 })).toMatchObject({
      accepted: false,
      faults: [
        {
          code: { name: 'EXPENDITURE_OVER_LINE', rule: 'PLN-05' },
          figures: { required: 'CNY 600.00', actual: 'CNY 600.01' },
        },
      ],
    });
  });

  test('PLN-05: a line that the budget does not have is refused', () => {
    expect(codesOf(spend({}, { line: null }))).toEqual(['BUDGET_LINE_MISSING']);
  });

  test('PLN-05: sightseeing and visits unrelated to training are refused whatever the budget says', () => {
    const { budgetForbiddenCategories: forbidden } = national.figures;
    for (const category of ['sightseeing', 'unrelated_visits'] as const) {
      const line = { ...exampleLine, category };
      expect(codesOf(spend({ category }, { line, forbidden }))).toEqual([
        'BUDGET_CATEGORY_FORBIDDEN',
      ]);
    }
    expect(spend({ category: 'transport' }, { forbidden }).accepted).toBe(true);
    expect(codesOf(spend({ category: 'transport' }, { forbidden: ['transport'] }))).toEqual([
      'BUDGET_CATEGORY_FORBIDDEN',
    ]);
  });

  test('PLN-05: until the instant of closing, not at it and not after it', () => {
    const closed = (offsetMs: number) => ({
      project: { ...exampleProject, closedAt: new Date(now.getTime() + offsetMs) },
    });
    expect(spend({}, closed(1)).accepted).toBe(true);
    expect(codesOf(spend({}, closed(0)))).toEqual(['BUDGET_CLOSED']);
    expect(codesOf(spend({}, closed(-1)))).toEqual(['BUDGET_CLOSED']);
  });

  test('PLN-05: nothing is spent before the project and its budget are approved', () => {
    const inState = (state: 'submitted' | 'approved') => ({
      project: { ...exampleProject, state },
    });
    expect(codesOf(spend({}, inState('submitted')))).toEqual(['BUDGET_NOT_APPROVED']);
    expect(spend({}, inState('approved')).accepted).toBe(true);
  });

  test('PLN-05: today is no future day, tomorrow is', () => {
    expect(spend({ spentOn: '2026-07-15' }).accepted).toBe(true);
    expect(codesOf(spend({ spentOn: '2026-07-16' }))).toEqual(['EXPENDITURE_IN_FUTURE']);
  });

  test('PLN-05: by the institution and the very owner, not by one above', () => {
    expect(spend({}, {}, countyAdmin).accepted).toBe(true);
    expect(codesOf(spend({}, {}, provinceAdmin))).toEqual(['BUDGET_OF_OTHERS']);
  });

  test('PLN-05: every fault is named at once', () => {
    const closedAt = now;
    const project = { ...exampleProject, closedAt };
    const many = spend({ amountCents: 60_001, spentOn: '2026-07-16' }, { project });
    expect(codesOf(many)).toEqual([
      'BUDGET_CLOSED',
      'EXPENDITURE_OVER_LINE',
      'EXPENDITURE_IN_FUTURE',
    ]);
  });
});

describe('PLN-05: board and lodging', () => {
  const line = { category: 'board_and_lodging', plannedCents: 10_000_000, spentCents: 0 } as const;
  const lodge = (amountCents: number, change: Partial<RecordExpenditure> = {}) =>
    spend(
      { category: 'board_and_lodging', amountCents, persons: 40, days: 3, ...change },
      { line },
    );

  test('PLN-05: exactly the daily ceiling per person is no finding, one fen above it is', () => {
    expect(lodge(40_000 * 40 * 3)).toMatchObject({ accepted: true, flags: [] });
    expect(lodge(40_000 * 40 * 3 + 1)).toMatchObject({
      accepted: true,
      outcome: { aboveCeiling: true },
      flags: [
        {
          code: { name: 'BOARD_AND_LODGING_OVER_CEILING', rule: 'PLN-05' },
          figures: { required: 'CNY 48000.00', actual: 'CNY 48000.01' },
        },
      ],
    });
  });

  test('PLN-05: it names its persons and days', () => {
    expect(codesOf(lodge(1, { days: null }))).toEqual(['EXPENDITURE_PERSONS_MISSING']);
  });
});

describe('PLN-05: corrections are reversing entries', () => {
  const facts = { project: exampleProject, kind: 'expenditure', reversedBy: null } as const;
  const reverse = (change: Partial<Parameters<typeof reverseExpenditure>[1]>) =>
    reverseExpenditure(
      { expenditureId: 'exp_1', reason: '重复录入' },
      { ...facts, ...change },
      countyAdmin,
    );

  test('PLN-05: once, and no reversal of a reversal', () => {
    expect(reverse({}).accepted).toBe(true);
    expect(codesOf(reverse({ reversedBy: 'exp_2' }))).toEqual(['EXPENDITURE_REVERSED_ALREADY']);
    expect(codesOf(reverse({ kind: 'reversal' }))).toEqual(['EXPENDITURE_IS_REVERSAL']);
  });

  test('PLN-05: after closing still, in the archive no more', () => {
    const closed = { ...exampleProject, state: 'closing', closedAt: now } as const;
    expect(reverse({ project: closed }).accepted).toBe(true);
    expect(codesOf(reverse({ project: { ...closed, state: 'archived' } }))).toEqual([
      'BUDGET_ARCHIVED',
    ]);
  });
});
