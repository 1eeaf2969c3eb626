import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Actor, type Answered, attempt, command } from '@shixun/infra/story/world';
import { type CountyCourses, county, coursesOfCounty, type Part, words } from './county-courses.ts';
import type { CourseModule } from './course-plan.ts';
import { principalOf, teachersOfChinese } from './people.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
let courses: CountyCourses;
/** Teachers of town schools. */
let town: readonly Actor[];

beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
  courses = await coursesOfCounty(platform);
  const filter = { regionCode: /^140105/, rural: false };
  const rows = await teachersOfChinese(platform, { filter, count: 8 });
  town = rows.map(({ actor }) => actor);
});
afterAll(async () => {
  await platform?.close();
});

test('CRS-35: a province adds a modality by data only: its stages, evidence and minimum hold from plan to credits', async () => {
  const { world, signIn } = platform;
  const { bureau, institution, classHead } = world.cast;
  const province = await signIn('province', [{ role: 'ProvinceAdmin', regionCode: '140000' }]);
  const title = words('名师带徒', 'Master and apprentice');
  const brings = (key: string, by: string, per: string) => ({
    ...{ key, title, by, per },
    fields: [{ key: 'content', title }],
  });
  const template = {
    ...{ regionCode: '140000', code: 'apprenticeship', base: 'BLENDED', title },
    stages: [
      {
        ...{ key: 'pairing', title, leads: 'InstitutionAdmin' },
        asks: [brings('pairs', 'InstitutionAdmin', 'CLASS')],
      },
      {
        ...{ key: 'lessons', title, leads: 'ClassHead' },
        asks: [brings('lesson', 'Teacher', 'TRAINEE')],
      },
    ],
    checks: [
      {
        ...{ kind: 'MODULE_SHARE', title, of: { label: 'lesson' } },
        share: { numerator: 2, denominator: 3 },
      },
    ],
  };
  const byCounty = await attempt(world, bureau, 'PublishModalityTemplate', template);
  expect(byCounty.refusals[0].code).toBe('FORBIDDEN');
  await command(world, province, 'PublishModalityTemplate', template);
  const parts = (hours: number): Part[] => [
    { key: 'ethics', stageKey: 'pairing', hours: 2 },
    {
      ...{ key: 'lesson', stageKey: 'lessons', hours, day: 1 },
      ...{ practical: true, labels: ['lesson'] },
    },
  ];
  const course = await courses.open('BLENDED', parts(4), { templateCode: 'apprenticeship' });
  const [ethics, lesson] = course.asked.modules as [CourseModule, CourseModule];
  // Four of six hours are two thirds; three of six are fewer.
  const fewer = [
    { ...ethics, hours: 3 },
    { ...lesson, hours: 3 },
  ];
  expect(await course.refusedPlan({ modules: fewer })).toEqual(['CRS-35 MODULE_SHARE_TOO_SMALL']);
  await course.publish();
  await course.begin(town.slice(0, 2));
  expect(await course.move(classHead, 'OpenStage', 'lessons')).toEqual(['STAGE_NOT_NEXT']);
  expect(await course.move(institution, 'OpenStage', 'pairing')).toEqual([]);
  expect(await course.move(institution, 'CompleteStage', 'pairing')).toEqual([
    'EVIDENCE_TOO_LITTLE',
  ]);
  expect(await course.say(institution, 'pairing/pairs')).toEqual([]);
  expect(await course.move(institution, 'CompleteStage', 'pairing')).toEqual([]);
  expect(await course.move(classHead, 'OpenStage', 'lessons')).toEqual([]);
  const [brought, other] = course.members as [
    (typeof course.members)[0],
    (typeof course.members)[0],
  ];
  await course.each('lessons/lesson', [brought]);
  expect(await course.move(classHead, 'CompleteStage', 'lessons')).toEqual([]);
  await course.decide();
  await course.credited(brought, '6.00');
  expect((await course.completionOf(other)).state).toBe('REFUSED');
});

test('CRS-31: online and school-based study, with plans of county and school under its principal, a series with its support, appraisal', async () => {
  const { world } = platform;
  const { bureau, school, schoolId } = world.cast;
  const parts = ['planning', 'study', 'appraisal'].map((key, n) => ({
    ...{ key, stageKey: key, hours: 2, practical: n > 0, day: n % 2 },
  }));
  const course = await courses.open('ONLINE_SCHOOL_BASED', parts);
  await course.publish();
  const own = await teachersOfChinese(platform, { filter: { schoolId }, count: 2 });
  await course.begin(own.map(({ actor }) => actor));
  const plan = { goals: '提升提问质量', measures: '每周一次' };
  const principal = await principalOf(platform, schoolId);
  expect(await course.move(bureau, 'OpenStage', 'planning')).toEqual([]);
  expect(await course.say(bureau, 'planning/county_plan', county, plan)).toEqual([]);
  const plansOfSchool = async (responsible: string) =>
    course.say(school, 'planning/school_plan', schoolId, { ...plan, principal: responsible });
  expect(await plansOfSchool(own[0]?._id ?? '')).toEqual(['EVIDENCE_FIELD_INVALID']);
  expect(await plansOfSchool(principal)).toEqual([]);
  await course.each('planning/study_plan');
  expect(await course.move(bureau, 'CompleteStage', 'planning')).toEqual([]);
  expect(await course.move(bureau, 'OpenStage', 'study')).toEqual([]);
  const activity = { content: '课例', tool: '观课工具', resource: '案例库', expert: '教研员' };
  const { resource: _, ...unsupported } = activity;
  expect(await course.say(school, 'study/routine', schoolId, unsupported)).toEqual([
    'EVIDENCE_FIELD_MISSING',
  ]);
  expect(await course.say(school, 'study/routine', schoolId, activity)).toEqual([]);
  for (const theme of ['提问设计', '提问之后的追问']) {
    expect(await course.move(bureau, 'CompleteStage', 'study')).toEqual(['EVIDENCE_TOO_LITTLE']);
    const step = { ...activity, theme };
    expect(await course.say(school, 'study/thematic', schoolId, step)).toEqual([]);
  }
  await course.each('study/practice');
  expect(await course.move(bureau, 'CompleteStage', 'study')).toEqual([]);
  expect(await course.move(bureau, 'OpenStage', 'appraisal')).toEqual([]);
  expect(await course.say(bureau, 'appraisal/school_appraisal', schoolId)).toEqual([]);
  expect(await course.move(bureau, 'CompleteStage', 'appraisal')).toEqual([]);
  await course.decide();
  for (const member of course.members) await course.credited(member, '6.00');
});

/** The three formats and the thematic share that every workshop has: four of six hours are thematic. */
const workshop = (stages: readonly [string, string, string]): readonly Part[] => [
  { key: 'ethics', stageKey: stages[0], hours: 1, labels: ['online'] },
  {
    ...{ key: 'field', stageKey: stages[1], hours: 4, practical: true },
    labels: ['thematic', 'field'],
  },
  { key: 'meeting', stageKey: stages[2], hours: 1, labels: ['face_to_face'], day: 1 },
];

test('CRS-32: a host completes a demonstration workshop, is found weak and replaced; the next one is found strong and rewarded', async () => {
  const { world } = platform;
  const { bureau, institution } = world.cast;
  const demonstration = await courses.open(
    'WORKSHOP',
    workshop(['first_meeting', 'hosting', 'second_meeting']),
    {
      templateCode: 'demonstration_workshop',
    },
  );
  await demonstration.publish();
  const [weak, strong, ...members] = town as [Actor, Actor, ...Actor[]];
  await demonstration.begin([weak, strong]);
  for (const [stage, asked] of [
    ['first_meeting', 'host_training'],
    ['hosting', null],
    ['second_meeting', 'sharing'],
  ]) {
    expect(await demonstration.move(institution, 'OpenStage', stage ?? '')).toEqual([]);
    if (asked) expect(await demonstration.say(institution, `${stage}/${asked}`)).toEqual([]);
    else await demonstration.each(`${stage}/hosting_record`);
    expect(await demonstration.move(institution, 'CompleteStage', stage ?? '')).toEqual([]);
  }

  const course = await courses.open('WORKSHOP', workshop(['building', 'using', 'evaluating']));
  await course.publish();
  await course.begin(members.slice(0, 4));
  const { classId } = course;
  expect(await course.move(bureau, 'OpenStage', 'building')).toEqual([]);
  const early = await attempt(world, bureau, 'AppointWorkshopHost', {
    classId,
    teacherId: weak.id,
  });
  expect(early.refusals[0].code).toBe('HOST_WITHOUT_DEMONSTRATION');
  await demonstration.decide();
  for (const member of demonstration.members) await demonstration.credited(member, '6.00');
  const { host } = await command(world, bureau, 'AppointWorkshopHost', {
    classId,
    teacherId: weak.id,
  });
  await command(world, bureau, 'ProposeGroups', { classId });
  expect(await course.say(weak, 'building/workshop_plan')).toEqual([]);
  await course.each('building/study_plan');
  expect(await course.move(bureau, 'CompleteStage', 'building')).toEqual([]);

  const reason = '年度评价';
  const judged = { hostId: host.id, verdict: 'WEAK', reason };
  await command(world, bureau, 'EvaluateWorkshopHost', judged);
  const replacing = { hostId: host.id, teacherId: strong.id, reason };
  const next = await command(world, bureau, 'ReplaceWorkshopHost', replacing);
  expect(await course.move(weak, 'OpenStage', 'using')).toEqual(['NOT_FOUND']);
  expect(await course.move(strong, 'OpenStage', 'using')).toEqual([]);
  for (const format of ['online', 'field']) {
    const activity = { theme: '整本书阅读', content: '课例研讨', format };
    expect(await course.say(strong, 'using/thematic', null, activity)).toEqual([]);
  }
  expect(await course.say(strong, 'using/routine')).toEqual([]);
  expect(await course.move(strong, 'CompleteStage', 'using')).toEqual([]);
  expect(await course.move(strong, 'OpenStage', 'evaluating')).toEqual([]);
  expect(await course.say(strong, 'evaluating/group_evaluation', '1')).toEqual([]);
  for (const { enrollmentId } of course.members) {
    expect(await course.say(strong, 'evaluating/member_evaluation', enrollmentId)).toEqual([]);
  }
  expect(await course.move(strong, 'CompleteStage', 'evaluating')).toEqual([]);
  const hostId = next.host.id;
  await command(world, bureau, 'EvaluateWorkshopHost', { hostId, verdict: 'STRONG', reason });
  await command(world, bureau, 'RewardWorkshopHost', { hostId, reason });
  const { workshopHosts } = await course.seen(bureau);
  expect(workshopHosts.map(({ state, standing }: Answered) => [state, standing])).toEqual([
    ['REPLACED', false],
    ['REWARDED', true],
  ]);
  await course.decide();
  for (const member of course.members) await course.credited(member, '6.00');
});
