/** The menu, the draw, dispatch and guidance through the graph on a real MongoDB. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { completions } from '../completion/store.ts';
import { runDrawsChore } from '../draws/commands-run.ts';
import { drawPlaces } from '../draws/draw.ts';
import { commitmentOf, lotOf, pseudonymOf } from '../draws/sealing.ts';
import { draws } from '../draws/store.ts';
import { lapseSchoolQuestionsChore } from '../enrollment/commands-school.ts';
import { exampleFacts } from '../enrollment/enrollment.example.ts';
import { enrollments, seatRows } from '../enrollment/store.ts';
import { institutionGrades } from '../projections/institution-grades.ts';
import { hearRegions } from '../projections/regions.example.ts';
import { schools } from '../projections/schools.ts';
import { teachers } from '../projections/teachers.ts';
import type { ProjectRow } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { staffRows } from '../supply/store.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env['MONGODB_URI']);
  await hearRegions(courses);
  await courses.db
    .model(schools)
    .collection.insertMany(
      ['sch_1', 'sch_2', 'sch_small'].map((_id) => ({ _id, regionCode: '140105' })) as never[],
    );
  await courses.db.model(staffRows).create({ _id: 'sch_small', staff: 10 });
  await courses.db.model(institutionGrades).create({
    _id: 'ins_best',
    gradeId: 'grd_1',
    grade: 'A',
    publishedAt: '2026-01-01T00:00:00Z',
  });
});
afterAll(() => courses.close());

const bureau: Caller = { subject: 'b', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };
const head = (schoolId: string): Caller => ({
  subject: `h_${schoolId}`,
  grants: [{ role: 'SchoolAdmin', schoolId }],
});
const as = (teacherId: string): Caller => ({ subject: teacherId, grants: [{ role: 'Teacher' }] });

let number = 0;
async function addTeacher(change: object = {}): Promise<string> {
  number += 1;
  const { teacherId: _, ...teacher } = exampleFacts.teacher;
  const _id = `tch_menu_${number}`;
  const row = { ...teacher, sector: 'basic', mergedInto: null, ...change, _id };
  await courses.db.model(teachers).collection.insertOne(row as never);
  return _id;
}

const audience = { ...exampleFacts.trainingClass.audience, careerStages: [] };
const session = (date: string) => ({
  _id: `ses_${date}_${Math.random()}`,
  moduleId: 'mod_1',
  date,
  startMinute: 540,
  minutes: 180,
  place: '',
  trainerId: 'trn_1',
  required: true,
});

const opensAt = '2026-03-01T00:00:00.000Z';
const closesAt = '2026-03-08T00:00:00.000Z';

async function openMenu(input: object = {}): Promise<string> {
  const { menu, refusals } = await courses.give<{ menu: { id: string } }>(
    bureau,
    'openMenu',
    { title: '春季选学', regionCode: '140105', opensAt, closesAt, ...input },
    'menu { id byDraw staggers { opensAt } }',
  );
  expect(refusals).toEqual([]);
  return menu.id;
}

let content = 0;
async function addClass(
  change: Parameters<RealCourses['addClass']>[1] = {},
  project: Partial<ProjectRow> = {},
): Promise<string> {
  content += 1;
  const row = await courses.addProject({
    title: '小学语文整本书阅读',
    ownerRegionCode: '140105',
    audience,
    contentCode: `content_${content}`,
    year: 2026,
    startsOn: '2026-04-13',
    endsOn: '2026-04-14',
    channel: 'self_selected',
    ...project,
  });
  return courses.addClass(row, { place: '太原', hoursCenti: 900, ...change });
}

async function put(menuId: string, classId: string): Promise<string> {
  const { menuItem, refusals } = await courses.give<{ menuItem: { id: string } }>(
    bureau,
    'putOnMenu',
    { menuId, classId },
    'menuItem { id }',
  );
  expect(refusals).toEqual([]);
  return menuItem.id;
}

type Enrolled = { enrollment: { id: string; state: string; schoolQuestion: string | null } | null };
const enroll = (teacherId: string, menuItemId: string, waitlist = true) =>
  courses.give<Enrolled>(
    as(teacherId),
    'enrollTeacher',
    { menuItemId, teacherId, waitlist },
    'enrollment { id state schoolQuestion respondBy }',
  );
const codesOf = ({ refusals }: { refusals: readonly { code: string }[] }) =>
  refusals.map(({ code }) => code);

async function search(teacherId: string, filter: string, order = 'SOONEST_CLOSING') {
  const data = await courses.ask<{
    menuItems: { edges: { node: Record<string, unknown> & { id: string } }[] };
  }>(
    as(teacherId),
    `{ menuItems(filter: { ${filter} }, order: ${order}) { edges { node {
      id rating distance placesLeft openToMe opensAt
      obstacles { refusal { code rule } remedyZh remedyEn remedyCommand } } } } }`,
  );
  return data.menuItems.edges.map(({ node }) => node);
}

describe('CRS-40: what a teacher asks at eight', () => {
  test('CRS-40: words, facets, order, rating, distance, and for what is closed every reason with its remedy', async () => {
    courses.now = new Date(opensAt);
    const menu = await openMenu();
    const plain = await put(menu, await addClass({}, { title: '班主任工作坊' }));
    const best = await put(
      menu,
      await addClass({}, { title: '数学建模', institutionId: 'ins_best' }),
    );
    const closed = await put(
      menu,
      await addClass(
        { state: 'published', capacity: 0 },
        { title: '音乐欣赏', audience: { ...audience, stages: ['junior'] } },
      ),
    );
    const teacher = await addTeacher();
    expect((await search(teacher, 'text: "主任"')).map(({ id }) => id)).toEqual([plain]);
    expect((await search(teacher, 'ratingAtLeast: B')).map(({ id }) => id)).toEqual([best]);
    expect((await search(teacher, '', 'BEST_RATED'))[0]).toMatchObject({
      id: best,
      rating: 'A',
      distance: 'COUNTY',
      placesLeft: 40,
      openToMe: true,
      obstacles: [],
    });
    expect(await search(teacher, 'opensFrom: "2026-04-14"')).toEqual([]);
    const [shut] = await search(teacher, 'text: "音乐"');
    expect(shut).toMatchObject({ id: closed, openToMe: false });
    expect(shut?.['obstacles']).toMatchObject([
      { refusal: { code: 'CLASS_NOT_OPEN' } },
      { refusal: { code: 'AUDIENCE_MISMATCH' }, remedyCommand: 'requestCorrection' },
      { refusal: { code: 'CLASS_FULL' }, remedyCommand: 'enrollTeacher' },
    ]);
    const { menuFacets } = await courses.ask<{ menuFacets: Record<string, unknown> }>(
      as(teacher),
      `{ menuFacets { total complete months { value count } ratings { value count }
        distances { value count } institutions { value count } } }`,
    );
    expect(menuFacets).toMatchObject({
      total: 3,
      complete: true,
      months: [{ value: '2026-04', count: 3 }],
      ratings: [
        { value: 'NONE', count: 2 },
        { value: 'A', count: 1 },
      ],
      distances: [{ value: 'COUNTY', count: 3 }],
    });
  });
});

describe('CRS-46: the opening minute', () => {
  test('CRS-46: a staggered menu opens for a stage at its own instant and names it before', async () => {
    const later = '2026-03-02T00:00:00.000Z';
    const menu = await openMenu({ staggers: [{ stage: 'PRIMARY', opensAt: later }] });
    const item = await put(menu, await addClass());
    const teacher = await addTeacher();
    courses.now = new Date('2026-03-01T23:59:59.999Z');
    const early = await enroll(teacher, item);
    expect(early.refusals).toMatchObject([
      { code: 'WINDOW_NOT_YET_OPEN', rule: 'CRS-46', required: later },
    ]);
    courses.now = new Date(later);
    expect((await enroll(teacher, item)).enrollment?.state).toBe('CONFIRMED');
    courses.now = new Date(opensAt);
  });

  /** Whatever lies anywhere in the database and is the seed that the draw has promised: as text, or as its bytes. */
  async function seedsInDatabase(drawId: string): Promise<readonly string[]> {
    const { db } = courses.db.connection;
    const promised = (await courses.db.model(draws).findById(drawId).lean())?.commitment;
    const found = new Set<string>();
    for (const { name } of (await db?.listCollections().toArray()) ?? []) {
      for (const row of (await db?.collection(name).find().toArray()) ?? []) {
        const text = JSON.stringify(row);
        for (const [hex] of text.matchAll(/[0-9a-f]{64}/g)) found.add(hex);
        for (const [word] of text.matchAll(/[\w+/-]{43}=?/g)) {
          found.add(Buffer.from(word, 'base64').toString('hex'));
        }
      }
    }
    return [...found].filter((seed) => commitmentOf(seed) === promised);
  }

  test('CRS-46: a draw gives places within quotas, makes the rest the waitlist, and anyone can redo it', async () => {
    const menu = await openMenu({ byDraw: true });
    const classId = await addClass({
      capacity: 3,
      quotas: [{ regionCode: null, schoolId: 'sch_1', places: 2 }],
    });
    const item = await put(menu, classId);
    const people = [
      ...(await Promise.all(Array.from({ length: 4 }, () => addTeacher()))),
      ...(await Promise.all(Array.from({ length: 3 }, () => addTeacher({ schoolId: 'sch_2' })))),
    ];
    const [first = ''] = people;
    expect(codesOf(await enroll(first, item))).toEqual(['BY_DRAW']);
    let drawId = '';
    for (const teacherId of people) {
      const applied = await courses.give<{ draw: { id: string; seed: null; commitment: string } }>(
        as(teacherId),
        'applyForDraw',
        { menuItemId: item, teacherId },
        'draw { id seed commitment applicantsCount }',
      );
      expect(applied.refusals).toEqual([]);
      expect(applied.draw.seed).toBeNull();
      drawId = applied.draw.id;
    }
    const again = { menuItemId: item, teacherId: first };
    expect(codesOf(await courses.give(as(first), 'applyForDraw', again, 'draw { id }'))).toEqual([
      'APPLIED_ALREADY',
    ]);
    courses.now = new Date(Date.parse(closesAt) - 1);
    await courses.runChore(runDrawsChore);
    expect(await courses.db.model(enrollments).countDocuments({ classId })).toBe(0);
    expect(await seedsInDatabase(drawId)).toEqual([]);
    courses.now = new Date(closesAt);
    await courses.runChore(runDrawsChore);
    await courses.runChore(runDrawsChore);
    type Lot = { pseudonym: string; bucket: string; rank: number; outcome: string };
    const { draw } = await courses.ask<{
      draw: {
        seed: string;
        commitment: string;
        capacity: number;
        taken: number;
        quotas: { regionCode: null; schoolId: string; places: number; taken: number }[];
        lots: { edges: { node: Lot }[] };
      };
    }>(
      null,
      `{ draw(id: "${drawId}") { state seed commitment capacity taken
        quotas { regionCode schoolId places taken }
        lots(first: 100) { edges { node { pseudonym bucket rank outcome } } } } }`,
    );
    expect(commitmentOf(draw.seed)).toBe(draw.commitment);
    expect(await seedsInDatabase(drawId)).toContain(draw.seed);
    const lots = draw.lots.edges.map(({ node }) => node);
    expect(lots).toHaveLength(7);
    const redone = drawPlaces(
      {
        capacity: draw.capacity,
        quotas: draw.quotas,
        taken: draw.taken,
        takenByQuota: draw.quotas.map(({ taken }) => taken),
      },
      lots.map(({ pseudonym, bucket }) => ({
        pseudonym,
        bucket,
        lot: lotOf(draw.seed, pseudonym),
        excluded: false,
      })),
    );
    expect(redone.map((lot) => ({ ...lot, outcome: lot.outcome.toUpperCase() }))).toEqual(
      lots.map(({ bucket: _, ...lot }) => lot),
    );
    const rows = await courses.db.model(enrollments).find({ classId }).sort({ ticket: 1 }).lean();
    expect(rows.map(({ teacherId }) => pseudonymOf(drawId, teacherId))).toEqual(
      lots.map(({ pseudonym }) => pseudonym),
    );
    expect(rows.filter(({ state }) => state === 'confirmed')).toHaveLength(3);
    const ofSchool = rows.filter((row) => row.state === 'confirmed' && row.schoolId === 'sch_1');
    expect(ofSchool.length).toBeLessThanOrEqual(2);
    expect(await courses.db.model(seatRows).findById(classId).lean()).toMatchObject({
      taken: 3,
      waiting: 4,
    });
    courses.now = new Date(opensAt);
  });
});

describe('CRS-17, PLN-09: the school has its word', () => {
  test('CRS-17: a graduating class’s teacher and three days of term: held, confirmed by the school, lapsed without it', async () => {
    const item = await put(
      await openMenu(),
      await addClass({ capacity: 1, opensOn: '2026-04-13', closesOn: '2026-04-15' }),
    );
    const teacher = await addTeacher({ graduatingClass: true });
    const held = await enroll(teacher, item);
    expect(held.enrollment).toMatchObject({
      state: 'PENDING_SCHOOL',
      schoolQuestion: 'GRADUATING_CLASS',
      respondBy: '2026-03-03T00:00:00.000Z',
    });
    const other = await addTeacher({ schoolId: 'sch_2' });
    expect((await enroll(other, item)).enrollment?.state).toBe('WAITLISTED');
    const input = { enrollmentId: held.enrollment?.id, confirm: false };
    const answer = (caller: Caller, more: object = {}) =>
      courses.give<Enrolled>(
        caller,
        'answerForSchool',
        { ...input, ...more },
        'enrollment { id state }',
      );
    expect(codesOf(await answer(head('sch_2')))).toEqual(['NOT_FOUND']);
    expect(codesOf(await answer(head('sch_1')))).toEqual(['SCHOOL_GIVES_REASON']);
    const { schoolQuestions } = await courses.ask<{ schoolQuestions: { edges: unknown[] } }>(
      head('sch_1'),
      '{ schoolQuestions(schoolId: "sch_1") { edges { node { id } } } }',
    );
    expect(schoolQuestions.edges).toHaveLength(1);
    courses.now = new Date('2026-03-02T23:59:59.999Z');
    await courses.runChore(lapseSchoolQuestionsChore);
    const stateOf = async (id: string | undefined) =>
      (await courses.db.model(enrollments).findById(id).lean())?.state;
    expect(await stateOf(held.enrollment?.id)).toBe('pending_school');
    courses.now = new Date('2026-03-03T00:00:00.000Z');
    expect(codesOf(await answer(head('sch_1'), { confirm: true }))).toEqual(['SCHOOL_ANSWER_LATE']);
    await courses.runChore(lapseSchoolQuestionsChore);
    expect(await stateOf(held.enrollment?.id)).toBe('lapsed');
    const waiter = await courses.db.model(enrollments).findOne({ teacherId: other }).lean();
    expect(waiter?.state).toBe('offered');
    courses.now = new Date(opensAt);
  });

  test('PLN-09: of ten teachers the second away on a day is the school’s to confirm, even of one batch', async () => {
    const dates = {
      opensOn: '2026-07-13',
      closesOn: '2026-07-13',
      sessions: [session('2026-07-13')],
    };
    const item = await put(await openMenu(), await addClass(dates));
    const two = [
      await addTeacher({ schoolId: 'sch_small' }),
      await addTeacher({ schoolId: 'sch_small' }),
    ];
    const results = await Promise.all(two.map((teacherId) => enroll(teacherId, item)));
    const states = results.map(({ enrollment }) => enrollment?.state);
    expect(states.toSorted()).toEqual(['CONFIRMED', 'PENDING_SCHOOL']);
    const held = results.find(({ enrollment }) => enrollment?.state === 'PENDING_SCHOOL');
    expect(held?.enrollment?.schoolQuestion).toBe('STAFF_AWAY');
    const confirmed = await courses.give<Enrolled>(
      head('sch_small'),
      'answerForSchool',
      { enrollmentId: held?.enrollment?.id, confirm: true },
      'enrollment { state }',
    );
    expect(confirmed.enrollment?.state).toBe('CONFIRMED');
  });
});

describe('CRS-43: dispatch', () => {
  type Sent = { dispatch: { id: string; state: string; enrollment: { id: string } | null } | null };
  const give = (caller: Caller, name: string, input: object) =>
    courses.give<Sent>(
      caller,
      name,
      { ...input },
      'dispatch { id state cycleHours enrollment { id } }',
    );

  test('CRS-43: quota, nomination, confirmation, objection, and the substitute in the same place', async () => {
    const classId = await addClass(
      { capacity: 1, sessions: [session('2026-04-13')] },
      { channel: 'dispatched' },
    );
    const [one, two] = [await addTeacher(), await addTeacher()];
    const nominate = (teacherId: string, more: object = {}) =>
      give(head('sch_1'), 'nominateForDispatch', {
        classId,
        teacherId,
        reason: '学时不足',
        ...more,
      });
    expect(codesOf(await nominate(one))).toEqual(['NO_QUOTA']);
    const quotas = (places: number) =>
      courses.give(
        bureau,
        'setDispatchQuotas',
        { classId, quotas: [{ schoolId: 'sch_1', places }] },
        'trainingClass { dispatchQuotas { schoolId places } }',
      );
    expect(codesOf(await quotas(2))).toEqual(['MORE_THAN_DISPATCHED_PLACES']);
    expect(codesOf(await quotas(1))).toEqual([]);
    const dispatchId = (await nominate(one)).dispatch?.id;
    expect(codesOf(await nominate(two))).toEqual(['QUOTA_NOMINATED']);
    expect(codesOf(await quotas(0))).toEqual(['QUOTA_BELOW_NOMINATED']);
    const confirmed = await give(bureau, 'confirmDispatch', { dispatchId });
    expect(confirmed).toMatchObject({ refusals: [], dispatch: { state: 'CONFIRMED' } });
    expect(await courses.db.model(seatRows).findById(classId).lean()).toMatchObject({ taken: 1 });
    // CRS-41: a dispatch is a commitment.
    const clashing = await put(
      await openMenu(),
      await addClass({ sessions: [session('2026-04-13')] }),
    );
    expect(codesOf(await enroll(one, clashing))).toEqual(['TIME_CLASH']);

    expect(codesOf(await give(as(two), 'objectToDispatch', { dispatchId, reason: 'x' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codesOf(await nominate(two, { replacesId: dispatchId }))).toEqual([
      'NOTHING_TO_REPLACE',
    ]);
    await give(as(one), 'objectToDispatch', { dispatchId, reason: '家中有病人' });
    const substitute = await nominate(two, { replacesId: dispatchId });
    const alone = await give(bureau, 'confirmDispatch', { dispatchId: substitute.dispatch?.id });
    expect(codesOf(alone)).toEqual(['WAITS_FOR_OBJECTION', 'CLASS_FULL']);
    const upheld = await give(bureau, 'decideDispatchObjection', {
      dispatchId,
      upheld: true,
      reason: '情况属实',
    });
    expect(upheld).toMatchObject({ refusals: [], dispatch: { state: 'RELEASED' } });
    expect(await courses.db.model(seatRows).findById(classId).lean()).toMatchObject({ taken: 1 });
    const inside = await courses.db.model(enrollments).find({ classId, active: true }).lean();
    expect(inside.map(({ teacherId }) => teacherId)).toEqual([two]);
    const { dispatches } = await courses.ask<{ dispatches: { edges: { node: object }[] } }>(
      bureau,
      `{ dispatches(classId: "${classId}") { edges { node { state } } } }`,
    );
    expect(dispatches.edges.map(({ node }) => node)).toEqual([
      { state: 'RELEASED' },
      { state: 'CONFIRMED' },
    ]);
    const taken = await give(bureau, 'withdrawDispatch', {
      dispatchId: substitute.dispatch?.id,
      reason: '班级调整',
    });
    expect(taken.dispatch?.state).toBe('WITHDRAWN');
    expect(await courses.db.model(seatRows).findById(classId).lean()).toMatchObject({ taken: 0 });
  });
});

describe('CRS-45: the school guides and does not choose', () => {
  test('CRS-45: gaps, fitting items with their reason, advice to the teacher; enrolling stays the teacher’s', async () => {
    const item = await put(
      await openMenu(),
      await addClass({ modules: [{ _id: 'mod_1', category: 'ethics' }] as never }),
    );
    const teacher = await addTeacher({ schoolId: 'sch_2', _id: 'tch_guided' });
    await courses.db.model(completions).collection.insertOne({
      _id: 'cmp_guided',
      teacherId: teacher,
      state: 'confirmed',
      standing: true,
      decidedOn: '2026-02-01',
      completedOn: '2026-02-01',
      hoursCenti: 7100,
      hoursByCategory: [{ category: 'it', hoursCenti: 7100 }],
    } as never);
    type Node = {
      teacher: { id: string };
      fitting: { menuItem: { id: string }; fits: object[] }[];
    };
    const ask = (caller: Caller) =>
      courses.ask<{ schoolGuidance: { edges: { node: Node }[] } }>(
        caller,
        `{ schoolGuidance(schoolId: "sch_2", first: 100) { edges { node { teacher { id } yearHours hoursShort
          missingCategories fitting { menuItem { id } fits { reason about } } } } } }`,
      );
    const { schoolGuidance } = await ask(head('sch_2'));
    const own = schoolGuidance.edges.find(({ node }) => node.teacher.id === teacher)?.node;
    expect(own).toMatchObject({
      yearHours: '71.00',
      hoursShort: '1.00',
      missingCategories: ['ETHICS', 'PROFESSIONAL_STANDARDS'].filter(() => true),
    });
    const fits = own?.fitting.find(({ menuItem }) => menuItem.id === item)?.fits;
    expect(fits).toEqual([
      { reason: 'MISSING_CATEGORY', about: 'ethics' },
      { reason: 'HOURS_SHORT', about: '1.00' },
    ]);
    const advised = await courses.give<object>(
      head('sch_2'),
      'adviseTeacher',
      { teacherId: teacher, menuItemId: item, reason: '补师德模块' },
      'advice { reason menuItem { id } }',
    );
    expect(advised).toMatchObject({ refusals: [], advice: { menuItem: { id: item } } });
    const { myAdvice } = await courses.ask<{ myAdvice: { edges: object[] } }>(
      as(teacher),
      '{ myAdvice { edges { node { reason } } } }',
    );
    expect(myAdvice.edges).toEqual([{ node: { reason: '补师德模块' } }]);
    const forcing = await courses.give(
      head('sch_2'),
      'enrollTeacher',
      { menuItemId: item, teacherId: teacher, waitlist: true },
      'enrollment { id }',
    );
    expect(codesOf(forcing)).toEqual(['FORBIDDEN']);
  });
});

test('REG-01 REG-02: a code that is no region, one that is none any more, and a stage that the level does not have are refused with the failing part', async () => {
  const later = '2026-03-03T00:00:00.000Z';
  const open = (regionCode: string, staggers: object[] = []) =>
    courses.give<{ menu: { id: string } | null }>(
      { subject: 'p', grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }] },
      'openMenu',
      { title: '选学', regionCode, opensAt, closesAt, staggers },
      'menu { id }',
    );
  const before = courses.now;
  courses.now = startOfDay('2026-03-01');
  expect((await open('140102')).refusals).toEqual([]);
  courses.now = startOfDay('2026-03-02');
  expect((await open('140102')).refusals).toEqual([
    {
      ...{ code: 'REGION_NO_LONGER_IN_FORCE', rule: 'REG-01' },
      ...{ required: '140105, 140106', actual: '140102' },
    },
  ]);
  const staggers = [
    { regionCode: '140199', opensAt: later },
    { stage: 'VOCATIONAL', opensAt: later },
  ];
  expect(
    (await open('140105', staggers)).refusals.map(({ code, actual }) => [code, actual]),
  ).toEqual([
    ['REGION_NOT_IN_TABLE', '140199'],
    ['MENU_SECTOR_WITHOUT_LEVEL', 'county'],
    ['STAGGER_OUTSIDE', '140199'],
  ]);
  courses.now = before;
});
