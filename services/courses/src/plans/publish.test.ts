import { describe, expect, test } from '@jest/globals';
import { exampleDraft } from '../projects/project.example.ts';
import type { ProjectRow } from '../projects/store.ts';
import { exampleClass, examplePlan } from './plan.example.ts';
import { classesOfPlan } from './publish.ts';

const project: ProjectRow = {
  ...exampleDraft,
  _id: 'prj_1',
  regionPath: ['140000', '140100', '140105'],
  institutionId: 'ins_1',
  state: 'plan_accepted',
  steps: [],
  planId: 'pln_1',
  publishedAt: null,
  policyVersion: 'shanxi-2023@1',
  answersCount: null,
};
const publication = {
  project,
  publishedAt: new Date('2026-06-01T00:00:00Z'),
  policyVersion: 'shanxi-2023@1',
  minutesPerHour: 45,
};
const counter = () => {
  let count = 0;
  return (kind: string) => `${kind}_${++count}`;
};

describe('CRS-01: publishing makes the classes of the plan', () => {
  test('CRS-01: two classes share the modules and have sessions of their own', () => {
    const plan = { ...examplePlan, classes: [exampleClass, { ...exampleClass, name: '二班' }] };
    const [first, second] = classesOfPlan(plan, publication, counter());
    expect(first?.modules).toEqual(second?.modules);
    expect(first?.sessions).toHaveLength(90);
    const ids = [first, second].flatMap((row) => row?.sessions.map(({ _id }) => _id) ?? []);
    expect(new Set(ids).size).toBe(180);
    expect(first?.sessions[0]?.moduleId).toBe(first?.modules[0]?._id);
  });

  test('CRS-16: a class in two pieces opens with the first and closes with the last', () => {
    const segments = [
      { startsOn: '2026-07-13', endsOn: '2026-07-20', part: 'theory' as const },
      { startsOn: '2026-09-01', endsOn: '2026-09-08', part: 'practice' as const },
    ];
    const plan = { ...examplePlan, classes: [{ ...exampleClass, segments }] };
    expect(classesOfPlan(plan, publication, counter())[0]).toMatchObject({
      opensOn: '2026-07-13',
      closesOn: '2026-09-08',
      state: 'published',
      assessmentRequired: true,
      policyVersion: 'shanxi-2023@1',
    });
  });

  test('sessions come in order of time, whatever the plan’s order', () => {
    const sessions = [...exampleClass.sessions].reverse();
    const plan = { ...examplePlan, classes: [{ ...exampleClass, sessions }] };
    const made = classesOfPlan(plan, publication, counter())[0]?.sessions ?? [];
    expect(made.map(({ date, startMinute }) => [date, startMinute])).toEqual(
      exampleClass.sessions.map(({ date, startMinute }) => [date, startMinute]),
    );
  });

  test('CRS-55: homework counts for completion where the module is required and sets any', () => {
    const modules = examplePlan.modules.map((module) =>
      module.key === 'it' ? { ...module, required: false } : module,
    );
    const [made] = classesOfPlan({ ...examplePlan, modules }, publication, counter());
    expect(made?.modules.map(({ homeworkRequired }) => homeworkRequired)).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
  });
});
