import { describe, expect, test } from '@jest/globals';
import { exampleFacts, exampleModules, examplePlan } from './plan.example.ts';
import type { PlanContent, PlanModule } from './plan.ts';
import { reviewPlan } from './review.ts';

const codesOf = (plan: PlanContent, facts = exampleFacts) =>
  reviewPlan(plan, facts).faults.map(({ code }) => code.name);

/** The example plan with one module changed. */
const withModule = (key: string, change: Partial<PlanModule>): PlanContent => ({
  ...examplePlan,
  modules: exampleModules.map((module) => (module.key === key ? { ...module, ...change } : module)),
});

describe('CRS-10: a plan says for whom, to what end and how', () => {
  test('CRS-10: the complete plan has no fault', () => {
    expect(reviewPlan(examplePlan, exampleFacts)).toEqual({ faults: [], flags: [] });
  });

  test('CRS-10: an audience that is only blank is not described', () => {
    const plan = { ...examplePlan, audienceDescription: ' 　' };
    expect(codesOf(plan)).toEqual(['PLAN_AUDIENCE_UNDESCRIBED']);
  });

  test('CRS-10: the audience says type and level', () => {
    const { project } = exampleFacts;
    const audience = { ...project.audience, stages: [], careerStages: [] };
    const facts = { ...exampleFacts, project: { ...project, audience } };
    expect(codesOf(examplePlan, facts)).toEqual([
      'PLAN_AUDIENCE_TYPE_MISSING',
      'PLAN_AUDIENCE_LEVEL_MISSING',
    ]);
  });

  test('CRS-10: goals of the whole plan', () => {
    expect(codesOf({ ...examplePlan, goals: '' })).toEqual(['PLAN_GOALS_MISSING']);
  });

  test('CRS-10: at least one module is a main one', () => {
    const modules = exampleModules.map((module) => ({ ...module, main: false }));
    expect(codesOf({ ...examplePlan, modules })).toEqual(['PLAN_MAIN_MODULE_MISSING']);
  });

  test.each([
    ['methods', { methods: [' '] }, 'MODULE_METHODS_MISSING'],
    ['goals', { goals: '' }, 'MODULE_GOALS_MISSING'],
    ['requirement', { requirement: '' }, 'MODULE_REQUIREMENT_MISSING'],
    ['homework', { homework: '' }, 'MODULE_HOMEWORK_MISSING'],
    ['introduction', { introduction: '' }, 'MODULE_INTRODUCTION_MISSING'],
  ] as const)('CRS-10: a main module without %s, with its path', (field, change, code) => {
    const { faults } = reviewPlan(withModule('theory', change), exampleFacts);
    expect(faults.map((fault) => [fault.code.name, fault.path])).toEqual([
      [code, ['plan', 'modules', '3', field]],
    ]);
  });

  test('CRS-10: a practical module that is no main one still has goals, requirement and homework', () => {
    const bare = { main: false, goals: '', requirement: '', homework: '', introduction: '' };
    expect(codesOf(withModule('practice', bare))).toEqual([
      'MODULE_GOALS_MISSING',
      'MODULE_REQUIREMENT_MISSING',
      'MODULE_HOMEWORK_MISSING',
    ]);
  });

  test('CRS-10: a module that is neither main nor practical needs only methods and hours', () => {
    const bare = { main: false, goals: '', requirement: '', homework: '', introduction: '' };
    expect(codesOf(withModule('theory', bare))).toEqual([]);
  });

  test('CRS-10: a module of 0 hours is refused', () => {
    expect(codesOf(withModule('theory', { hoursCenti: 0 }))).toContain('MODULE_HOURS_MISSING');
  });

  test("CRS-10: each trainer's specialty is introduced", () => {
    const trainers = examplePlan.trainers.map((trainer) => ({ ...trainer, specialty: '' }));
    const { faults } = reviewPlan({ ...examplePlan, trainers }, exampleFacts);
    expect(faults.map(({ code, figures }) => [code.name, figures.trainer])).toEqual([
      ['TRAINER_SPECIALTY_MISSING', 'trn_1'],
      ['TRAINER_SPECIALTY_MISSING', 'trn_2'],
    ]);
  });

  test('CRS-10: a plan without modules and trainers', () => {
    const empty = { ...examplePlan, modules: [], trainers: [], classes: [] };
    expect(codesOf(empty)).toEqual([
      'PLAN_MODULES_MISSING',
      'PLAN_TRAINERS_MISSING',
      'PLAN_HOURS_DIFFER',
      'PLAN_CLASSES_MISSING',
    ]);
  });
});
