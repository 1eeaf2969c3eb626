import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses, registry } from '@shixun/contracts';
import { codesOf } from '../ballots/real-ballots.example.ts';
import { callers, RealEvaluation } from '../real-evaluation.example.ts';
import { lotOf } from './commands-lots.ts';
import { stratifiedDraw } from './draw.ts';

let evaluation: RealEvaluation;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
});
afterAll(() => evaluation.close());

type Who = Parameters<RealEvaluation['mutate']>[0];

const recordProjects = (
  from: number,
  count: number,
  level: 'county' | 'school',
  state = 'running',
) =>
  evaluation.deliver(
    courses.projectRecorded,
    Array.from({ length: count }, (_, n) => ({
      ...courses.projectRecorded.example,
      projectId: `prj_${level}_${from + n}`,
      level,
      ownerRegionCode: '140105',
      state,
    })),
  );

const draw = (caller: Who) =>
  evaluation.mutate(
    caller,
    'drawSpotChecks',
    { regionCode: '140105', year: 2026 },
    'draw { seed projectsCount drawnCount lots(first: 100) { edges { node { stratum rank drawn project { id } } } } }',
  );

test('REG-03: only where a body is named are there spot checks, by it and its superiors', async () => {
  expect(codesOf(await draw(callers.monitor))).toEqual(['NOT_THE_MONITOR']);
  expect(codesOf(await draw(callers.county))).toEqual(['NOT_THE_MONITOR']);
  const designation = { ...registry.monitorRecorded.example, regionCode: '140100' };
  await evaluation.deliver(registry.monitorRecorded, [designation]);
  // Allowed now: what is missing is a project to draw from.
  expect(codesOf(await draw(callers.monitor))).toEqual(['NO_PROJECTS_TO_DRAW_FROM']);
  expect(codesOf(await draw(callers.county))).toEqual(['NO_PROJECTS_TO_DRAW_FROM']);
});

test('EVL-05: a bureau draws from its own published projects, and anyone can redo the draw from what is public', async () => {
  await recordProjects(0, 11, 'county');
  await recordProjects(0, 4, 'school');
  await recordProjects(50, 3, 'county', 'draft');
  expect(codesOf(await draw(callers.elsewhere))).toEqual(['NOT_FOUND']);
  const drawn = (await draw(callers.monitor)).draw;
  expect(drawn).toMatchObject({ projectsCount: 15, drawnCount: 4 });
  const { data } = await evaluation.ask(
    null,
    `{ spotCheckDraws(filter: { regionCode: "140100", year: 2026 }) { edges { node { seed region { code }
       lots(first: 100) { edges { node { stratum rank drawn project { id } } } } } } } }`,
  );
  const [{ node }] = data.spotCheckDraws.edges;
  expect(node.region.code).toBe('140105');
  type Shown = { stratum: string; rank: number; drawn: boolean; project: { id: string } };
  const shown = node.lots.edges.map((edge: { node: Shown }) => edge.node) as Shown[];
  const redone = stratifiedDraw(
    shown.map(({ stratum, project }) => {
      const [level = '', modality = ''] = stratum.split('/');
      return { id: project.id, level, modality, lot: lotOf(node.seed, project.id) };
    }),
    { numerator: 1, denominator: 5 },
  );
  expect(shown.map(({ project, ...lot }) => ({ projectId: project.id, ...lot }))).toEqual(redone);
});

test('EVL-05: a project is in one draw only: later ones are drawn from in a draw of their own', async () => {
  expect(codesOf(await draw(callers.county))).toEqual(['NO_PROJECTS_TO_DRAW_FROM']);
  await recordProjects(100, 1, 'county');
  expect((await draw(callers.county)).draw).toMatchObject({ projectsCount: 1, drawnCount: 1 });
});
