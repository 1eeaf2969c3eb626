/** Places and organisations over time, through the graph on a real MongoDB. [REG-01, REG-03, REG-14, REG-15] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { as, city, county, province, type RealRegistry } from './real-registry.example.ts';
import { RealSchools } from './real-schools.example.ts';
import { moveSchoolsOnce, moveStaffOnce } from './schools/commands-moves.ts';

let schools: RealSchools;
let registry: RealRegistry;
beforeAll(async () => {
  schools = await RealSchools.open();
  ({ registry } = schools);
});
afterAll(() => registry.close());

const school: RealSchools['school'] = (...asked) => schools.school(...asked);
const teacher: RealSchools['teacher'] = (...asked) => schools.teacher(...asked);
const untilDone: RealSchools['untilDone'] = (once) => schools.untilDone(once);
const ask: RealSchools['ask'] = (...asked) => schools.ask(...asked);

test('REG-14: communities follow from the registry: workshop, school, area, county', async () => {
  const at = await school('140105001');
  const id = await teacher(at);
  const area = { countyCode: '140105', name: '南片区', schoolIds: [at] };
  const made = await registry.command(county, 'setArea', area, 'community { id }');
  const shop = {
    name: '语文坊',
    hostTeacherId: id,
    subject: 'chinese',
    stage: 'JUNIOR',
    regionCode: '140105',
    schoolId: at,
  };
  await registry.command(county, 'openWorkshop', shop, 'community { id }');
  const { community } = await ask(`{ community(kind: PERSONAL_SPACE, id: "${id}") {
    above { kind name above { kind id above { kind id } } } } }`);
  expect(community.above).toMatchObject([
    { kind: 'WORKSHOP', name: '语文坊', above: [{ kind: 'SCHOOL', id: at }] },
    { kind: 'SCHOOL', above: [{ kind: 'AREA', above: [{ kind: 'REGION', id: '140105' }] }] },
  ]);
  const membersOf = async () => {
    const found = await ask(
      `{ community(kind: AREA, id: "${made.community.id}") { members { edges { node { id } } } below { edges { node { id } } } } }`,
    );
    expect(found.community.below.edges).toEqual([{ node: { id: at } }]);
    return found.community.members.edges;
  };
  expect(await membersOf()).toEqual([{ node: { id } }]);
  const leave = { teacherId: id, status: 'RETIRED', effectiveOn: '2026-09-01' };
  await registry.command(county, 'endService', leave, 'teacher { id }');
  expect(await membersOf()).toEqual([]);
});

test('REG-15, REG-03: a county names its centre and its monitor; both answer on a date', async () => {
  const scope = {
    levels: ['COUNTY'],
    stages: ['JUNIOR'],
    subjects: ['chinese'],
    modalities: ['BLENDED'],
    validFrom: '2026-09-01',
    validTo: '2029-08-31',
  };
  const input = {
    name: '迎泽教师发展中心',
    kind: 'DEVELOPMENT_CENTRE',
    regionCode: '140105',
    scope,
  };
  const { institution } = await registry.command(
    county,
    'registerInstitution',
    input,
    'institution { id }',
  );
  const centre = {
    countyCode: '140105',
    institutionId: institution.id,
    from: '2026-09-01',
    formerBodies: [{ name: '教师进修学校', mergedOn: '2026-09-01' }],
  };
  const named = await registry.command(
    county,
    'designateCentre',
    centre,
    'centre { formerBodies { name } }',
  );
  expect(named).toEqual({ centre: { formerBodies: [{ name: '教师进修学校' }] }, refusals: [] });
  const monitor = { regionCode: '140105', monitorName: '质量监控中心', from: '2026-09-01' };
  expect(
    (await registry.command(city, 'designateMonitor', monitor, 'monitor { name }')).refusals,
  ).toMatchObject([{ code: 'MONITOR_OF_OTHER_BUREAU' }]);
  await registry.command(county, 'designateMonitor', monitor, 'monitor { name }');
  const on = (date: string) =>
    ask(
      `{ region(code: "140105") { qualityMonitor(on: "${date}") { name } developmentCentre(on: "${date}") { institution { id } } } }`,
    );
  expect((await on('2026-08-31')).region).toEqual({
    qualityMonitor: null,
    developmentCentre: null,
  });
  expect((await on('2026-09-01')).region).toEqual({
    qualityMonitor: { name: '质量监控中心' },
    developmentCentre: { institution: { id: institution.id } },
  });
});

test('REG-01: the schools and people of a merged county follow, and its code resolves on either side of the day', async () => {
  const at = await school('140106001', 'JUNIOR', city);
  const place = { name: '迎泽进修学院', kind: 'UNIVERSITY', regionCode: '140106' };
  const scope = {
    levels: ['COUNTY'],
    stages: ['JUNIOR'],
    subjects: ['chinese'],
    modalities: ['BLENDED'],
    validFrom: '2026-09-01',
    validTo: '2029-08-31',
  };
  const { institution } = await registry.command(
    city,
    'registerInstitution',
    { ...place, scope },
    'institution { id }',
  );
  const ofCounty = as('CountyAdmin', { regionCode: '140106' });
  const area = { countyCode: '140106', name: '北片区', schoolIds: [at] };
  const { community } = await registry.command(ofCounty, 'setArea', area, 'community { id }');
  const monitor = { regionCode: '140106', monitorName: '迎泽质量监控', from: '2026-01-01' };
  await registry.command(ofCounty, 'designateMonitor', monitor, 'monitor { name }');
  const changes = [
    { code: '140106', successors: [{ code: '140105', name: '小店区' }] },
    { code: '140106001', successors: [{ code: '140105300', name: '柳巷街道' }] },
  ];
  const input = {
    provinceCode: '140000',
    effectiveOn: '2026-09-01',
    basis: '试行〔2026〕1号',
    changes,
  };
  const changed = await registry.command(
    province,
    'changeRegions',
    input,
    'regions { code abolishedOn }',
  );
  expect(changed.refusals).toEqual([]);
  await untilDone(moveSchoolsOnce);
  await untilDone(moveStaffOnce);
  const {
    old,
    before,
    school: moved,
  } = await ask(`{
    before: regionOn(code: "140106", date: "2026-08-31") { version { name } successors { code } }
    old: regionOn(code: "140106", date: "2026-09-01") { version { name } successors { code name } }
    school(id: "${at}") { region { code } on(date: "2026-08-31") { regionCode } } }`);
  expect(before).toEqual({ version: { name: '迎泽区' }, successors: [] });
  expect(old).toEqual({ version: null, successors: [{ code: '140105', name: '小店区' }] });
  expect(moved).toEqual({ region: { code: '140105300' }, on: { regionCode: '140106001' } });
  const follows = await ask(`{
    institution(id: "${institution.id}") { region { code } }
    community(kind: AREA, id: "${community.id}") { above { id } }
    old: region(code: "140106") { qualityMonitor(on: "2026-08-31") { name } gone: qualityMonitor(on: "2026-09-01") { name } }
    region(code: "140105") { qualityMonitor(on: "2026-09-01") { name } } }`);
  expect(follows).toEqual({
    institution: { region: { code: '140105' } },
    community: { above: [{ id: '140105' }] },
    old: { qualityMonitor: { name: '迎泽质量监控' }, gone: null },
    // The successor has named a body of its own: that one stays.
    region: { qualityMonitor: { name: '质量监控中心' } },
  });
});

test('REG-01: a region that is divided moves nothing by itself; its superior is told to assign what is there', async () => {
  const at = await school('140105201');
  const successors = [
    { code: '140105301', name: '甲镇' },
    { code: '140105302', name: '乙镇' },
  ];
  const input = {
    provinceCode: '140000',
    effectiveOn: '2026-09-01',
    basis: '试行〔2026〕2号',
    changes: [{ code: '140105201', successors }],
  };
  const changed = await registry.command(province, 'changeRegions', input, 'regions { code }');
  expect(changed.refusals).toEqual([]);
  await untilDone(moveSchoolsOnce);
  expect((await ask(`{ school(id: "${at}") { region { code } } }`)).school).toEqual({
    region: { code: '140105201' },
  });
  const notices = await registry.told('registry.notice.requested.v1');
  expect(notices).toContainEqual(
    expect.objectContaining({
      code: 'REGION_DIVIDED',
      subject: '140105201',
      recipientKind: 'region',
      recipientId: '140105',
    }),
  );
});
