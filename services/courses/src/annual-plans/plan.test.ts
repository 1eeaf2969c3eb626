import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { countyAdmin, provinceAdmin } from '../projects/project.example.ts';
import { superiorOf } from './body.ts';
import { planDifference } from './difference.ts';
import { fundingFloorOf, fundingOf } from './funding.ts';
import {
  type AnnualPlanState,
  contentFaults,
  fileAnnualPlan,
  nextPlanActions,
  type PlannedItem,
  takePlanStep,
  unplannedFlags,
} from './plan.ts';

const county = { regionCode: '140105', schoolId: null, sector: null };
const school = { regionCode: '140105001', schoolId: 'sch_1', sector: 'basic' } as const;
const cityAdmin = { subject: 'city', grants: [{ role: 'CityAdmin', regionCode: '140100' }] };
const now = new Date('2026-03-01T00:00:00Z');
const faultsOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const figures = {
  fundingBureauPayrollShareMin: { numerator: 25, denominator: 1000 },
  fundingSchoolPublicFundsShareMin: { numerator: 5, denominator: 100 },
  fundingHigherPayrollShareMin: { numerator: 15, denominator: 1000 },
};

describe('PLN-03: a plan is filed with the superior of the chain', () => {
  test('REG-02, PLN-03: county with city, city with province; schools by their sector', () => {
    const of = (regionCode: string) => superiorOf({ ...county, regionCode });
    expect([of('140105'), of('140100'), of('140000')]).toEqual(['140100', '140000', null]);
    expect(superiorOf(school)).toBe('140105');
    expect(superiorOf({ ...school, sector: 'vocational' })).toBe('140100');
    expect(superiorOf({ ...school, sector: 'higher' })).toBe('140000');
  });

  const step = (
    command: 'draftAnnualPlan' | 'returnAnnualPlan' | 'acceptAnnualPlan',
    state: AnnualPlanState | null,
    { actor = cityAdmin, reason = null as string | null } = {},
  ) => takePlanStep({ command, reason }, { ...county, state }, { actor, now });

  test('PLN-03: the superior accepts or returns what is filed, and nobody else', () => {
    expect(step('acceptAnnualPlan', 'filed')).toMatchObject({ outcome: { to: 'accepted' } });
    expect(step('returnAnnualPlan', 'filed', { reason: '经费不足' })).toMatchObject({
      outcome: { to: 'returned' },
    });
    expect(faultsOf(step('returnAnnualPlan', 'filed'))).toEqual(['ANNUAL_PLAN_REASON_MISSING']);
    for (const actor of [countyAdmin, provinceAdmin]) {
      expect(faultsOf(step('acceptAnnualPlan', 'filed', { actor: actor as never }))).toEqual([
        'ANNUAL_PLAN_STEP_OF_OTHERS',
      ]);
    }
    for (const state of ['drafted', 'returned', 'accepted'] as const) {
      expect(faultsOf(step('acceptAnnualPlan', state))).toEqual(['ANNUAL_PLAN_STEP_NOT_NEXT']);
    }
  });
  test('PLN-03: a plan is rewritten until it is filed, and when it was returned', () => {
    const actor = countyAdmin as never;
    for (const state of [null, 'drafted', 'returned'] as const) {
      expect(step('draftAnnualPlan', state, { actor }).accepted).toBe(true);
    }
    for (const state of ['filed', 'accepted'] as const) {
      expect(faultsOf(step('draftAnnualPlan', state, { actor }))).toEqual([
        'ANNUAL_PLAN_STEP_NOT_NEXT',
      ]);
    }
  });
  test('PLN-03: nextActions reads the same table', () => {
    expect(nextPlanActions({ ...school, state: 'filed' })).toEqual([
      { command: 'returnAnnualPlan', role: 'CountyAdmin' },
      { command: 'acceptAnnualPlan', role: 'CountyAdmin' },
    ]);
    expect(nextPlanActions({ ...school, state: 'accepted' })).toEqual([
      { command: 'amendAnnualPlan', role: 'SchoolAdmin' },
    ]);
  });
});

const item: PlannedItem = {
  code: 'reading',
  title: '阅读教学',
  stage: 'junior',
  subject: 'chinese',
  audience: '骨干教师',
  places: 40,
  hoursCenti: 90_00,
};
const content = {
  items: [item],
  budget: [{ title: '培训费', amountCents: 2_500_000_00 }],
  baseCents: 100_000_000_00,
  evidence: '财教〔2026〕1号',
};
const file = (change: object = {}, today = '2026-03-31') =>
  fileAnnualPlan(
    {
      plan: { ...county, state: 'drafted', flaggedBelow: false, ...content, ...change },
      dueOn: '2026-03-31',
      today,
      figures,
    },
    { actor: countyAdmin, now },
  );
const planned = (amountCents: number) => ({ budget: [{ title: '培训费', amountCents }] });

describe('PLN-04: funds below the floor are flagged, exactly the floor is enough', () => {
  test('PLN-04: a bureau at 2.5 % of the payroll, a fen below, a fen above', () => {
    expect(file()).toMatchObject({
      flags: [],
      outcome: { funding: { below: false, gapCents: 0 } },
    });
    expect(file(planned(2_500_000_01))).toMatchObject({ flags: [] });
    const below = file(planned(2_499_999_99));
    expect(below).toMatchObject({
      accepted: true,
      outcome: { funding: { below: true, gapCents: 1, requiredCents: 2_500_000_00 } },
      flags: [{ figures: { required: '2500000.00', actual: '2499999.99', gap: '0.01' } }],
    });
  });
  test('PLN-04: a school at 5 % of public funds, higher education at 1.5 % of the payroll', () => {
    const basic = fundingFloorOf(school, figures);
    expect(basic.base).toBe('public_funds');
    expect([4_99, 5_00, 5_01].map((cents) => fundingOf(100_00, cents, basic).below)).toEqual([
      true,
      false,
      false,
    ]);
    const higher = fundingFloorOf({ ...school, sector: 'higher' }, figures);
    expect(higher.base).toBe('payroll');
    expect([1_49, 1_50, 1_51].map((cents) => fundingOf(100_00, cents, higher).below)).toEqual([
      true,
      false,
      false,
    ]);
  });
  test('PLN-04: a floor that is no whole fen is reached by the next one', () => {
    const floor = fundingFloorOf(county, figures);
    expect(fundingOf(1_01, 2, floor)).toMatchObject({ requiredCents: 3, gapCents: 1, below: true });
    expect(fundingOf(1_01, 3, floor).below).toBe(false);
  });
  test('PLN-04: a plan is flagged once, however often it is filed', () => {
    expect(file({ ...planned(1), flaggedBelow: true })).toMatchObject({ flags: [] });
  });
  test('PLN-03: the last day is in time, the next is late', () => {
    expect(file()).toMatchObject({ outcome: { late: false } });
    expect(file({}, '2026-04-01')).toMatchObject({ outcome: { late: true } });
  });
  test('PLN-03: what a province files stands', () => {
    const province = { regionCode: '140000' };
    const decision = fileAnnualPlan(
      {
        plan: { ...county, ...province, state: 'drafted', flaggedBelow: false, ...content },
        dueOn: '2026-03-31',
        today: '2026-03-01',
        figures,
      },
      { actor: provinceAdmin, now },
    );
    expect(decision).toMatchObject({ outcome: { step: { to: 'accepted' } } });
  });
});

test('PLN-03: a plan names projects, each once, and declares its base', () => {
  const faults = (change: object) =>
    contentFaults({ ...content, ...change }, county).map(({ code }) => code.name);
  expect(faults({})).toEqual([]);
  expect(faults({ items: [], baseCents: 0 })).toEqual([
    'ANNUAL_PLAN_EMPTY',
    'ANNUAL_PLAN_BASE_MISSING',
  ]);
  expect(faults({ items: [item, item] })).toEqual(['ANNUAL_PLAN_ITEM_REPEATED']);
});

test.each([
  ['140000', ['primary', 'vocational', 'higher'], []],
  ['140100', ['primary', 'vocational'], []],
  ['140100', ['primary', 'vocational', 'higher'], ['2']],
  ['140105', ['kindergarten', 'primary', 'junior', 'senior'], []],
  ['140105', ['vocational', 'primary', 'higher'], ['0', '2']],
] as const)(
  'REG-02: the bureau of %s plans for %j; refused are %j',
  (regionCode, stages, refused) => {
    const items = stages.map((stage) => ({ ...item, code: stage, stage }));
    const faults = contentFaults({ ...content, items }, { ...county, regionCode });
    expect(faults.map(({ code }) => code.rule)).toEqual(refused.map(() => 'REG-02'));
    expect(faults.map(({ path }) => path)).toEqual(
      refused.map((index) => ['items', index, 'stage']),
    );
  },
);

test('REG-02: a school plans for its own sector, whatever it is', () => {
  const faultsAt = (sector: 'basic' | 'vocational' | 'higher', stage: string) =>
    contentFaults({ ...content, items: [{ ...item, stage }] }, { ...school, sector }).length;
  expect(faultsAt('vocational', 'vocational')).toBe(0);
  expect(faultsAt('higher', 'higher')).toBe(0);
  expect(faultsAt('basic', 'vocational')).toBe(1);
  expect(faultsAt('vocational', 'senior')).toBe(1);
});

test('PLN-03: the difference from last year, with figures', () => {
  const other = { ...item, code: 'ethics' };
  const bigger = { ...item, places: 60 };
  expect(planDifference([item, other], [bigger, { ...item, code: 'art' }])).toMatchObject([
    { code: 'reading', kind: 'changed', placesBefore: 40, placesNow: 60 },
    { code: 'art', kind: 'added', placesBefore: null, placesNow: 40 },
    { code: 'ethics', kind: 'removed', placesBefore: 40, placesNow: null },
  ]);
  expect(planDifference([item], [item])).toEqual([]);
});

test('PLN-03: a project is flagged unless its owner’s plan is accepted', () => {
  const of = (state: AnnualPlanState | null) =>
    unplannedFlags(state, { regionCode: '140105', year: 2026 }).map(
      ({ figures: f }) => f['actual'],
    );
  expect(of('accepted')).toEqual([]);
  expect([null, 'drafted', 'filed', 'returned'].map((state) => of(state as never))).toEqual([
    ['none'],
    ['drafted'],
    ['filed'],
    ['returned'],
  ]);
});
