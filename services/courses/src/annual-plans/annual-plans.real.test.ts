import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { runUnit } from '@shixun/runtime';
import { countyAdmin } from '../projects/project.example.ts';
import { RealCourses } from '../real-courses.example.ts';
import { annualPlanState } from './readers.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env['MONGODB_URI']);
});
afterAll(() => courses.close());

test('REG-02: a county’s yearly plan holds nothing for vocational or higher education, which have no county level', async () => {
  const item = (stage: string) => ({
    code: stage.toLowerCase(),
    title: '教师培训',
    stage,
    subject: 'chinese',
    audience: '全体教师',
    places: 50,
    hours: '24.00',
  });
  const plan = { regionCode: '140105', year: 2026, base: '1000000.00', evidence: '预算批复' };
  const budget = [{ title: '培训费', amount: '25000.00' }];
  const draft = (...stages: string[]) =>
    courses.give<object>(
      countyAdmin as never,
      'draftAnnualPlan',
      { ...plan, budget, items: stages.map(item) },
      'plan { state }',
    );
  expect((await draft('PRIMARY', 'VOCATIONAL', 'HIGHER')).refusals).toEqual([
    {
      code: 'ANNUAL_PLAN_SECTOR_WITHOUT_LEVEL',
      rule: 'REG-02',
      required: 'basic',
      actual: 'vocational',
    },
    {
      code: 'ANNUAL_PLAN_SECTOR_WITHOUT_LEVEL',
      rule: 'REG-02',
      required: 'basic',
      actual: 'higher',
    },
  ]);
  expect(await draft('PRIMARY', 'SENIOR')).toEqual({ plan: { state: 'DRAFTED' }, refusals: [] });
});

const city = { subject: 'city', grants: [{ role: 'CityAdmin', regionCode: '140100' }] };
const shown = `state receipt late accepted { receipt items { places } planned }
  amendment { reason changes { code kind placesBefore placesNow } plannedChange baseChange }
  nextActions { command role }`;
type Plan = {
  id: string;
  state: string;
  receipt: string;
  accepted: { receipt: string; items: { places: number }[]; planned: string } | null;
  amendment: { changes: object[]; plannedChange: string } | null;
  nextActions: { command: string }[];
};

test('PLN-03: an amendment is filed with its difference and a receipt, returned, filed again and accepted; until then what was accepted holds', async () => {
  const year = 2027;
  const content = (places: number, amount: string) => ({
    ...{ base: '1000000.00', evidence: '预算批复' },
    budget: [{ title: '培训费', amount }],
    items: [
      {
        ...{ code: 'reading', title: '阅读教学', stage: 'JUNIOR', subject: 'chinese' },
        ...{ audience: '骨干教师', places, hours: '24.00' },
      },
    ],
  });
  const county = countyAdmin as never;
  const give = (caller: unknown, name: string, input: object) =>
    courses.give<{ plan: Plan | null }>(
      caller as never,
      name,
      input as Record<string, unknown>,
      `plan { id ${shown} }`,
    );
  /** Commands whose input is named otherwise than they are. */
  const step = async (caller: unknown, name: string, type: string, input: object) => {
    const source = `mutation($input: ${type}!) { ${name}(input: $input) { plan { ${shown} } refusals { code } } }`;
    const idempotencyKey = `${name}-${Math.random()}`;
    const data = await courses.ask<
      Record<string, { plan: Plan | null; refusals: { code: string }[] }>
    >(caller as never, source, { input: { idempotencyKey, ...input } });
    const answer = data[name];
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const drafted = await give(county, 'draftAnnualPlan', {
    ...{ regionCode: '140105', year },
    ...content(40, '25000.00'),
  });
  const planId = drafted.plan?.id ?? '';
  const file = () => step(county, 'fileAnnualPlan', 'AnnualPlanStepInput', { planId });
  const verdict = (name: string, reason?: string) =>
    step(city, name, 'AnnualPlanVerdictInput', { planId, ...(reason ? { reason } : {}) });
  const inForce = () =>
    runUnit(
      courses.db,
      (unit) => annualPlanState(unit, { regionCode: '140105', schoolId: null }, year),
      { service: 'courses' },
    );
  const rollup = async () =>
    courses.ask<{ fundingIndicators: { plansCount: number; planned: string }[] }>(
      county,
      '{ fundingIndicators(regionCode: "140105", year: 2027) { plansCount planned } }',
    );
  await file();
  expect(await inForce()).toBe('filed');
  const { plan: first } = await verdict('acceptAnnualPlan');
  expect(first).toMatchObject({
    ...{ state: 'ACCEPTED', amendment: null },
    accepted: { receipt: 'BA-2027-140105-1', items: [{ places: 40 }], planned: '25000.00' },
    nextActions: [{ command: 'amendAnnualPlan', role: 'CountyAdmin' }],
  });
  const again = await give(county, 'draftAnnualPlan', {
    ...{ regionCode: '140105', year },
    ...content(60, '30000.00'),
  });
  expect(again.refusals.map(({ code }) => code)).toEqual(['ANNUAL_PLAN_STEP_NOT_NEXT']);

  const reason = '新增乡村教师名额';
  await give(county, 'amendAnnualPlan', { planId, reason, ...content(60, '24000.00') });
  expect(await inForce()).toBe('accepted');
  const filed = await file();
  expect(filed.plan).toMatchObject({
    ...{ state: 'FILED', receipt: 'BA-2027-140105-2' },
    accepted: { receipt: 'BA-2027-140105-1', items: [{ places: 40 }] },
    amendment: {
      ...{ reason, plannedChange: '-1000.00', baseChange: '0.00' },
      changes: [{ code: 'reading', kind: 'CHANGED', placesBefore: 40, placesNow: 60 }],
    },
  });
  const findings = (await courses.told(told.findingRaised)).filter(
    ({ rule, subject }) => rule === 'PLN-04' && subject === planId,
  );
  expect(findings).toHaveLength(1);
  const bare = await verdict('returnAnnualPlan');
  expect(bare.refusals.map(({ code }) => code)).toEqual(['ANNUAL_PLAN_REASON_MISSING']);
  await verdict('returnAnnualPlan', '经费不足');
  expect(await inForce()).toBe('accepted');
  expect(await rollup()).toEqual({ fundingIndicators: [{ plansCount: 1, planned: '25000.00' }] });

  await give(county, 'draftAnnualPlan', {
    ...{ regionCode: '140105', year },
    ...content(60, '30000.00'),
  });
  await file();
  const { plan: accepted } = await verdict('acceptAnnualPlan');
  expect(accepted).toMatchObject({
    ...{ state: 'ACCEPTED', amendment: null },
    accepted: { receipt: 'BA-2027-140105-3', items: [{ places: 60 }], planned: '30000.00' },
  });
  expect(await rollup()).toEqual({ fundingIndicators: [{ plansCount: 1, planned: '30000.00' }] });
  const notified = (await courses.told(told.noticeRequested)).filter(
    ({ code }) => code === 'ANNUAL_PLAN_AMENDMENT_FILED',
  );
  expect(notified.map(({ figures }) => figures)).toMatchObject([
    { count: 1, receipt: 'BA-2027-140105-2', reason },
    { count: 1, receipt: 'BA-2027-140105-3', reason },
  ]);

  // One that says nothing new is refused when it is filed, and can be dropped.
  await give(county, 'amendAnnualPlan', { planId, reason, ...content(60, '30000.00') });
  expect((await file()).refusals.map(({ code }) => code)).toEqual(['ANNUAL_PLAN_AMENDMENT_EMPTY']);
  const dropped = await step(county, 'discardAnnualPlanAmendment', 'AnnualPlanStepInput', {
    planId,
  });
  expect(dropped.plan).toMatchObject({ state: 'ACCEPTED', receipt: 'BA-2027-140105-3' });
});
