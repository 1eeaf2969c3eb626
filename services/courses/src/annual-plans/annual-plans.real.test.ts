import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { countyAdmin } from '../projects/project.example.ts';
import { RealCourses } from '../real-courses.example.ts';

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
