import { describe, expect, test } from '@jest/globals';
import { explain } from '@shixun/kernel';
import fc from 'fast-check';
import { assessmentFaults, generalModuleFaults, practiceFaults } from './modules.ts';
import { exampleFacts, exampleModules, examplePlan, moduleOf } from './plan.example.ts';
import { hoursOf, type PlanContent, type PlanModule } from './plan.ts';
import { reviewPlan } from './review.ts';

const withHours = (hoursCenti: number) => ({
  ...exampleFacts,
  project: { ...exampleFacts.project, hoursCenti },
});
const withModules = (...modules: readonly PlanModule[]): PlanContent => ({
  ...examplePlan,
  modules,
});
const practice = (practical: number, total: number) =>
  practiceFaults(
    withModules(
      moduleOf('a', 'ethics', total - practical),
      moduleOf('b', 'subject', practical, true),
    ),
    exampleFacts,
  );

describe('CRS-11: practical modules are at least half of the hours', () => {
  test('CRS-11: exactly 45 of 90 hours is enough', () => {
    expect(practice(45_00, 90_00)).toEqual([]);
  });

  test('CRS-11: a hundredth of an hour less is refused', () => {
    expect(practice(44_99, 90_00)).toHaveLength(1);
  });

  test('CRS-11: a hundredth of an hour more passes', () => {
    expect(practice(45_01, 90_00)).toEqual([]);
  });

  test('CRS-11: 44 of 90 hours is 48.9 %, and never rounded up to pass', () => {
    const [fault] = practice(44_00, 90_00);
    expect(fault && explain(fault, 'national@1')).toMatchObject({
      rule: 'CRS-11',
      code: 'PRACTICE_TOO_SMALL',
      messageEn: '44.00 of 90.00 hours are practical, which is 48.9 %; 50 % is the least.',
      required: '50 %',
      actual: '48.9 %',
      policyVersion: 'national@1',
    });
  });

  test('CRS-11: 49.999 % is shown as 49.9 %, not as 50 %', () => {
    expect(practice(499_99, 1000_00)[0]?.figures.actual).toBe('49.9 %');
  });

  test('CRS-11: a county may ask for more', () => {
    const policy = { ...exampleFacts.policy, practiceShareMin: { numerator: 6, denominator: 10 } };
    const plan = withModules(moduleOf('a', 'ethics', 40_01), moduleOf('b', 'subject', 59_99, true));
    expect(practiceFaults(plan, { ...exampleFacts, policy })).toHaveLength(1);
    const enough = withModules(moduleOf('a', 'ethics', 4_00), moduleOf('b', 'it', 6_00, true));
    expect(practiceFaults(enough, { ...exampleFacts, policy })).toEqual([]);
  });

  test('CRS-11: no plan, however it is edited, passes with less than half of practice', () => {
    const edited = fc.array(
      fc.record({
        at: fc.nat(4),
        hoursCenti: fc.integer({ min: -100, max: 100_00 }),
        practical: fc.boolean(),
        category: fc.constantFrom('ethics', 'it', 'subject', 'professional_standards'),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(edited, (edits) => {
        const modules = edits.reduce<readonly PlanModule[]>(
          (all, { at, ...change }) =>
            all.map((module, index) => (index === at ? { ...module, ...change } : module)),
          exampleModules,
        );
        const facts = withHours(hoursOf(modules));
        const { faults } = reviewPlan({ ...examplePlan, modules }, facts);
        const practical = hoursOf(modules.filter((module) => module.practical));
        const tooFew = practical * 2 < hoursOf(modules);
        expect(faults.some(({ code }) => code.name === 'PRACTICE_TOO_SMALL')).toBe(tooFew);
      }),
      { numRuns: 500 },
    );
  });
});

describe('CRS-12: ethics first, standards and IT among the required modules', () => {
  const codesOf = (plan: PlanContent, hoursCenti: number) =>
    generalModuleFaults(plan, withHours(hoursCenti)).map(({ code, figures }) => [
      code.name,
      figures.required,
    ]);
  const ethicsOnly = withModules(moduleOf('e', 'ethics', 6_00), moduleOf('s', 'subject', 18_00));

  test('CRS-12: 23.99 hours may carry ethics alone', () => {
    expect(codesOf(ethicsOnly, 23_99)).toEqual([]);
  });

  test('CRS-12: 24 hours need professional standards and information technology too', () => {
    expect(codesOf(ethicsOnly, 24_00)).toEqual([
      ['GENERAL_MODULE_MISSING', 'professional_standards'],
      ['GENERAL_MODULE_MISSING', 'it'],
    ]);
  });

  test('CRS-12: ethics that comes second is refused even in a short project', () => {
    const plan = withModules(moduleOf('s', 'subject', 5_00), moduleOf('e', 'ethics', 5_00));
    expect(codesOf(plan, 10_00)).toEqual([['ETHICS_NOT_FIRST', 'ethics']]);
  });

  test('CRS-12: ethics that nobody has to attend does not count', () => {
    const optional = { ...moduleOf('e', 'ethics', 5_00), required: false };
    expect(codesOf(withModules(optional), 5_00)).toEqual([['GENERAL_MODULE_MISSING', 'ethics']]);
  });

  test('CRS-12: a general module must be a required one', () => {
    const modules = exampleModules.map((module) =>
      module.category === 'it' ? { ...module, required: false } : module,
    );
    expect(codesOf({ ...examplePlan, modules }, 90_00)).toEqual([['GENERAL_MODULE_MISSING', 'it']]);
  });
});

describe('CRS-14: a completion assessment from 90 hours on', () => {
  const none = { ...examplePlan, completionAssessment: null };

  test('CRS-14: 89.99 hours need none', () => {
    expect(assessmentFaults(none, withHours(89_99))).toEqual([]);
  });

  test('CRS-14: 90 hours need one', () => {
    const [fault] = assessmentFaults(none, withHours(90_00));
    expect(fault?.code.name).toBe('ASSESSMENT_MISSING');
    expect(fault?.figures).toEqual({ required: '90.00', actual: '90.00' });
  });

  test('CRS-14: a blank assessment is none', () => {
    const blank = { ...examplePlan, completionAssessment: ' ' };
    expect(assessmentFaults(blank, withHours(90_00))).toHaveLength(1);
    expect(assessmentFaults(examplePlan, withHours(90_00))).toEqual([]);
  });
});
