/** The subgraph as a client meets it, on a real MongoDB: what commands do, who sees what, what is told. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unguardedFields } from '@shixun/runtime';
import { service } from './app.ts';
import { as, city, county, RealRegistry } from './real-registry.example.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(async () => {
  await registry.close();
});

const scope = {
  levels: ['COUNTY'],
  stages: ['PRIMARY'],
  subjects: ['chinese'],
  modalities: ['BLENDED'],
  validFrom: '2026-09-01',
  validTo: '2027-08-31',
};

let schoolNumber = 0;
async function school(changes: Record<string, unknown> = {}, caller = county) {
  schoolNumber += 1;
  const input = {
    code: `2114${String(schoolNumber).padStart(6, '0')}`,
    name: '坞城街道第一小学',
    kind: 'PRIMARY',
    regionCode: '140105001',
    rural: false,
    ...changes,
  };
  return registry.command(
    caller,
    'registerSchool',
    input,
    'school { id kind sector centralSchool { id } }',
  );
}

async function qualifiedInstitution() {
  const { institution } = await registry.command(
    county,
    'registerInstitution',
    { name: '小店区教师发展中心', kind: 'DEVELOPMENT_CENTRE', regionCode: '140105', scope },
    'institution { id qualification { state validFrom nextMoves { move by } } }',
  );
  for (const verdict of ['TAKE_UP', 'GRANT']) await review(institution.id, verdict);
  return institution.id as string;
}

async function review(institutionId: string, verdict: string, reason?: string, caller = county) {
  return registry.command(
    caller,
    'reviewQualification',
    { institutionId, verdict, reason },
    'institution { qualification { state validTo } application { state levels } }',
  );
}

test('REG-01: every field and command of the subgraph has an access row', () => {
  expect(unguardedFields(service.schema, service.access)).toEqual([]);
});

describe('regions and rules', () => {
  test('REG-01: a region knows what is above and below it', async () => {
    const { data } = await registry.ask(
      null,
      `{ region(code: "140105") { name level parent { name parent { name } } children { code level } }
         regions { edges { node { code } } } none: region(code: "999999") { code } }`,
    );
    expect(data.region).toEqual({
      name: '小店区',
      level: 'COUNTY',
      parent: { name: '太原市', parent: { name: '山西省' } },
      children: ['140105001', '140105200', '140105201'].map((code) => ({
        code,
        level: 'TOWNSHIP',
      })),
    });
    expect(data.regions.edges).toEqual([{ node: { code: '140000' } }]);
    expect(data.none).toBeNull();
  });

  test('GOV-01: the catalogue is there by area and by number', async () => {
    const { data } = await registry.ask(
      null,
      '{ rules(area: REG) { number area effects } rule(number: "REG-04") { titleZh source effects } }',
    );
    expect(data.rules).toHaveLength(18);
    expect(data.rules[0]).toEqual({ number: 'REG-01', area: 'REG', effects: ['FEATURE'] });
    expect(data.rule).toMatchObject({ source: 'M16-2 二2', effects: ['BLOCK'] });
  });
});

describe('schools', () => {
  test('REG-04: a teaching point under the central school of its township; elsewhere it is refused', async () => {
    const central = await school({ kind: 'CENTRAL', regionCode: '140105201' });
    const centralSchoolId = central.school.id;
    const point = { kind: 'TEACHING_POINT', centralSchoolId };
    expect(await school({ ...point, regionCode: '140105201' })).toMatchObject({
      school: { kind: 'TEACHING_POINT', centralSchool: { id: centralSchoolId } },
      refusals: [],
    });
    expect(await school({ ...point, regionCode: '140105200' })).toEqual({
      school: null,
      refusals: [
        {
          rule: 'REG-04',
          code: 'CENTRAL_SCHOOL_ELSEWHERE',
          path: ['centralSchoolId'],
          required: '140105200',
          actual: '140105201',
          policyVersion: null,
        },
      ],
    });
  });

  test('REG-01: another county’s bureau is told no more than that there is nothing', async () => {
    const stranger = as('CountyAdmin', { regionCode: '140106' });
    expect((await school({}, stranger)).refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('two schools with one code: the second is refused', async () => {
    await school({ code: '2114999999' });
    expect((await school({ code: '2114999999' })).refusals).toMatchObject([
      { code: 'SCHOOL_CODE_TAKEN', actual: '2114999999' },
    ]);
  });
});

describe('institutions', () => {
  test('REG-08: applied, reviewed, qualified; the directory shows it to everyone', async () => {
    const id = await qualifiedInstitution();
    const { data } = await registry.ask(
      null,
      `query ($id: ID!) {
        institution(id: $id) { qualification { state validFrom validTo nextMoves { move by } } }
        institutions(filter: { state: QUALIFIED, level: COUNTY }) { edges { node { id } } }
      }`,
      { id },
    );
    expect(data.institution.qualification).toMatchObject({
      state: 'QUALIFIED',
      validFrom: '2026-09-01',
      nextMoves: expect.arrayContaining([{ move: 'WARN', by: 'GRADES' }]),
    });
    expect(data.institutions.edges).toContainEqual({ node: { id } });
    const history = await registry.ask(
      county,
      'query ($id: ID!) { institution(id: $id) { moves { edges { node { move from to } } } } }',
      { id },
    );
    expect(
      history.data.institution.moves.edges.map((edge: { node: unknown }) => edge.node),
    ).toEqual([
      { move: 'APPLY', from: null, to: 'APPLIED' },
      { move: 'TAKE_UP', from: 'APPLIED', to: 'UNDER_REVIEW' },
      { move: 'GRANT', from: 'UNDER_REVIEW', to: 'QUALIFIED' },
    ]);
  });

  test('REG-08: a wider scope needs the higher bureau; what stands goes on standing until then', async () => {
    const institutionId = await qualifiedInstitution();
    const admin = as('InstitutionAdmin', { institutionId });
    const wider = { ...scope, levels: ['COUNTY', 'CITY'] };
    const asked = await registry.command(
      admin,
      'applyForQualification',
      { institutionId, scope: wider },
      'institution { qualification { levels } application { levels } }',
    );
    expect(asked.institution).toEqual({
      qualification: { levels: ['COUNTY'] },
      application: { levels: ['COUNTY', 'CITY'] },
    });
    expect((await review(institutionId, 'TAKE_UP')).refusals).toMatchObject([
      { rule: 'REG-08', code: 'REVIEWER_LEVEL', required: 'city', actual: 'county' },
    ]);
    await review(institutionId, 'TAKE_UP', undefined, city);
    expect((await review(institutionId, 'GRANT', undefined, city)).institution).toMatchObject({
      qualification: { state: 'QUALIFIED' },
      application: null,
    });
  });

  test('REG-08: after the last day it shows as expired', async () => {
    const id = await qualifiedInstitution();
    const before = registry.now;
    const source = 'query ($id: ID!) { institution(id: $id) { qualification { state } } }';
    const stateAt = async (instant: string) => {
      registry.now = new Date(instant);
      return (await registry.ask(null, source, { id })).data.institution.qualification.state;
    };
    expect(await stateAt('2027-08-31T15:59:59Z')).toBe('QUALIFIED');
    expect(await stateAt('2027-08-31T16:00:00Z')).toBe('EXPIRED');
    registry.now = before;
  });

  test('REG-09: C once changes nothing; C twice, in one group or two, is told with both grades', async () => {
    for (const groups of [[['C', 'C']], [['C'], ['C']]]) {
      const id = await qualifiedInstitution();
      let n = 0;
      for (const group of groups) {
        await registry.hearGrades(
          id,
          group.map((grade) => [`grd_${id}_${++n}`, grade] as const),
        );
      }
      const told = await registry.told('registry.qualification.moved.v1');
      expect(told.filter((data) => data.institutionId === id).at(-1)).toMatchObject({
        from: 'qualified',
        to: 'probation',
        gradeIds: [`grd_${id}_1`, `grd_${id}_2`],
      });
      const states = (await registry.told('registry.institution.recorded.v1'))
        .filter((data) => data.institutionId === id)
        .map((data) => (data.qualification as { state: string }).state);
      expect(states).toEqual(['applied', 'under_review', 'qualified', 'probation']);
    }
  });

  test('REG-09: probation, then C suspends; the history and the audit name the results', async () => {
    const id = await qualifiedInstitution();
    await registry.hearGrades(id, [
      ['grd_p1', 'D'],
      ['grd_p2', 'C'],
    ]);
    const { data } = await registry.ask(
      county,
      `query ($id: ID!) { institution(id: $id) { qualification { state }
         moves(first: 5) { edges { node { move to gradeIds } } } } }`,
      { id },
    );
    expect(data.institution.qualification.state).toBe('SUSPENDED');
    const moves = data.institution.moves.edges.map((edge: { node: unknown }) => edge.node);
    expect(moves.slice(-2)).toEqual([
      { move: 'WARN', to: 'PROBATION', gradeIds: ['grd_p1'] },
      { move: 'SUSPEND', to: 'SUSPENDED', gradeIds: ['grd_p2'] },
    ]);
    const audited = (await registry.audited()).filter(({ actor }) => actor === 'event:evt_grd_p2');
    expect(audited).toMatchObject([{ stream: id, command: 'moveQualification' }]);
  });

  test('REG-09: A twice renews without an application', async () => {
    const id = await qualifiedInstitution();
    await registry.hearGrades(id, [
      ['grd_a1', 'A'],
      ['grd_a2', 'A'],
    ]);
    const told = await registry.told('registry.institution.recorded.v1');
    expect(told.filter((data) => data.institutionId === id).at(-1)).toMatchObject({
      qualification: { state: 'qualified', validTo: '2028-08-30' },
    });
  });

  test('REG-09: a grade of an institution that nobody knows is refused, not swallowed', async () => {
    await expect(registry.hearGrades('ins_nobody', [['grd_x', 'A']])).rejects.toThrow('ins_nobody');
  });
});

describe('policies', () => {
  test('preparing twice publishes nothing twice', async () => {
    await service.prepare?.(registry.room);
    const told = await registry.told('registry.policy.published.v1');
    expect(told.filter(({ versionId }) => versionId === 'national@1')).toHaveLength(1);
  });
});
