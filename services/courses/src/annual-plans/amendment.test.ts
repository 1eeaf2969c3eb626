import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { countyAdmin } from '../projects/project.example.ts';
import {
  type AnnualPlanContent,
  type AnnualPlanState,
  amendmentFaults,
  fileAnnualPlan,
  nextPlanActions,
  takePlanStep,
} from './plan.ts';

const county = { regionCode: '140105', schoolId: null, sector: null };
const now = new Date('2026-06-01T00:00:00Z');
const asked = { actor: countyAdmin as never, now };
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const content: AnnualPlanContent = {
  items: [
    {
      ...{ code: 'reading', title: '阅读教学', stage: 'junior', subject: 'chinese' },
      ...{ audience: '骨干教师', places: 40, hoursCenti: 90_00 },
    },
  ],
  budget: [{ title: '培训费', amountCents: 2_500_000_00 }],
  baseCents: 100_000_000_00,
  evidence: '财教〔2026〕1号',
};
const amend = (state: AnnualPlanState, reason: string | null = '新增项目') =>
  takePlanStep({ command: 'amendAnnualPlan', reason }, { ...county, state, amends: true }, asked);

describe('PLN-03: an accepted plan is amended, not rewritten', () => {
  test('PLN-03: amended from accepted alone, with a reason; drafting it anew is refused', () => {
    expect(amend('accepted')).toMatchObject({ outcome: { to: 'drafted', reason: '新增项目' } });
    expect(codesOf(amend('accepted', ' '))).toEqual(['ANNUAL_PLAN_REASON_MISSING']);
    for (const state of ['drafted', 'filed', 'returned'] as const) {
      expect(codesOf(amend(state))).toEqual(['ANNUAL_PLAN_STEP_NOT_NEXT']);
    }
    const draft = takePlanStep(
      { command: 'draftAnnualPlan' },
      { ...county, state: 'accepted', amends: true },
      asked,
    );
    expect(codesOf(draft)).toEqual(['ANNUAL_PLAN_STEP_NOT_NEXT']);
  });

  test('PLN-03: dropped until it is filed; a first draft has nothing to fall back on', () => {
    const discard = (state: AnnualPlanState, amends: boolean) =>
      codesOf(
        takePlanStep(
          { command: 'discardAnnualPlanAmendment' },
          { ...county, state, amends },
          asked,
        ),
      );
    expect(discard('drafted', true)).toEqual([]);
    expect(discard('returned', true)).toEqual([]);
    expect(discard('filed', true)).toEqual(['ANNUAL_PLAN_STEP_NOT_NEXT']);
    expect(discard('drafted', false)).toEqual(['ANNUAL_PLAN_NOT_AMENDED']);
  });

  test('PLN-03: what can be done next says so', () => {
    const next = (state: AnnualPlanState, amends: boolean) =>
      nextPlanActions({ ...county, state, amends }).map(({ command }) => command);
    expect(next('accepted', true)).toEqual(['amendAnnualPlan']);
    expect(next('returned', true)).toEqual(['draftAnnualPlan', 'discardAnnualPlanAmendment']);
    expect(next('returned', false)).toEqual(['draftAnnualPlan']);
  });

  test('PLN-03: an amendment that says the same is refused, whatever the order of its projects', () => {
    const two = { ...content, items: [...content.items, { ...content.items[0], code: 'art' }] };
    const codes = (given: unknown, accepted: unknown) =>
      amendmentFaults(given as never, accepted as never).map(({ code }) => code.name);
    expect(codes(content, content)).toEqual(['ANNUAL_PLAN_AMENDMENT_EMPTY']);
    expect(codes({ ...two, items: two.items.toReversed() }, two)).toEqual([
      'ANNUAL_PLAN_AMENDMENT_EMPTY',
    ]);
    expect(codes({ ...content, baseCents: 100_000_000_01 }, content)).toEqual([]);
    expect(codes(content, null)).toEqual([]);
  });
});

test('PLN-04: an amendment below the floor is flagged although the plan was not; and it has no deadline', () => {
  const figures = {
    fundingBureauPayrollShareMin: { numerator: 25, denominator: 1000 },
    fundingSchoolPublicFundsShareMin: { numerator: 5, denominator: 100 },
    fundingHigherPayrollShareMin: { numerator: 15, denominator: 1000 },
  };
  const file = (amountCents: number, change: object = {}) =>
    fileAnnualPlan(
      {
        plan: {
          ...{ ...county, state: 'drafted' as const, ...content, accepted: content },
          ...{ budget: [{ title: '调整', amountCents }], flaggedBelow: false, amends: true },
          ...change,
        },
        ...{ dueOn: '2026-03-31', today: '2026-06-01', figures },
      },
      asked,
    );
  expect(file(2_500_000_00)).toMatchObject({ flags: [], outcome: { late: false } });
  expect(file(2_499_999_99)).toMatchObject({ flags: [{ figures: { gap: '0.01' } }] });
  expect(file(2_499_999_99, { flaggedBelow: true })).toMatchObject({ flags: [] });
  expect(file(2_500_000_00, { accepted: null })).toMatchObject({ outcome: { late: true } });
});
