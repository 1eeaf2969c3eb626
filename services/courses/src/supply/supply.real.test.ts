import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { evaluation, registry, courses as told } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { teacherRecordedHandler } from '../projections/teachers.ts';
import { type ProjectRow, projects } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { countTeachersChore } from './commands-count-teachers.ts';
import { mandatedSharesChore } from './commands-shares.ts';
import { needsSurveyCountedHandler, projectSuppliedHandler } from './events.ts';
import { staffRows, teacherTallies } from './store.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

const bureau = (
  regionCode: string,
  role: 'CountyAdmin' | 'CityAdmin' | 'ProvinceAdmin',
): Caller => ({
  subject: 'b',
  grants: [{ role, regionCode }],
});
const county = bureau('140105', 'CountyAdmin');
const city = bureau('140100', 'CityAdmin');

/** Tells that the project stands as it does, the way its own step would. */
const hear = (...rows: readonly ProjectRow[]) =>
  courses.hear(
    projectSuppliedHandler,
    told.projectRecorded,
    rows.map(({ _id: projectId, state }) => ({
      ...told.projectRecorded.example,
      projectId,
      state,
    })),
  );
const findings = async (rule: string) =>
  (await courses.told(told.findingRaised)).filter((finding) => finding.rule === rule);

describe('PLN-06: duplicates', () => {
  const dates = { startsOn: '2027-03-01', endsOn: '2027-03-10', year: 2027 };

  test('PLN-06: submitting a duplicate opens one finding, approving it no other; the bureau sees the pair', async () => {
    const first = await courses.addProject({ ...dates, level: 'city', ownerRegionCode: '140100' });
    const touching = { ...dates, startsOn: '2027-03-10', endsOn: '2027-03-20' };
    const second = await courses.addProject({ ...touching, state: 'submitted' });
    const next = { ...dates, startsOn: '2027-03-21', endsOn: '2027-03-30' };
    await courses.addProject({ ...next, state: 'approved' });
    await courses.addProject({ ...touching, state: 'draft' });
    await hear(second, { ...second, state: 'approved' });
    await hear({ ...second, state: 'approved' });
    await hear(first);
    expect(await findings('PLN-06')).toMatchObject([
      { subject: second._id, regionCode: '140105', figures: { actual: 1, projects: first._id } },
    ]);
    const { duplicateProjects, duplicatePairs } = await courses.ask<{
      duplicateProjects: { id: string }[];
      duplicatePairs: { edges: { node: { projects: { id: string }[] } }[] };
    }>(
      county,
      `query Q($id: ID!) {
        duplicateProjects(projectId: $id) { id }
        duplicatePairs(regionCode: "140105", year: 2027) { edges { node { projects { id } } } }
      }`,
      { id: second._id },
    );
    expect(duplicateProjects).toEqual([{ id: first._id }]);
    expect(duplicatePairs.edges.map(({ node }) => node.projects.map(({ id }) => id))).toEqual([
      [first._id, second._id].sort(),
    ]);
    const stranger = await courses.ask<{ duplicatePairs: { edges: unknown[] } }>(
      bureau('140200', 'CityAdmin'),
      '{ duplicatePairs(regionCode: "140105", year: 2027) { edges { cursor } } }',
    );
    expect(stranger.duplicatePairs.edges).toEqual([]);
  });
});

describe('PLN-07: mandated places', () => {
  const share = async (caller: Caller, regionCode: string, year = 2028) =>
    (
      await courses.ask<{ mandatedShare: Record<string, unknown> | null }>(
        caller,
        `query Q($regionCode: String!, $year: Int!) { mandatedShare(regionCode: $regionCode, year: $year) {
          places mandated selfChosen plannedPlaces reckonedOn basis share ceiling aboveCeiling } }`,
        { regionCode, year },
      )
    ).mandatedShare;

  const ofYear = (year: number) => ({
    ...{ year, startsOn: `${year}-01-10`, endsOn: `${year}-02-10` },
  });
  const shared = async (year: number) =>
    (await findings('PLN-07'))
      .map(({ subject }) => subject)
      .filter((subject) => subject.endsWith(`/${year}`))
      .sort();
  /** The yearly plan of the county, filed with so many places. */
  async function filePlan(year: number, places: number) {
    const items = [
      {
        ...{ code: 'reading', title: '阅读教学', stage: 'JUNIOR', subject: 'chinese' },
        ...{ audience: '骨干教师', places, hours: '24.00' },
      },
    ];
    const { plan } = await courses.give<{ plan: { id: string } }>(
      county,
      'draftAnnualPlan',
      {
        ...{ regionCode: '140105', year, items, base: '1000.00', evidence: '批复' },
        budget: [{ title: '培训费', amount: '25.00' }],
      },
      'plan { id }',
    );
    await courses.ask(
      county,
      'mutation($input: AnnualPlanStepInput!) { fileAnnualPlan(input: $input) { refusals { code } } }',
      { input: { idempotencyKey: `file-plan-of-${year}`, planId: plan.id } },
    );
  }

  test('PLN-07: the first mandated project of a year flags nobody; at the plan’s ceiling neither, one place above it the county', async () => {
    courses.now = startOfDay('2026-03-01');
    const of2026 = ofYear(2026);
    const sent = await courses.addProject({ ...of2026, channel: 'dispatched', plannedPlaces: 40 });
    await hear(sent);
    await courses.runChore(mandatedSharesChore);
    expect(await share(county, '140105', 2026)).toEqual({
      ...{ places: 40, mandated: 40, selfChosen: 0, plannedPlaces: null, reckonedOn: 40 },
      ...{ basis: 'APPROVED', share: '100 %', ceiling: '40 %', aboveCeiling: true },
    });
    expect(await shared(2026)).toEqual([]);
    await filePlan(2026, 100);
    await courses.runChore(mandatedSharesChore);
    expect(await share(county, '140105', 2026)).toEqual({
      ...{ places: 40, mandated: 40, selfChosen: 0, plannedPlaces: 100, reckonedOn: 100 },
      ...{ basis: 'PLANNED', share: '40 %', ceiling: '40 %', aboveCeiling: false },
    });
    expect(await shared(2026)).toEqual([]);
    const more = await courses.addProject({ ...of2026, channel: 'dispatched', plannedPlaces: 1 });
    await hear(more);
    await courses.runChore(mandatedSharesChore);
    await courses.runChore(mandatedSharesChore);
    // City and province have filed no plan of their own: theirs is provisional.
    expect(await shared(2026)).toEqual(['140105/2026']);
    expect((await findings('PLN-07')).at(-1)?.figures).toEqual({
      ...{ year: 2026, mandated: 41, places: 100, required: '40 %', actual: '41 %' },
    });
  });

  test('PLN-07: with the year’s end what was approved counts, in every region: exactly 40 % opens no finding, one place more one each', async () => {
    courses.now = startOfDay('2028-06-01');
    const chosen = await courses.addProject({ ...ofYear(2028), plannedPlaces: 60 });
    const mixed = { ...ofYear(2028), plannedPlaces: 40, dispatchPlaces: 40 };
    await hear(chosen, await courses.addProject(mixed));
    const of2029 = await courses.addProject({ ...ofYear(2029), plannedPlaces: 59 });
    await hear(of2029, await courses.addProject({ ...mixed, ...ofYear(2029) }));
    courses.now = new Date(startOfDay('2030-01-01').getTime() - 1);
    await courses.runChore(mandatedSharesChore);
    expect(await share(county, '140105')).toMatchObject({ basis: 'FINAL', share: '40 %' });
    expect([await shared(2028), await shared(2029)]).toEqual([[], []]);
    courses.now = startOfDay('2030-01-01');
    await courses.runChore(mandatedSharesChore);
    await courses.runChore(mandatedSharesChore);
    expect(await shared(2028)).toEqual([]);
    expect(await shared(2029)).toEqual(['140000/2029', '140100/2029', '140105/2029']);
    expect(await share(city, '140100')).toMatchObject({ aboveCeiling: false });
    expect(await share(county, '140100')).toBeNull();
  });

  test('PLN-07: classes count instead of planned places; a cancelled project no more', async () => {
    const of2028 = { year: 2028, startsOn: '2028-01-10', endsOn: '2028-02-10' };
    const before = (await share(county, '140105')) as { places: number };
    const project = await courses.addProject({ ...of2028, plannedPlaces: 500, state: 'published' });
    await courses.addClass(project, { capacity: 30 });
    await courses.addClass(project, { capacity: 20 });
    await hear(project);
    expect(await share(county, '140105')).toMatchObject({ places: before.places + 50 });
    await courses.db
      .model(projects)
      .updateOne({ _id: project._id }, { $set: { state: 'cancelled' } });
    await hear(project);
    expect(await share(county, '140105')).toMatchObject({ places: before.places });
  });
});

describe('PLN-08: scarce areas', () => {
  const teacher = registry.teacherRecorded.example;
  const heardTeachers = (rows: readonly Partial<typeof teacher>[]) =>
    courses.hear(
      teacherRecordedHandler,
      registry.teacherRecorded,
      rows.map((row) => ({ ...teacher, ...row })),
    );
  const ofCounty = { regionCode: '140202', schoolId: 'sch_scarce', rural: false } as const;
  const numbered = (count: number, change: Partial<typeof teacher>, prefix: string) =>
    Array.from({ length: count }, (_, at) => ({
      ...ofCounty,
      ...change,
      teacherId: `tch_${prefix}_${at}`,
    }));
  type Area = { stage: string; subject: string; gap: number; projects: { edges: unknown[] } };
  const areas = async (first: number, after: string | null = null, specialOnly = false) =>
    (
      await courses.ask<{
        scarceAreas: {
          edges: { node: Area }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      }>(
        bureau('140202', 'CountyAdmin'),
        `query Q($first: Int, $after: String, $specialOnly: Boolean!) {
          scarceAreas(regionCode: "140202", year: 2026, specialOnly: $specialOnly, first: $first, after: $after) {
            edges { node { stage subject special teachers asked demand demandSource places gap
              projects { edges { node { id } } } } }
            pageInfo { hasNextPage endCursor } } }`,
        { first, after, specialOnly },
      )
    ).scarceAreas;

  test('PLN-08, PLN-09: teachers are counted once, and follow a transfer and a departure', async () => {
    await heardTeachers([
      ...numbered(6, { stage: 'primary', subjects: ['music'] }, 'music'),
      ...numbered(9, { stage: 'primary', subjects: ['chinese'] }, 'chinese'),
    ]);
    await courses.runChore(countTeachersChore);
    await heardTeachers(numbered(6, { stage: 'primary', subjects: ['music'] }, 'music'));
    await heardTeachers([
      {
        ...ofCounty,
        teacherId: 'tch_music_0',
        status: 'left',
        subjects: ['music'],
        stage: 'primary',
      },
      {
        ...ofCounty,
        teacherId: 'tch_music_1',
        subjects: ['music'],
        stage: 'primary',
        regionCode: '140203',
        schoolId: 'sch_other',
      },
    ]);
    await Promise.all([courses.runChore(countTeachersChore), courses.runChore(countTeachersChore)]);
    const tally = async (id: string) =>
      (await courses.db.model(teacherTallies).findById(id).lean())?.teachers;
    expect(await tally('140202/primary/music')).toBe(4);
    expect(await tally('140203/primary/music')).toBe(1);
    expect(await tally('140200/primary/music')).toBe(5);
    const staff = async (id: string) =>
      (await courses.db.model(staffRows).findById(id).lean())?.staff;
    expect([await staff('sch_scarce'), await staff('sch_other')]).toEqual([13, 1]);
  });

  test('PLN-08: the widest gap first, in pages, with the projects that fit or none', async () => {
    const project = await courses.addProject({
      ownerRegionCode: '140202',
      stage: 'primary',
      subject: 'chinese',
      plannedPlaces: 7,
      state: 'open',
      publishedAt: courses.now,
    });
    const ofCity = await courses.addProject({
      level: 'city',
      ownerRegionCode: '140200',
      stage: 'primary',
      subject: 'chinese',
      plannedPlaces: 100,
      state: 'published',
    });
    await hear(project, ofCity);
    const survey = evaluation.needsSurveyClosed.example;
    const [need] = survey.topNeeds;
    const closed = {
      ...survey,
      ownerRegionCode: '140202',
      year: 2026,
      populationCount: 10,
      answersCount: 5,
      topNeeds: need
        ? [{ ...need, stage: 'primary' as const, subject: 'music', answersCount: 1 }]
        : [],
    };
    await courses.hear(needsSurveyCountedHandler, evaluation.needsSurveyClosed, [closed, closed]);
    await courses.hear(needsSurveyCountedHandler, evaluation.needsSurveyClosed, [closed]);
    const first = await areas(1);
    const second = await areas(1, first.pageInfo.endCursor);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect([...first.edges, ...second.edges].map(({ node }) => node)).toEqual([
      {
        stage: 'PRIMARY',
        subject: 'chinese',
        special: false,
        teachers: 9,
        asked: 0,
        demand: 9,
        demandSource: 'REGISTRY',
        places: 7,
        gap: 2,
        projects: {
          edges: [{ node: { id: ofCity._id } }, { node: { id: project._id } }].sort((a, b) =>
            a.node.id < b.node.id ? 1 : -1,
          ),
        },
      },
      {
        stage: 'PRIMARY',
        subject: 'music',
        special: true,
        teachers: 4,
        asked: 2,
        demand: 2,
        demandSource: 'SURVEY',
        places: 0,
        gap: 2,
        projects: { edges: [] },
      },
    ]);
    expect((await areas(20, null, true)).edges.map(({ node }) => node.subject)).toEqual(['music']);
  });
});
