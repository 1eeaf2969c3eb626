/** Pairings of institutions with schools through the graph, on a real MongoDB. [REG-18] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { as, county, RealRegistry } from '../real-registry.example.ts';

let registry: RealRegistry;
let schoolId: string;
let university: string;
let college: string;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  const { school } = await registry.command(
    county,
    'registerSchool',
    { code: '2114000900', name: '一小', kind: 'PRIMARY', regionCode: '140105001', rural: false },
    'school { id }',
  );
  schoolId = school.id;
  const scope = {
    levels: ['COUNTY'],
    stages: ['PRIMARY'],
    subjects: ['chinese'],
    modalities: ['BLENDED'],
    validFrom: '2026-09-01',
    validTo: '2027-08-31',
  };
  university = await institution({ name: '某师范大学', scope });
  college = await institution({ name: '教师教育学院', parentInstitutionId: university });
});
afterAll(() => registry.close());

async function institution(input: Record<string, unknown>): Promise<string> {
  const place = { kind: 'NORMAL_UNIVERSITY', regionCode: '140105' };
  const answer = await registry.command(
    county,
    'registerInstitution',
    { ...place, ...input },
    'institution { id }',
  );
  return answer.institution.id;
}

const pair = async (from: string, to: string, change: Record<string, unknown> = {}, by = county) =>
  registry.command(
    by,
    'recordPairing',
    { institutionId: university, schoolId, purpose: '教学研究与跟岗', from, to, ...change },
    'pairing { id institution { id } school { id } from to }',
  );

test('REG-18: a university and a school are paired for a time, not twice on one day; REG-17: as a whole', async () => {
  const first = await pair('2026-09-01', '2027-08-31');
  expect(first).toMatchObject({
    pairing: { institution: { id: university }, school: { id: schoolId }, to: '2027-08-31' },
    refusals: [],
  });
  expect((await pair('2027-08-31', '2028-08-31')).refusals).toMatchObject([
    { rule: 'REG-18', code: 'PAIRED_ALREADY', actual: '2026-09-01 – 2027-08-31' },
  ]);
  const next = await pair('2027-09-01', '2028-08-31');
  expect(next.refusals).toEqual([]);
  expect((await pair('2029-09-02', '2029-09-01')).refusals).toMatchObject([
    { code: 'PAIRING_REVERSED', required: '2029-09-01', actual: '2029-09-02' },
  ]);
  const part = await pair('2026-09-01', '2027-08-31', { institutionId: college });
  expect(part.refusals).toMatchObject([
    { rule: 'REG-17', code: 'PAIRED_PART', required: university },
  ]);
  const stranger = as('CountyAdmin', { regionCode: '140106' });
  expect((await pair('2030-01-01', '2030-12-31', {}, stranger)).refusals).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);

  // The directory of pairings is public, whichever way it is asked.
  const asked = [
    '',
    `institutionId: "${university}"`,
    `schoolId: "${schoolId}"`,
    'regionCode: "140100"',
    `institutionId: "${university}", schoolId: "${schoolId}", regionCode: "140105"`,
  ];
  for (const filter of asked) {
    const args = [filter, 'first: 10'].filter((part) => part !== '').join(', ');
    const { data, errors } = await registry.ask(
      null,
      `{ pairings(${args}) { edges { node { id } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.pairings.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([
      first.pairing.id,
      next.pairing.id,
    ]);
  }
  const { data } = await registry.ask(
    null,
    '{ pairings(regionCode: "140106") { edges { node { id } } } }',
  );
  expect(data.pairings.edges).toEqual([]);
});

test('REG-18: two bureaus’ clerks who pair the same two at once do it once', async () => {
  const days = ['2031-01-01', '2031-12-31'] as const;
  const answers = await Promise.all([pair(...days), pair(...days), pair(...days)]);
  expect(answers.filter(({ pairing }) => pairing !== null)).toHaveLength(1);
});
