import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { countyAdmin, institutionAdmin } from '../projects/project.example.ts';
import type { ProjectState } from '../projects/project.ts';
import { exampleLine, exampleProject } from './budget.example.ts';
import { answerReallocation, movedLines, proposeReallocation } from './reallocate.ts';
import { setBudget } from './set-budget.ts';
import { csvOf } from './sheet.ts';
import { difference, plannedContribution } from './tally.ts';

const now = new Date('2026-07-15T04:00:00Z');
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const forbidden = ['sightseeing', 'unrelated_visits'] as const;
const inState = (state: ProjectState) => ({ ...exampleProject, state });

describe('PLN-05: a budget is drawn up by line and approved with the project', () => {
  const draw = (
    categories: readonly (typeof exampleLine.category)[],
    { state, exists, actor }: { state: ProjectState; exists: boolean; actor?: typeof countyAdmin },
  ) => {
    const lines = categories.map((category) => ({ category, plannedCents: 100 }));
    const facts = { project: inState(state), exists, forbidden };
    return setBudget({ projectId: 'prj_1', lines }, facts, { actor: actor ?? countyAdmin, now });
  };

  test('PLN-05: freely until approval, then only when there was none', () => {
    expect(draw(['venue'], { state: 'submitted', exists: true }).accepted).toBe(true);
    expect(codesOf(draw(['venue'], { state: 'approved', exists: true }))).toEqual(['BUDGET_FIXED']);
    expect(draw(['venue'], { state: 'approved', exists: false }).accepted).toBe(true);
    expect(codesOf(draw(['venue'], { state: 'rejected', exists: false }))).toEqual([
      'BUDGET_FIXED',
    ]);
  });

  test('PLN-05: no forbidden line, no line twice, by the owner only', () => {
    const decision = draw(['sightseeing', 'venue', 'venue'], {
      state: 'draft',
      exists: false,
      actor: institutionAdmin,
    });
    expect(codesOf(decision)).toEqual([
      'BUDGET_OF_OTHERS',
      'BUDGET_CATEGORY_FORBIDDEN',
      'BUDGET_CATEGORY_TWICE',
    ]);
  });
});

describe('PLN-05: money moves between lines with the owner’s consent', () => {
  const facts = { project: exampleProject, lines: [exampleLine], forbidden };
  const move = { from: 'materials', to: 'venue', amountCents: 60_000 } as const;
  const asked = { ...move, state: 'proposed' } as const;

  test('PLN-05: exactly what is left can be moved, one fen more cannot', () => {
    const by = { actor: institutionAdmin, now };
    expect(proposeReallocation(move, facts, by).accepted).toBe(true);
    const more = { ...move, amountCents: 60_001 };
    expect(codesOf(proposeReallocation(more, facts, by))).toEqual(['REALLOCATION_OVER_LINE']);
    const bad = { ...move, from: 'venue', to: 'sightseeing' } as const;
    expect(codesOf(proposeReallocation(bad, facts, by))).toEqual([
      'BUDGET_CATEGORY_FORBIDDEN',
      'BUDGET_LINE_MISSING',
    ]);
  });

  test('PLN-05: only the owner consents, once, and only while the money is still there', () => {
    const answer = (
      change: Partial<Parameters<typeof answerReallocation>[1]>,
      actor = countyAdmin,
      consent = true,
    ) => answerReallocation({ consent }, { ...facts, asked, ...change }, { actor, now });
    expect(answer({})).toMatchObject({ accepted: true, outcome: 'consented' });
    expect(answer({}, countyAdmin, false)).toMatchObject({ accepted: true, outcome: 'refused' });
    expect(codesOf(answer({}, institutionAdmin))).toEqual(['BUDGET_OF_OTHERS']);
    expect(codesOf(answer({ asked: { ...asked, state: 'refused' } }))).toEqual([
      'REALLOCATION_ANSWERED',
    ]);
    const spent = [{ ...exampleLine, spentCents: 40_001 }];
    expect(codesOf(answer({ lines: spent }))).toEqual(['REALLOCATION_OVER_LINE']);
    expect(answer({ lines: spent }, countyAdmin, false).accepted).toBe(true);
  });

  test('PLN-05: the sum of the lines stays; a new line is added', () => {
    expect(movedLines([exampleLine], move)).toEqual([
      { category: 'materials', plannedCents: 40_000, spentCents: 40_000 },
      { category: 'venue', plannedCents: 60_000, spentCents: 0 },
    ]);
  });
});

test('PLN-05: a region has planned what is approved, and of a cancelled project what was spent', () => {
  const lines = [exampleLine];
  expect(plannedContribution(lines, 'submitted')).toEqual({});
  expect(plannedContribution(lines, 'approved')).toEqual({ materials: 100_000 });
  expect(plannedContribution(lines, 'cancelled')).toEqual({ materials: 40_000 });
  expect(difference({ materials: 100_000, venue: 5 }, { materials: 40_000, venue: 5 })).toEqual({
    materials: -60_000,
  });
});

test('PLN-05: a cell that begins a formula is text in the sheet; an amount below 0 is a number', () => {
  expect(csvOf([['=SUM(A1)', '+1', '@x', '-1200.50', 'a,"b"', ' =1+1', null, 3]])).toBe(
    '\uFEFF\'=SUM(A1),\'+1,\'@x,-1200.50,"a,""b""",\' =1+1,,3\r\n',
  );
});
