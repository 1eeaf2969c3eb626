import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { county, institution, province, RealSteps } from '../projects/real-steps.example.ts';

let steps: RealSteps;
beforeAll(async () => {
  steps = await RealSteps.open(process.env.MONGODB_URI);
});
afterAll(() => steps.graph.close());

type Answer = { waiver: { figure: string; required: string } | null; refusals: { code: string }[] };

let keys = 0;
async function waive(caller: typeof county, projectId: string, figure: string) {
  keys += 1;
  const source = `mutation M($input: WaiveFigureInput!) { answer: waiveFigure(input: $input) {
    waiver { figure rule required role policyVersion } refusals { code rule } } }`;
  const input = {
    idempotencyKey: `key-of-waiver-${keys}`,
    projectId,
    figure,
    reason: '本县无省外专家',
  };
  return (await steps.graph.ask<{ answer: Answer }>(caller, source, { input })).answer;
}
const codesOf = ({ refusals }: Answer) => refusals.map(({ code }) => code);

test('CRS-33: the owner waives a figure in principle for one project, and everybody can read why', async () => {
  const projectId = await steps.published();
  const figure = 'releaseOutOfProvinceShareMin';
  expect(codesOf(await waive(province, projectId, figure))).toEqual(['WAIVER_OF_OTHERS']);
  expect(codesOf(await waive(institution, projectId, figure))).toEqual(['FORBIDDEN']);
  expect(codesOf(await waive(county, projectId, 'practiceShareMin'))).toEqual([
    'WAIVER_FIGURE_BINDING',
  ]);
  expect(await waive(county, projectId, figure)).toMatchObject({
    waiver: { figure, rule: 'CRS-33', required: '20 %', role: 'CountyAdmin' },
    refusals: [],
  });
  expect(codesOf(await waive(county, projectId, figure))).toEqual(['WAIVER_GIVEN_ALREADY']);
  const source = `query Q($id: ID!) { project(id: $id) { waivers { figure reason source } } }`;
  const data = await steps.graph.ask<{ project: { waivers: object[] } }>(null, source, {
    id: projectId,
  });
  expect(data.project.waivers).toEqual([{ figure, reason: '本县无省外专家', source: 'M16-4 二2' }]);
});
