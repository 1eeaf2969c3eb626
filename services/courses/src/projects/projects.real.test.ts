import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses, evaluation, registry } from '@shixun/contracts';
import {
  auditEntries,
  type Caller,
  firstBrokenEntry,
  streamHeads,
  unguardedFields,
} from '@shixun/runtime';
import { seatRows } from '../enrollment/store.ts';
import { exampleClass, examplePlan } from '../plans/plan.example.ts';
import type { PlanContent } from '../plans/plan.ts';
import { institutionRecordedHandler } from '../projections/institutions.ts';
import { trainerRecordedHandler } from '../projections/trainers.ts';
import { gradePublishedHandler } from './events.ts';
import { exampleDraft } from './project.example.ts';
import { graphAccess, RealGraph } from './real-graph.example.ts';
import { classes } from './store.ts';

const county: Caller = {
  subject: 'person_county',
  grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
};
const province: Caller = {
  subject: 'person_province',
  grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }],
};
const institution: Caller = {
  subject: 'person_institution',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
const teacher: Caller = {
  subject: 'tch_1',
  grants: [{ role: 'Teacher', personId: 'tch_1' }],
};

const hours = (centi: number) => (centi / 100).toFixed(2);
const shout = (value: string) => value.toUpperCase();
/** A draft as the graph takes it. */
function draftInput(change: Partial<typeof exampleDraft> = {}) {
  const { hoursCenti, schoolId, ...draft } = { ...exampleDraft, ...change };
  return {
    ...draft,
    hours: hours(hoursCenti),
    ...(schoolId === null ? {} : { schoolId }),
    level: shout(draft.level),
    sector: shout(draft.sector),
    modality: shout(draft.modality),
    channel: shout(draft.channel),
    stage: shout(draft.stage),
    audience: {
      ...draft.audience,
      stages: draft.audience.stages.map(shout),
      careerStages: draft.audience.careerStages.map(shout),
    },
  };
}
/** A plan as the graph takes it. */
function planInput(plan: PlanContent) {
  return {
    ...plan,
    modules: plan.modules.map(({ hoursCenti, category, ...module }) => ({
      ...module,
      category: shout(category),
      hours: hours(hoursCenti),
    })),
    classes: plan.classes.map((planned) => ({
      ...planned,
      segments: planned.segments.map((segment) => ({ ...segment, part: shout(segment.part) })),
    })),
  };
}

type Refusal = { rule: string | null; code: string; actual: string | null };
type Answer = {
  project: { id: string; state: string } | null;
  refusals: Refusal[];
};

let graph: RealGraph;
let keys = 0;

/** Gives a command by its mutation's name. */
async function give(caller: Caller | null, name: string, input: Record<string, unknown>) {
  const type = {
    draftProject: 'DraftProjectInput',
    submitPlan: 'SubmitPlanInput',
    reviewPlan: 'ReviewPlanInput',
    commissionInstitution: 'CommissionInstitutionInput',
    rejectProject: 'ReasonedProjectStepInput',
    cancelProject: 'ReasonedProjectStepInput',
  }[name];
  keys += 1;
  const source = `mutation Give($input: ${type ?? 'ProjectStepInput'}!) {
    ${name}(input: $input) { project { id state } refusals { rule code actual } }
  }`;
  const data = await graph.ask<Record<string, Answer>>(caller, source, {
    input: { idempotencyKey: `key-of-test-${keys}`, ...input },
  });
  const answer = data[name];
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

async function drafted(change: Partial<typeof exampleDraft> = {}): Promise<string> {
  const { project, refusals } = await give(county, 'draftProject', draftInput(change));
  if (project === null) throw new Error(JSON.stringify(refusals));
  return project.id;
}

/** A project brought as far as its institution can hand in a plan. */
async function commissioned(change: Partial<typeof exampleDraft> = {}): Promise<string> {
  const projectId = await drafted(change);
  await give(county, 'submitProject', { projectId });
  await give(county, 'approveProject', { projectId });
  await give(county, 'commissionInstitution', { projectId, institutionId: 'ins_1' });
  return projectId;
}

/** A project whose plan is published at the graph's present instant. */
async function published(change: Partial<typeof exampleDraft> = {}): Promise<string> {
  const projectId = await commissioned(change);
  await give(institution, 'submitPlan', { projectId, plan: planInput(examplePlan) });
  await give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
  await give(county, 'publishProject', { projectId });
  return projectId;
}

beforeAll(async () => {
  graph = await RealGraph.open(process.env['MONGODB_URI']);
  const { example } = registry.institutionRecorded;
  await graph.hear(institutionRecordedHandler, registry.institutionRecorded, [
    { ...example, institutionId: 'ins_1', name: '旧名' },
    {
      ...example,
      institutionId: 'ins_1',
      qualification: {
        state: 'qualified',
        levels: ['county'],
        stages: ['junior'],
        subjects: ['chinese'],
        modalities: ['concentrated'],
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      },
    },
    {
      ...example,
      institutionId: 'ins_applying',
      qualification: { ...example.qualification, state: 'applied', validFrom: null, validTo: null },
    },
  ]);
  const trainer = registry.trainerRecorded.example;
  await graph.hear(trainerRecordedHandler, registry.trainerRecorded, [
    { ...trainer, trainerId: 'trn_1', kind: 'frontline_teacher', inPool: true },
    { ...trainer, trainerId: 'trn_2', kind: 'university_expert', inPool: true },
  ]);
});
afterAll(() => graph.close());

describe('a project from draft to archive, through the graph', () => {
  test('CRS-01: every field of projects and plans has its row of access', () => {
    expect(unguardedFields(graph.schema, graphAccess)).toEqual([]);
  });

  test('CRS-01: each step moves the project, tells it, and leaves who, when and why', async () => {
    const projectId = await published();
    await give(county, 'openProject', { projectId });
    await give(county, 'startProject', { projectId });
    expect((await give(county, 'closeProject', { projectId })).project?.state).toBe('CLOSING');
    const { project } = await graph.ask<{
      project: { steps: { command: string; role: string; at: string }[]; classes: unknown[] };
    }>(
      county,
      `query Q($id: ID!) { project(id: $id) {
        steps { command role at }
        classes { name state capacity opensOn closesOn hours sessions { date trainer { id } } modules { id title } }
      } }`,
      { id: projectId },
    );
    expect(project.steps.map(({ command, role }) => [command, role])).toEqual([
      ['draftProject', 'CountyAdmin'],
      ['submitProject', 'CountyAdmin'],
      ['approveProject', 'CountyAdmin'],
      ['commissionInstitution', 'CountyAdmin'],
      ['submitPlan', 'InstitutionAdmin'],
      ['reviewPlan', 'CountyAdmin'],
      ['publishProject', 'CountyAdmin'],
      ['openProject', 'CountyAdmin'],
      ['startProject', 'CountyAdmin'],
      ['closeProject', 'CountyAdmin'],
    ]);
    expect(project.steps[0]?.at).toBe(graph.now.toISOString());
    expect(project.classes).toMatchObject([
      {
        name: '一班',
        state: 'CLOSING',
        capacity: 40,
        opensOn: '2026-07-13',
        closesOn: '2026-07-27',
        hours: '90.00',
      },
    ]);
    const told = await graph.told(courses.projectRecorded);
    expect(told.filter((each) => each.projectId === projectId).map(({ state }) => state)).toEqual([
      'draft',
      'submitted',
      'approved',
      'commissioned',
      'plan_review',
      'plan_accepted',
      'published',
      'open',
      'running',
      'closing',
    ]);
    const ofClass = await graph.told(courses.classRecorded);
    expect(
      ofClass.filter((each) => each.projectId === projectId).map(({ state }) => state),
    ).toEqual(['published', 'open', 'running', 'closing']);
    const entries = await graph.db
      .model(auditEntries)
      .find({ stream: projectId })
      .sort({ sequence: 1 })
      .lean();
    const head = await graph.db.model(streamHeads).findById(projectId).lean();
    expect(entries).toHaveLength(10);
    expect(firstBrokenEntry(entries, head)).toBeNull();
  });

  test('CRS-01: a step of others is refused, whoever is above', async () => {
    const projectId = await drafted();
    const refused = await give(province, 'submitProject', { projectId });
    expect(refused.refusals.map(({ code }) => code)).toEqual(['PROJECT_STEP_OF_OTHERS']);
    const stranger = give(institution, 'submitProject', { projectId });
    await expect(stranger).rejects.toThrow('Not yours to see.');
    const neighbour: Caller = {
      subject: 'n',
      grants: [{ role: 'CountyAdmin', regionCode: '140106' }],
    };
    const outside = await give(neighbour, 'submitProject', { projectId });
    expect(outside.refusals.map(({ code }) => code)).toEqual(['NOT_FOUND']);
  });

  test('CRS-01: the same key gives the first answer, and the project moves once', async () => {
    const projectId = await drafted();
    const input = { projectId, idempotencyKey: 'the-same-key-twice' };
    const first = await give(county, 'submitProject', input);
    expect(await give(county, 'submitProject', input)).toEqual(first);
    expect(first.project?.state).toBe('SUBMITTED');
  });

  test('CRS-01: two who take the same step at once move the project once', async () => {
    const projectId = await drafted();
    const both = await Promise.all([
      give(county, 'submitProject', { projectId }),
      give(county, 'submitProject', { projectId }),
    ]);
    const refusals = both.flatMap((each) => each.refusals.map(({ code }) => code));
    expect(refusals).toEqual(['PROJECT_STEP_NOT_NEXT']);
  });

  test('REG-02: a county has no higher education', async () => {
    const input = draftInput({ sector: 'higher', stage: 'higher' });
    const { project, refusals } = await give(county, 'draftProject', input);
    expect(project).toBeNull();
    expect(refusals).toMatchObject([{ rule: 'REG-02', code: 'PROJECT_LEVEL_NOT_IN_SECTOR' }]);
  });

  test('REG-08: an institution that was never qualified, or not for all of it, is not commissioned', async () => {
    const projectId = await drafted({ modality: 'blended' });
    await give(county, 'submitProject', { projectId });
    await give(county, 'approveProject', { projectId });
    const applying = { projectId, institutionId: 'ins_applying' };
    expect((await give(county, 'commissionInstitution', applying)).refusals).toMatchObject([
      { rule: 'REG-08', actual: 'none' },
    ]);
    const other = { projectId, institutionId: 'ins_1' };
    expect((await give(county, 'commissionInstitution', other)).refusals).toMatchObject([
      { rule: 'REG-08', actual: 'concentrated' },
    ]);
    const unknown = { projectId, institutionId: 'ins_unknown' };
    expect((await give(county, 'commissionInstitution', unknown)).refusals).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('CRS-10 CRS-11 CRS-12: a bad plan is refused with all its faults, returned, and accepted when mended', async () => {
    const projectId = await commissioned();
    const [ethics, ...others] = examplePlan.modules;
    const bad = {
      ...examplePlan,
      goals: '',
      modules: [
        ...others.map((module) => ({ ...module, practical: false })),
        ...(ethics ? [ethics] : []),
      ],
    };
    await give(institution, 'submitPlan', { projectId, plan: planInput(bad) });
    const refused = await give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    expect(refused.project).toBeNull();
    expect(refused.refusals.map(({ rule, code }) => [rule, code])).toEqual([
      ['CRS-10', 'PLAN_GOALS_MISSING'],
      ['CRS-11', 'PRACTICE_TOO_SMALL'],
      ['CRS-12', 'ETHICS_NOT_FIRST'],
    ]);
    const noReason = await give(county, 'reviewPlan', { projectId, verdict: 'RETURN' });
    expect(noReason.refusals.map(({ code }) => code)).toEqual(['PROJECT_REASON_MISSING']);
    await give(county, 'reviewPlan', { projectId, verdict: 'RETURN', reason: '实践不足' });
    const seen = await graph.ask<{ project: { plan: Record<string, unknown> } }>(
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
    await give(institution, 'submitPlan', { projectId, plan: planInput(examplePlan) });
    const accepted = await give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    expect(accepted).toMatchObject({ project: { state: 'PLAN_ACCEPTED' }, refusals: [] });
  });

  test('CRS-17: a plan for graduating classes in term is accepted, and a finding opens', async () => {
    const audience = { ...exampleDraft.audience, graduatingClasses: true };
    const projectId = await commissioned({ audience });
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
    await give(institution, 'submitPlan', { projectId, plan: planInput(plan) });
    expect((await give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' })).refusals).toEqual(
      [],
    );
    const findings = await graph.told(courses.findingRaised);
    expect(findings.filter(({ subject }) => subject === projectId)).toMatchObject([
      { rule: 'CRS-17', regionCode: '140105' },
    ]);
  });

  test('CRS-18: published in time it opens; a millisecond late it does not, and nextActions says so', async () => {
    const before = graph.now;
    graph.now = new Date('2026-07-07T16:00:00.000Z');
    const inTime = await published();
    graph.now = new Date('2026-07-07T16:00:00.001Z');
    const late = await published();
    graph.now = new Date('2026-07-12T16:00:00.000Z');
    const actions = await graph.ask<{ project: { nextActions: unknown } }>(
      county,
      'query Q($id: ID!) { project(id: $id) { nextActions { command roles missing { rule actual } } } }',
      { id: late },
    );
    expect(actions.project.nextActions).toEqual([
      {
        command: 'openProject',
        roles: ['CountyAdmin'],
        missing: [{ rule: 'CRS-18', actual: '4 d' }],
      },
      { command: 'cancelProject', roles: ['CountyAdmin'], missing: [] },
    ]);
    const refused = await give(county, 'openProject', { projectId: late });
    expect(refused.refusals).toMatchObject([{ rule: 'CRS-18', actual: '4 d' }]);
    const opened = await give(county, 'openProject', { projectId: inTime });
    expect(opened.project?.state).toBe('OPEN');
    graph.now = before;
  });

  test('CRS-01: cancelling takes the classes along', async () => {
    const projectId = await published();
    await give(county, 'cancelProject', { projectId, reason: '机构停业' });
    const rows = await graph.db.model(classes).find({ projectId }).lean();
    expect(rows.map(({ state }) => state)).toEqual(['cancelled']);
    expect((await give(county, 'openProject', { projectId })).project).toBeNull();
  });

  test('EVL-01: a grade evaluates the project, which is archived at 80 % of answers and not below', async () => {
    const grade = async (projectId: string, answersCount: number) => {
      const { example } = evaluation.gradePublished;
      await graph.hear(gradePublishedHandler, evaluation.gradePublished, [
        { ...example, projectId, answersCount },
      ]);
    };
    const closing = async () => {
      const projectId = await published();
      for (const step of ['openProject', 'startProject', 'closeProject']) {
        await give(county, step, { projectId });
      }
      const [row] = await graph.db.model(classes).find({ projectId }).lean();
      const counters = { taken: 10, takenByQuota: [], waiting: 0, lastTicket: 10 };
      await graph.db.model(seatRows).create({ _id: row?._id ?? '', ...counters });
      return projectId;
    };
    const short = await closing();
    await grade(short, 7);
    const refused = await give(county, 'archiveProject', { projectId: short });
    expect(refused.refusals).toMatchObject([{ rule: 'EVL-01', actual: '70 %' }]);
    const enough = await closing();
    await grade(enough, 8);
    const archived = await give(county, 'archiveProject', { projectId: enough });
    expect(archived.project?.state).toBe('ARCHIVED');
    const rows = await graph.db.model(classes).find({ projectId: enough }).lean();
    expect(rows.map(({ state }) => state)).toEqual(['closed']);
  });

  test('CRS-01: a grade that comes before the project closes takes effect when it does', async () => {
    const projectId = await published();
    const { example } = evaluation.gradePublished;
    await graph.hear(gradePublishedHandler, evaluation.gradePublished, [{ ...example, projectId }]);
    for (const step of ['openProject', 'startProject']) await give(county, step, { projectId });
    const closed = await give(county, 'closeProject', { projectId });
    expect(closed.project?.state).toBe('EVALUATED');
  });
});

describe('REG-01: who sees a project', () => {
  const read = async (caller: Caller | null, id: string) =>
    (
      await graph.ask<{ project: { title: string; plan: unknown } | null }>(
        caller,
        'query Q($id: ID!) { project(id: $id) { title plan { id } } }',
        { id },
      )
    ).project;

  test('REG-01: before publication only those concerned, afterwards everyone, the plan too', async () => {
    const draft = await drafted();
    expect(await read(county, draft)).not.toBeNull();
    expect(await read(province, draft)).not.toBeNull();
    expect(await read(institution, draft)).toBeNull();
    expect(await read(teacher, draft)).toBeNull();
    expect(await read(null, draft)).toBeNull();
    const open = await published();
    expect((await read(null, open))?.plan).not.toBeNull();
  });

  test('REG-01: the same through _entities', async () => {
    const draft = await drafted();
    const entity = async (caller: Caller | null) =>
      graph.ask<{ _entities: unknown[] }>(
        caller,
        `query Q($r: [_Any!]!) { _entities(representations: $r) { ... on Project { title } } }`,
        { r: [{ __typename: 'Project', id: draft }] },
      );
    expect((await entity(teacher))._entities).toEqual([null]);
    expect((await entity(county))._entities).toEqual([{ title: exampleDraft.title }]);
  });

  test('REG-01: steps are for those concerned even when the project is public', async () => {
    const id = await published();
    const steps = graph.ask(teacher, 'query Q($id: ID!) { project(id: $id) { steps { by } } }', {
      id,
    });
    await expect(steps).rejects.toThrow('Not yours to see.');
  });

  test('GOV-06: lists are keyset pages of what the caller may see', async () => {
    type Page = {
      projects: {
        edges: { node: { id: string; state: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    };
    const all = async (caller: Caller | null) => {
      const seen: { id: string; state: string }[] = [];
      let after: string | null = null;
      do {
        const page: Page = await graph.ask<Page>(
          caller,
          `query Q($after: String) { projects(regionCode: "140000", year: 2026, first: 3, after: $after) {
            edges { node { id state } } pageInfo { hasNextPage endCursor }
          } }`,
          { after },
        );
        seen.push(...page.projects.edges.map(({ node }) => node));
        after = page.projects.pageInfo.endCursor;
        if (!page.projects.pageInfo.hasNextPage) return seen;
      } while (after !== null);
      return seen;
    };
    const ofCounty = await all(county);
    const ids = ofCounty.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ofCounty.some(({ state }) => state === 'DRAFT')).toBe(true);
    const ofPublic = await all(null);
    expect(ofPublic.length).toBeGreaterThan(0);
    expect(ofPublic.length).toBeLessThan(ofCounty.length);
    expect(ofPublic.some(({ state }) => ['DRAFT', 'SUBMITTED'].includes(state))).toBe(false);
  });

  test('GOV-06: an institution’s projects', async () => {
    const data = await graph.ask<{ _entities: { projects: { edges: unknown[] } }[] }>(
      institution,
      `query Q($r: [_Any!]!) { _entities(representations: $r) { ... on Institution { projects(first: 2) { edges { node { id institution { id } } } } } } }`,
      { r: [{ __typename: 'Institution', id: 'ins_1' }] },
    );
    expect(data._entities[0]?.projects.edges).toHaveLength(2);
  });

  test('GOV-06: every list and lookup is served by an index, in its order', async () => {
    const [row] = await graph.db.model(classes).find({}).limit(1).lean();
    const variables = { id: row?.projectId, classId: row?._id };
    const source = `query Q($id: ID!, $classId: ID!) {
      all: projects(regionCode: "140105") { edges { node { id } } }
      ofYear: projects(regionCode: "140105", year: 2026) { edges { node { id } } }
      inState: projects(regionCode: "140105", state: OPEN) { edges { node { id } } }
      both: projects(regionCode: "140105", year: 2026, state: OPEN) { edges { node { id } } }
      project(id: $id) { classes { id } plan { id faults { code } } }
      trainingClass(id: $classId) { id project { id } }
      _entities(representations: [{ __typename: "Institution", id: "ins_1" }]) {
        ... on Institution { projects { edges { node { id } } } }
      }
    }`;
    for (const caller of [null, county, institution]) {
      const plans = await graph.plansOf(() => graph.ask(caller, source, variables));
      expect(plans.length).toBeGreaterThanOrEqual(8);
      const bad = plans.filter(({ scans, sorts }) => scans || sorts);
      expect(bad).toEqual([]);
    }
  });
});
