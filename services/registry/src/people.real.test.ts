/** People and organisations over time, through the graph on a real MongoDB. [REG-01, REG-04, REG-05, REG-07, REG-14, REG-16] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runUnit } from '@shixun/runtime';
import { turnSchoolYearOnce } from './assignments/commands.ts';
import { findDuplicatesOnce } from './identities/commands-find.ts';
import { as, city, county, province, RealRegistry } from './real-registry.example.ts';
import { moveSchoolsOnce, moveStaffOnce } from './schools/commands-moves.ts';
import { checkDigit } from './teachers/identity-number.ts';

let registry: RealRegistry;
let codes = 0;
let people = 0;

beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(() => registry.close());

async function school(regionCode: string, kind = 'JUNIOR', caller = county) {
  codes += 1;
  const code = `${kind === 'CENTRAL' ? 21 : 31}14${String(codes).padStart(6, '0')}`;
  const input = { code, name: `学校${codes}`, kind, regionCode, rural: false };
  return (await registry.command(caller, 'registerSchool', input, 'school { id }')).school
    .id as string;
}

async function teacher(schoolId: string, changes: Record<string, unknown> = {}) {
  people += 1;
  const first17 = `14000019900101${String(people).padStart(3, '0')}`;
  const input = {
    name: `教师${people}`,
    identityNumber: first17 + checkDigit(first17),
    schoolId,
    since: '2020-09-01',
    stage: 'JUNIOR',
    subjects: ['chinese'],
    careerStage: 'YOUNG',
    ...changes,
  };
  return (await registry.command(county, 'registerTeacher', input, 'teacher { id }')).teacher
    .id as string;
}

async function untilDone(once: (unit: never) => Promise<boolean>) {
  const step = () => runUnit(registry.db, (unit) => once(unit as never), registry.room.run);
  for (let times = 0; times < 50; times += 1) if (!(await step())) return;
  throw new Error('it does not end');
}

async function ask(source: string, caller = county) {
  const { data, errors } = await registry.ask(caller, source);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

test('REG-05: the people of a merged school follow it, and both schools know who was where on either side of the day', async () => {
  const from = await school('140105001');
  const into = await school('140105201');
  const id = await teacher(from);
  const input = { schoolIds: [from], intoSchoolId: into, effectiveOn: '2026-09-01' };
  const merged = await registry.command(
    county,
    'mergeSchools',
    input,
    'schools { state successors { id } }',
  );
  expect(merged).toEqual({
    schools: [{ state: 'MERGED', successors: [{ id: into }] }],
    refusals: [],
  });
  await untilDone(moveStaffOnce as never);
  const on = (date: string) =>
    ask(`{ teacher(id: "${id}") { employments(on: "${date}") { school { id } } }
      from: schoolStaffOn(schoolId: "${from}", date: "${date}") { edges { node { teacher { id } } } }
      into: schoolStaffOn(schoolId: "${into}", date: "${date}") { edges { node { teacher { id } } } } }`);
  const staff = [{ node: { teacher: { id } } }];
  expect(await on('2026-08-31')).toEqual({
    teacher: { employments: [{ school: { id: from } }] },
    from: { edges: staff },
    into: { edges: [] },
  });
  expect(await on('2026-09-01')).toEqual({
    teacher: { employments: [{ school: { id: into } }] },
    from: { edges: [] },
    into: { edges: staff },
  });
  const told = await registry.told('registry.school.reorganized.v1');
  expect(told).toMatchObject([{ schoolId: from, kind: 'merged', successorIds: [into] }]);
  const { school: shown } = await ask(
    `{ school(id: "${from}") { on(date: "2026-08-31") { state } history { state to } } }`,
  );
  expect(shown).toEqual({
    on: { state: 'OPEN' },
    history: [
      { state: 'OPEN', to: '2026-09-01' },
      { state: 'MERGED', to: null },
    ],
  });
});

test('REG-05: who leaves and comes back has a gap on record', async () => {
  const here = await school('140105001');
  const id = await teacher(here);
  const leave = { teacherId: id, status: 'LEFT', effectiveOn: '2026-03-01' };
  expect(
    (await registry.command(county, 'endService', leave, 'teacher { status }')).teacher,
  ).toEqual({ status: 'LEFT' });
  const back = { teacherId: id, toSchoolId: here, effectiveOn: '2026-09-01' };
  const fields = 'teacher { status employments(on: "2026-06-01") { from } postings { from to } }';
  expect((await registry.command(county, 'returnTeacher', back, fields)).teacher).toEqual({
    status: 'ACTIVE',
    employments: [],
    postings: [
      { from: '2020-09-01', to: '2026-03-01' },
      { from: '2026-09-01', to: null },
    ],
  });
});

test('REG-16: probable duplicates are found, merged, read by the old id for ever, and unmerged', async () => {
  const [one, other] = [await school('140105001'), await school('140106001', 'JUNIOR', city)];
  const name = '同名同生';
  const survivor = await teacher(one, { name });
  const elsewhere = { name, schoolId: other };
  people += 1;
  const first17 = `14000019900101${String(people).padStart(3, '0')}`;
  const identityNumber = first17 + checkDigit(first17);
  const input = {
    ...elsewhere,
    identityNumber,
    since: '2020-09-01',
    stage: 'JUNIOR',
    subjects: ['chinese'],
    careerStage: 'YOUNG',
  };
  const { teacher: second } = await registry.command(
    city,
    'registerTeacher',
    input,
    'teacher { id }',
  );
  await untilDone(findDuplicatesOnce as never);
  const list = `{ probableDuplicates { edges { node { likeness region { code } teacher { id } other { id } } } } }`;
  const ids = [survivor, second.id].toSorted();
  expect((await ask(list, city)).probableDuplicates.edges).toEqual([
    {
      node: {
        likeness: ['BIRTH_DATE'],
        region: { code: '140100' },
        teacher: { id: ids[0] },
        other: { id: ids[1] },
      },
    },
  ]);
  // A pair of two counties is the city's business.
  expect((await ask(list)).probableDuplicates.edges).toEqual([]);
  const merge = { teacherId: second.id, survivorId: survivor, reason: '身份证号登记有误' };
  const refused = await registry.command(
    county,
    'mergeTeachers',
    { ...merge, teacherId: survivor, survivorId: second.id },
    'survivor { id }',
  );
  expect(refused.refusals).toMatchObject([{ code: 'MERGE_OUT_OF_AREA' }]);
  await registry.command(city, 'mergeTeachers', merge, 'survivor { id }');
  const byOldId = `{ teacher(id: "${second.id}") { id redirectedFrom status employments { from } } }`;
  expect((await ask(byOldId)).teacher).toEqual({
    id: survivor,
    redirectedFrom: second.id,
    status: 'ACTIVE',
    employments: [{ from: '2020-09-01' }, { from: '2020-09-01' }],
  });
  const entity = `{ _entities(representations: [{ __typename: "Teacher", id: "${second.id}" }]) { ... on Teacher { id redirectedFrom } } }`;
  expect((await ask(entity))._entities).toEqual([{ id: survivor, redirectedFrom: second.id }]);
  // The person's own token still bears the old id.
  const me = await ask('{ me { id phoneMasked } }', as('Teacher', { personId: second.id }));
  expect(me.me).toEqual({ id: survivor, phoneMasked: null });
  expect(await registry.told('registry.teacher.merged.v1')).toEqual([
    { teacherId: second.id, survivorId: survivor },
  ]);
  expect((await ask(list, city)).probableDuplicates.edges).toEqual([]);
  const unmerge = { teacherId: second.id, reason: '确认为两人' };
  await registry.command(city, 'unmergeTeacher', unmerge, 'teacher { id }');
  expect((await ask(byOldId, city)).teacher).toMatchObject({ id: second.id, redirectedFrom: null });
  expect(await registry.told('registry.teacher.unmerged.v1')).toHaveLength(1);
});

test('REG-07: a graduating class is told when assigned, and is over on 1 September', async () => {
  const id = await teacher(await school('140105001'));
  const assignments = [{ subject: 'chinese', grade: 9, weeklyHours: 12 }];
  const input = { teacherId: id, schoolYear: 2026, assignments };
  const fields =
    'teacher { graduatingClass teachingAssignments(schoolYear: 2026) { grade graduatingClass } }';
  expect(await registry.command(county, 'assignTeaching', input, fields)).toMatchObject({
    teacher: {
      graduatingClass: true,
      teachingAssignments: [{ grade: 9, graduatingClass: true }],
    },
  });
  const flagOf = async () =>
    (await registry.told('registry.teacher.recorded.v1')).findLast((each) => each.teacherId === id)
      ?.graduatingClass;
  expect(await flagOf()).toBe(true);
  const now = registry.now;
  registry.now = new Date('2027-08-31T15:59:00.000Z');
  await untilDone(turnSchoolYearOnce as never);
  expect(await flagOf()).toBe(true);
  registry.now = new Date('2027-08-31T16:00:00.000Z');
  await untilDone(turnSchoolYearOnce as never);
  expect(await flagOf()).toBe(false);
  registry.now = now;
});

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
  await untilDone(moveSchoolsOnce as never);
  await untilDone(moveStaffOnce as never);
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
  await untilDone(moveSchoolsOnce as never);
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
