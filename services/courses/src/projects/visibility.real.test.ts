import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '@shixun/runtime';
import { exampleDraft } from './project.example.ts';
import { county, institution, province, RealSteps, teacher } from './real-steps.example.ts';
import { classes } from './store.ts';

let steps: RealSteps;
beforeAll(async () => {
  steps = await RealSteps.open(process.env['MONGODB_URI']);
});
afterAll(() => steps.graph.close());

describe('REG-01: who sees a project', () => {
  const read = async (caller: Caller | null, id: string) =>
    (
      await steps.graph.ask<{ project: { title: string; plan: unknown } | null }>(
        caller,
        'query Q($id: ID!) { project(id: $id) { title plan { id } } }',
        { id },
      )
    ).project;

  test('REG-01: before publication only those concerned, afterwards everyone, the plan too', async () => {
    const draft = await steps.drafted();
    expect(await read(county, draft)).not.toBeNull();
    expect(await read(province, draft)).not.toBeNull();
    expect(await read(institution, draft)).toBeNull();
    expect(await read(teacher, draft)).toBeNull();
    expect(await read(null, draft)).toBeNull();
    const open = await steps.published();
    expect((await read(null, open))?.plan).not.toBeNull();
  });

  test('REG-01: the same through _entities', async () => {
    const draft = await steps.drafted();
    const entity = async (caller: Caller | null) =>
      steps.graph.ask<{ _entities: unknown[] }>(
        caller,
        `query Q($r: [_Any!]!) { _entities(representations: $r) { ... on Project { title } } }`,
        { r: [{ __typename: 'Project', id: draft }] },
      );
    expect((await entity(teacher))._entities).toEqual([null]);
    expect((await entity(county))._entities).toEqual([{ title: exampleDraft.title }]);
  });

  test('REG-01: steps are for those concerned even when the project is public', async () => {
    const id = await steps.published();
    const asked = steps.graph.ask(
      teacher,
      'query Q($id: ID!) { project(id: $id) { steps { by } } }',
      {
        id,
      },
    );
    await expect(asked).rejects.toThrow('Not yours to see.');
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
        const page: Page = await steps.graph.ask<Page>(
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
    await steps.commissioned();
    await steps.commissioned();
    const data = await steps.graph.ask<{ _entities: { projects: { edges: unknown[] } }[] }>(
      institution,
      `query Q($r: [_Any!]!) { _entities(representations: $r) { ... on Institution { projects(first: 2) { edges { node { id institution { id } } } } } } }`,
      { r: [{ __typename: 'Institution', id: 'ins_1' }] },
    );
    expect(data._entities[0]?.projects.edges).toHaveLength(2);
  });

  test('GOV-06: every list and lookup is served by an index, in its order', async () => {
    const [row] = await steps.graph.db.model(classes).find({}).limit(1).lean();
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
      const plans = await steps.graph.plansOf(() => steps.graph.ask(caller, source, variables));
      expect(plans.length).toBeGreaterThanOrEqual(8);
      const bad = plans.filter(({ scans, sorts }) => scans || sorts);
      expect(bad).toEqual([]);
    }
  });
});
