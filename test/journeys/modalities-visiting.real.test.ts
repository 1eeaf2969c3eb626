import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answered, ask, attempt, eventually } from '@shixun/infra/story/world';
import { addDays, yearOf } from '@shixun/kernel';
import { type CountyCourses, county, coursesOfCounty } from './county-courses.ts';
import type { Course } from './course.ts';
import { teachersOfChinese } from './people.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
let courses: CountyCourses;

beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
  courses = await coursesOfCounty(platform);
});
afterAll(async () => {
  await platform?.close();
});

test('CRS-35: school-based study is the school’s own; without the county’s inspection rounds nobody completes it', async () => {
  const { world, signIn } = platform;
  const { bureau, school, schoolId } = world.cast;
  const classHead = await signIn('school-class-head', [
    { role: 'ClassHead', schoolId, personId: 'school-class-head' },
    { role: 'SchoolAdmin', schoolId },
  ]);
  const parts = [
    { key: 'ethics', hours: 1 },
    { key: 'lessons', hours: 3, practical: true, day: 1 },
  ];
  const course = await courses.open('SCHOOL_BASED', parts, {
    ...{ level: 'SCHOOL', owner: school, schoolId, classHead },
  });
  await course.publish();
  const teachers = await teachersOfChinese(platform, { filter: { schoolId }, count: 2 });
  await course.begin(teachers.map(({ actor }) => actor));
  expect(await course.move(school, 'OpenStage', 'study')).toEqual([]);
  expect(await course.move(school, 'CompleteStage', 'study')).toEqual(['EVIDENCE_TOO_LITTLE']);
  const round = { date: course.opensOn, findings: '资料齐全', guidance: '增加听课评课' };
  expect(await course.say(school, 'study/inspection_round', null, round)).toEqual([
    'STAGE_OF_OTHERS',
  ]);
  await course.decide();
  for (const member of course.members) {
    expect((await course.completionOf(member)).state).toBe('REFUSED');
  }
  // The round comes late, and so does the end of the stage: everybody is decided anew.
  expect(await course.say(bureau, 'study/inspection_round', null, round)).toEqual([]);
  expect(await course.move(school, 'CompleteStage', 'study')).toEqual([]);
  for (const member of course.members) await course.credited(member, '4.00');
});

/** Four visits of two days each. */
const pieces = [0, 3, 6, 9].map((from) => [from, from + 1] as const);
const stages = ['diagnosis', 'polishing', 'showcase', 'summary'];

/** Who leads a stage, and what is brought to it. */
async function holdStages(course: Course, schoolId: string): Promise<void> {
  const { world, signIn } = platform;
  const { institution } = world.cast;
  const school = await signIn('rural-school', [{ role: 'SchoolAdmin', schoolId }]);
  const through = async (key: string, by: typeof school, bring: () => Promise<void>) => {
    expect(await course.move(by, 'OpenStage', key)).toEqual([]);
    expect(await course.move(by, 'CompleteStage', key)).toContain('EVIDENCE_TOO_LITTLE');
    await bring();
    expect(await course.move(by, 'CompleteStage', key)).toEqual([]);
  };
  expect(await course.move(school, 'OpenStage', 'polishing')).toEqual(['STAGE_NOT_NEXT']);
  await through('diagnosis', institution, async () => {
    const found = { findings: '提问单一', demonstration: '示范课', tasks: '设计问题链' };
    expect(await course.say(institution, 'diagnosis/diagnosis', null, found)).toEqual([]);
  });
  expect(await course.move(institution, 'OpenStage', 'polishing')).toEqual(['STAGE_OF_OTHERS']);
  await through('polishing', school, async () => {
    expect(await course.say(school, 'polishing/lesson_study', schoolId)).toEqual([]);
  });
  await through('showcase', institution, async () => {
    expect(await course.say(institution, 'showcase/showcase')).toEqual([]);
  });
  await through('summary', institution, async () => {
    for (const asked of ['year_summary', 'next_school_plan']) {
      expect(await course.say(school, `summary/${asked}`, schoolId)).toEqual([]);
    }
    await course.each('summary/next_personal_plan');
  });
  const { nextPlans } = await ask(world, school, 'NextPlans', { schoolId });
  const year = yearOf(course.opensOn) + 1;
  expect(nextPlans.edges.map(({ node }: Answered) => [node.kind, node.year])).toEqual([
    ['SCHOOL_PLAN', year],
  ]);
}

test('CRS-30: four visits to one township in its four stages; the townships that nobody came to are findings when the year is over', async () => {
  const { world } = platform;
  const { bureau } = world.cast;
  const parts = stages.map((key, n) => ({
    ...{ key, stageKey: key, hours: 2, practical: n > 0, day: pieces[n]?.[0] ?? 0 },
  }));
  const course = await courses.open('VISITING', parts, {
    ...{ pieces, inOneYear: true },
    audience: { ruralOnly: true },
  });
  expect(await course.refusedPlan({ pieces: [...pieces.slice(0, 3), [9, 9]] })).toEqual([
    'CRS-30 PIECE_TOO_SHORT',
  ]);
  await course.publish();
  const [first] = await teachersOfChinese(platform, {
    filter: { regionCode: /^140105/, rural: true },
    count: 1,
  });
  const { schoolId = '', regionCode: townshipCode = '' } = first ?? {};
  const trainees = await teachersOfChinese(platform, { filter: { schoolId }, count: 3 });
  await course.begin(trainees.map(({ actor }) => actor));
  const year = yearOf(course.opensOn);
  const cells = async () => {
    const { visitMatrix } = await ask(world, bureau, 'VisitMatrix', { countyCode: county, year });
    return new Map<string, Answered>(
      visitMatrix.map((cell: Answered) => [cell.township.code, cell]),
    );
  };
  const before = await cells();
  expect(before.size).toBeGreaterThan(1);
  for (const cell of before.values()) expect(cell).toMatchObject({ visits: 0, tooFew: true });
  const visit = (from: number, to: number) => {
    const days = { startsOn: addDays(course.opensOn, from), endsOn: addDays(course.opensOn, to) };
    const input = { classId: course.classId, townshipCode, ...days };
    return attempt(world, bureau, 'RecordVisit', input);
  };
  expect((await visit(0, 0)).refusals).toMatchObject([{ code: 'VISIT_TOO_SHORT', rule: 'CRS-30' }]);
  for (const [at, [from, to]] of pieces.entries()) {
    expect((await cells()).get(townshipCode)).toMatchObject({ visits: at, tooFew: true });
    expect((await visit(from, to)).refusals).toEqual([]);
  }
  expect((await cells()).get(townshipCode)).toMatchObject({
    visits: 4,
    required: 4,
    tooFew: false,
  });
  await holdStages(course, schoolId);
  await course.decide();
  for (const member of course.members) await course.credited(member, '8.00');

  const never = [...(await cells()).values()].filter(({ tooFew }) => tooFew);
  expect(never.map(({ visits }) => visits)).toEqual(never.map(() => 0));
  await course.until(`${year + 1}-01-02`);
  const subjects = never.map(({ township, subject }) => `${township.code}/${subject}/${year}`);
  const found = await eventually('the townships without a visit are findings', async () => {
    const filter = { rule: 'CRS-30', regionCode: county };
    const { findings } = await ask(world, bureau, 'Findings', { filter, first: 100 });
    const seen: string[] = findings.edges.map(({ node }: Answered) => node.subject);
    return seen.length >= never.length && seen;
  });
  expect([...found].sort()).toEqual(subjects.sort());
});
