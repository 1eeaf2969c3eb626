/** People over time, through the graph on a real MongoDB. [REG-04, REG-05, REG-07, REG-16] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { turnSchoolYearOnce } from './assignments/commands.ts';
import { findDuplicatesOnce } from './identities/commands-find.ts';
import { as, city, county, type RealRegistry } from './real-registry.example.ts';
import { RealSchools } from './real-schools.example.ts';
import { moveStaffOnce } from './schools/commands-moves.ts';

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
  await untilDone(moveStaffOnce);
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
  const second = { id: await teacher(other, { name }, city) };
  await untilDone(findDuplicatesOnce);
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
  await untilDone(turnSchoolYearOnce);
  expect(await flagOf()).toBe(true);
  registry.now = new Date('2027-08-31T16:00:00.000Z');
  await untilDone(turnSchoolYearOnce);
  expect(await flagOf()).toBe(false);
  registry.now = now;
});

test('REG-16: what is asked of the id of a merged record is done to the one that stands', async () => {
  const [from, to] = [await school('140105001'), await school('140105201')];
  const [gone, stays] = [await teacher(from), await teacher(from)];
  const merge = { teacherId: gone, survivorId: stays, reason: '同一人的两份档案' };
  await registry.command(county, 'mergeTeachers', merge, 'survivor { id }');
  const move = { teacherId: gone, toSchoolId: to, effectiveOn: '2026-08-01' };
  const moved = { teacher: { id: stays, school: { id: to } }, refusals: [] };
  const fields = 'teacher { id school { id } }';
  expect(await registry.command(county, 'transferTeacher', move, fields)).toEqual(moved);
  const lessons = [{ subject: 'chinese', grade: 8, weeklyHours: 12 }];
  const year = { teacherId: gone, schoolYear: 2026, assignments: lessons };
  const assigned = 'teacher { id teachingAssignments(schoolYear: 2026) { grade } }';
  expect(await registry.command(county, 'assignTeaching', year, assigned)).toMatchObject({
    teacher: { id: stays, teachingAssignments: [{ grade: 8 }] },
  });
  const none = { ...year, assignments: [] };
  expect(await registry.command(county, 'assignTeaching', none, assigned)).toMatchObject({
    teacher: { id: stays, teachingAssignments: [] },
  });
  const end = { teacherId: gone, status: 'LEFT', effectiveOn: '2026-09-01' };
  const ended = await registry.command(county, 'endService', end, 'teacher { id status }');
  expect(ended).toEqual({ teacher: { id: stays, status: 'LEFT' }, refusals: [] });
});
