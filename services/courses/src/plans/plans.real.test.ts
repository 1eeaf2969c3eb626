import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { exampleDraft } from '../projects/project.example.ts';
import { county, institution, planInput, RealSteps } from '../projects/real-steps.example.ts';
import { classes } from '../projects/store.ts';
import { exampleClass, examplePlan } from './plan.example.ts';

let steps: RealSteps;
beforeAll(async () => {
  steps = await RealSteps.open(process.env['MONGODB_URI']);
});
afterAll(() => steps.graph.close());

describe('a plan before its reviewer, through the graph', () => {
  test('CRS-10 CRS-11 CRS-12: a bad plan is refused with all its faults, returned, and accepted when mended', async () => {
    const projectId = await steps.commissioned();
    const [ethics, ...others] = examplePlan.modules;
    const bad = {
      ...examplePlan,
      goals: '',
      modules: [
        ...others.map((module) => ({ ...module, practical: false })),
        ...(ethics ? [ethics] : []),
      ],
    };
    await steps.give(institution, 'submitPlan', { projectId, plan: planInput(bad) });
    const refused = await steps.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    expect(refused.project).toBeNull();
    expect(refused.refusals.map(({ rule, code }) => [rule, code])).toEqual([
      ['CRS-10', 'PLAN_GOALS_MISSING'],
      ['CRS-11', 'PRACTICE_TOO_SMALL'],
      ['CRS-12', 'ETHICS_NOT_FIRST'],
    ]);
    const noReason = await steps.give(county, 'reviewPlan', { projectId, verdict: 'RETURN' });
    expect(noReason.refusals.map(({ code }) => code)).toEqual(['PROJECT_REASON_MISSING']);
    await steps.give(county, 'reviewPlan', { projectId, verdict: 'RETURN', reason: '实践不足' });
    const seen = await steps.graph.ask<{ project: { plan: Record<string, unknown> } }>(
      institution,
      `query Q($id: ID!) { project(id: $id) { state plan {
        round faults { code } review { verdict reason policyVersion refusals { code } }
      } } }`,
      { id: projectId },
    );
    expect(seen.project).toMatchObject({
      state: 'PLAN_RETURNED',
      plan: {
        round: 1,
        faults: [
          { code: 'PLAN_GOALS_MISSING' },
          { code: 'PRACTICE_TOO_SMALL' },
          { code: 'ETHICS_NOT_FIRST' },
        ],
        review: { verdict: 'RETURN', reason: '实践不足', policyVersion: 'national@1' },
      },
    });
    await steps.give(institution, 'submitPlan', { projectId, plan: planInput(examplePlan) });
    const accepted = await steps.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    expect(accepted).toMatchObject({ project: { state: 'PLAN_ACCEPTED' }, refusals: [] });
  });

  test('CRS-17: a plan for graduating classes in term is accepted, and a finding opens', async () => {
    const audience = { ...exampleDraft.audience, graduatingClasses: true };
    const projectId = await steps.commissioned({ audience });
    const shifted = (date: string) => date.replace('2026-07', '2026-10');
    const plan = {
      ...examplePlan,
      classes: [
        {
          ...exampleClass,
          segments: exampleClass.segments.map((segment) => ({
            ...segment,
            startsOn: shifted(segment.startsOn),
            endsOn: shifted(segment.endsOn),
          })),
          sessions: exampleClass.sessions.map((session) => ({
            ...session,
            date: shifted(session.date),
          })),
        },
      ],
    };
    await steps.give(institution, 'submitPlan', { projectId, plan: planInput(plan) });
    expect(
      (await steps.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' })).refusals,
    ).toEqual([]);
    const findings = await steps.graph.told(courses.findingRaised);
    expect(findings.filter(({ subject }) => subject === projectId)).toMatchObject([
      { rule: 'CRS-17', regionCode: '140105' },
    ]);
  });

  test('CRS-18: published in time it opens; a millisecond late it does not, and nextActions says so', async () => {
    const before = steps.graph.now;
    steps.graph.now = new Date('2026-07-07T16:00:00.000Z');
    const inTime = await steps.published();
    steps.graph.now = new Date('2026-07-07T16:00:00.001Z');
    const late = await steps.published();
    steps.graph.now = new Date('2026-07-12T16:00:00.000Z');
    const actions = await steps.graph.ask<{ project: { nextActions: unknown } }>(
      county,
      'query Q($id: ID!) { project(id: $id) { nextActions { command roles missing { rule actual } } } }',
      { id: late },
    );
    const none = [{ rule: 'CRS-19', actual: '—' }];
    expect(actions.project.nextActions).toEqual([
      { command: 'requestPlanChange', roles: ['InstitutionAdmin'], missing: [] },
      { command: 'decidePlanChange', roles: ['CountyAdmin'], missing: none },
      { command: 'withdrawPlanChange', roles: ['InstitutionAdmin'], missing: none },
      {
        command: 'openProject',
        roles: ['CountyAdmin'],
        missing: [{ rule: 'CRS-18', actual: '4 d' }],
      },
      { command: 'cancelProject', roles: ['CountyAdmin'], missing: [] },
    ]);
    const refused = await steps.give(county, 'openProject', { projectId: late });
    expect(refused.refusals).toMatchObject([{ rule: 'CRS-18', actual: '4 d' }]);
    const opened = await steps.give(county, 'openProject', { projectId: inTime });
    expect(opened.project?.state).toBe('OPEN');
    steps.graph.now = before;
  });

  test('CRS-11: a county that asks for more practice holds its own plans to it, and the version is kept', async () => {
    const accepted = await steps.published();
    await steps.graph.enact({
      id: 'county@1',
      profile: 'county',
      regionCode: '140105',
      effectiveFrom: '2026-02-01',
      base: 'national@1',
      figures: { practiceShareMin: { numerator: 51, denominator: 100 } },
    });
    const projectId = await steps.commissioned();
    await steps.give(institution, 'submitPlan', { projectId, plan: planInput(examplePlan) });
    const refused = await steps.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    expect(refused.refusals).toMatchObject([
      { rule: 'CRS-11', actual: '50 %', policyVersion: 'county@1' },
    ]);
    // What was accepted before keeps the version that accepted it.
    const { project } = await steps.graph.ask<{ project: { policyVersion: string } }>(
      null,
      'query Q($id: ID!) { project(id: $id) { policyVersion } }',
      { id: accepted },
    );
    expect(project.policyVersion).toBe('national@1');
  });

  test('an hour keeps the minutes it had when the plan was accepted', async () => {
    const projectId = await steps.commissioned({ contentCode: 'minutes' });
    const modules = examplePlan.modules.map((module) => ({ ...module, practical: true }));
    const plan = planInput({ ...examplePlan, modules });
    await steps.give(institution, 'submitPlan', { projectId, plan });
    await steps.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    await steps.graph.enact({
      id: 'province@1',
      profile: 'province',
      regionCode: '140000',
      effectiveFrom: '2026-03-01',
      base: 'national@1',
      figures: { minutesPerHour: 60 },
    });
    await steps.give(county, 'publishProject', { projectId });
    const rows = await steps.graph.db.model(classes).find({ projectId }).lean();
    expect(rows.map(({ minutesPerHour }) => minutesPerHour)).toEqual([45]);
  });
});
