import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  eventually,
} from '@shixun/infra/story/world';
import { addDays } from '@shixun/kernel';
import { Course, type CourseModule, type Member } from './course.ts';
import { experts, nth, teachersOfChinese } from './people.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
let province: Actor;
/** A university: its qualification is for national projects and for release-time study. */
let university: { readonly id: string; readonly actor: Actor };
let classHead: Actor;
let chinese: readonly Actor[];

beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
  const { services, signIn } = platform;
  province = await signIn('demo-ProvinceAdmin', [{ role: 'ProvinceAdmin', regionCode: '140000' }]);
  const institutions = services.registry.db.connection.collection<{ _id: string }>('institutions');
  const row = await institutions.findOne({ kind: 'normal_university' } as object);
  const id = row?._id ?? '';
  const actor = await signIn('university', [{ role: 'InstitutionAdmin', institutionId: id }]);
  university = { id, actor };
  classHead = await signIn('class-head', [
    { role: 'ClassHead', institutionId: id, personId: 'class-head' },
  ]);
  const filter = { regionCode: /^140105/, rural: false };
  const rows = await teachersOfChinese(platform, { filter, count: 10 });
  chinese = rows.map((each) => each.actor);
});
afterAll(async () => {
  await platform?.close();
});

const days = (from: string, to: string) => ({ startsOn: from, endsOn: to });
const codes = ({ refusals }: Answered): string[] => refusals.map(({ code }: Answered) => code);

/** Four months, a hundred and twenty-three days at most. */
const lastDay = 122;

async function releaseCourse() {
  const [fromElsewhere] = await experts(platform, 'frontline_teacher', {
    homeProvinceCode: { $ne: '140000' },
  });
  const frontline = await experts(platform, 'frontline_teacher');
  const mentor = {
    expert: nth(await experts(platform, 'university_expert'), 0),
    researcher: nth(await experts(platform, 'teaching_researcher'), 0),
    frontline: nth(frontline, 0),
  };
  // Five: one from another province is exactly a fifth; four of them teach or research.
  const trainerIds = [...Object.values(mentor), nth(frontline, 1), fromElsewhere ?? ''];
  const modules: CourseModule[] = [
    { key: 'ethics', stageKey: 'centralised', hours: 1, day: 0, trainerId: mentor.expert },
    {
      ...{ key: 'skills', stageKey: 'centralised', hours: 3, day: 1 },
      ...{ practical: true, labels: ['training'], trainerId: mentor.researcher },
    },
    {
      ...{ key: 'shadow_school', stageKey: 'shadow', hours: 2, day: 31 },
      ...{ practical: true, labels: ['school'], trainerId: mentor.frontline },
    },
    {
      ...{ key: 'shadow_centre', stageKey: 'shadow', hours: 2, day: 45 },
      ...{ practical: true, labels: ['centre', 'training'], trainerId: mentor.researcher },
    },
    {
      ...{ key: 'return', stageKey: 'return', hours: 2, day: 60 },
      ...{ practical: true, labels: ['training'], trainerId: nth(frontline, 1) },
    },
    {
      ...{ key: 'summary', stageKey: 'summary', hours: 2, day: lastDay },
      ...{ trainerId: fromElsewhere ?? '' },
    },
  ];
  const course = await Course.open(platform, {
    ...{
      modality: 'RELEASE_TIME',
      level: 'NATIONAL',
      owner: province,
      institution: university,
      classHead,
    },
    ...{ ownerRegionCode: '140000', audience: { regionCodes: ['140105'] } },
    ...{ modules, trainerIds, chiefExpertId: mentor.expert, pieces: [[0, lastDay]] },
  });
  return { course, mentor, modules };
}

test('CRS-33: a plan of release-time study keeps every minimum: shadow practice of exactly a third, a fifth from other provinces', async () => {
  const { course, mentor, modules } = await releaseCourse();
  const shorter = modules.map((each) =>
    each.key === 'shadow_centre'
      ? { ...each, hours: 1 }
      : each.key === 'summary'
        ? { ...each, hours: 3 }
        : each,
  );
  expect(await course.refusedPlan({ modules: shorter })).toEqual(['CRS-33 MODULE_SHARE_TOO_SMALL']);
  const home = course.asked.trainerIds.slice(0, 4);
  const ofHome = modules.map((each) => ({ ...each, trainerId: mentor.expert }));
  expect(await course.refusedPlan({ trainerIds: home, modules: ofHome })).toEqual([
    'CRS-33 TRAINER_SHARE_TOO_SMALL',
  ]);
  expect(await course.refusedPlan({ pieces: [[0, 100]], chiefExpertId: 'trn_nobody' })).toEqual(
    expect.arrayContaining(['CRS-33 STUDY_MONTHS_WRONG', 'CRS-33 CHIEF_EXPERT_MISSING']),
  );
});

let course: Course;
let mentor: Readonly<Record<'expert' | 'researcher' | 'frontline', string>>;

test('CRS-33: whoever has no substitute of the region keeps the release shut; a group of five that one leaves is put right', async () => {
  const { world } = platform;
  const { bureau } = world.cast;
  ({ course, mentor } = await releaseCourse());
  await course.publish();
  await course.begin(chinese);
  const { classId, opensOn, closesOn } = course;
  const record = (by: Actor, regionCode: string) =>
    command(world, by, 'RecordSubstitute', {
      ...{ regionCode, kind: 'STUDENT_TEACHER', stage: 'PRIMARY', subjects: ['chinese'] },
      ...days(opensOn, closesOn),
    });
  for (let n = 1; n < chinese.length; n += 1) await record(bureau, '140105');
  await record(province, '140106');
  await command(world, university.actor, 'ProposeSubstitutes', { classId });
  expect((await course.seen(university.actor)).people.unmatched).toHaveLength(1);
  expect(await course.move(university.actor, 'OpenStage', 'centralised')).toEqual([
    'SUBSTITUTES_MISSING',
  ]);
  await record(province, '140000');
  await command(world, university.actor, 'ProposeSubstitutes', { classId });
  expect(await course.move(university.actor, 'OpenStage', 'centralised')).toEqual([]);

  const ids = course.members.map(({ teacher }) => teacher.id);
  const mentorIds = Object.values(mentor);
  const groups = [ids.slice(0, 5), ids.slice(5)].map((memberIds) => ({ memberIds, mentorIds }));
  await command(world, university.actor, 'SetGroups', { classId, groups });
  expect(await course.say(university.actor, 'centralised/diagnosis')).toEqual([]);
  const [leaving, ...staying] = course.members as [Member, ...Member[]];
  await command(world, province, 'WithdrawEnrollment', {
    enrollmentId: leaving.enrollmentId,
    reason: '学校工作需要',
  });
  course.members = staying;
  await eventually('the groups are without who left', async () => {
    const { people } = await course.seen(university.actor);
    const faults = people.groupFaults.map(({ code }: Answered) => code).join();
    return faults === 'GROUP_SIZE_WRONG' && people.matches.length === staying.length;
  });
  await eventually('the institution is told', async () => {
    const recipient = { kind: 'INSTITUTION', id: university.id };
    const { inbox } = await ask(world, university.actor, 'Inbox', { recipient, first: 50 });
    const told = inbox.notices.edges.map(({ node }: Answered) => node.code);
    return told.includes('GROUPS_BROKEN_BY_DEPARTURE');
  });
  await course.each('centralised/study_plan');
  expect(await course.move(university.actor, 'CompleteStage', 'centralised')).toEqual([
    'GROUP_SIZE_WRONG',
  ]);
  const proposed = await command(world, university.actor, 'ProposeGroups', { classId });
  const [group] = proposed.trainingClass.people.groups;
  expect(group.members).toHaveLength(staying.length);
  expect(group.mentors).toHaveLength(mentorIds.length);
  expect(await course.move(university.actor, 'CompleteStage', 'centralised')).toEqual([]);
});

/** Every trainee at the host on these days, with a diary and the mentor's word. */
async function placeAll(hostId: string, mentorId: string, at: ReturnType<typeof days>) {
  const { world, signIn } = platform;
  const actor = await signIn(mentorId, [{ role: 'Trainer', personId: mentorId }]);
  for (const { teacher, enrollmentId } of course.members) {
    const placing = { enrollmentId, hostId, mentorId, ...at };
    const { placement } = await command(world, university.actor, 'PlaceTrainee', placing);
    const placementId = placement.id;
    const entry = { placementId, date: at.startsOn, text: '听课三节，评课一次' };
    await command(world, teacher, 'WritePlacementDiary', entry);
    const word = { placementId, passed: true, comment: '良好' };
    await command(world, actor, 'AssessPlacement', word);
  }
}

test('CRS-33, CRS-34: shadow practice in a school and in a development centre, none beyond what the host takes', async () => {
  const { world } = platform;
  const { school, schoolId, institution, institutionId } = world.cast;
  const { opensOn, members } = course;
  expect(await course.move(university.actor, 'OpenStage', 'return')).toEqual(['STAGE_NOT_NEXT']);
  expect(await course.move(university.actor, 'OpenStage', 'shadow')).toEqual([]);
  const capacity = members.length;
  await command(world, school, 'SetPlacementCapacity', {
    hostId: schoolId,
    kind: 'SCHOOL',
    capacity,
  });
  const centre = { hostId: institutionId, kind: 'CENTRE', capacity };
  await command(world, institution, 'SetPlacementCapacity', centre);
  await course.until(addDays(opensOn, 31));
  await placeAll(schoolId, mentor.frontline, days(addDays(opensOn, 31), addDays(opensOn, 44)));
  expect(await course.move(university.actor, 'CompleteStage', 'shadow')).toEqual([
    'PLACEMENT_NOT_ASSESSED',
  ]);
  await course.until(addDays(opensOn, 45));
  await placeAll(
    institutionId,
    mentor.researcher,
    days(addDays(opensOn, 45), addDays(opensOn, 59)),
  );
  const [first] = members as [Member];
  const full = await attempt(world, university.actor, 'PlaceTrainee', {
    ...{ enrollmentId: first.enrollmentId, hostId: schoolId, mentorId: mentor.frontline },
    ...days(addDays(opensOn, 31), addDays(opensOn, 44)),
  });
  expect(codes(full)).toEqual(['PLACEMENT_DATES_WRONG', 'PLACEMENT_HOST_FULL']);
  await course.each('shadow/return_plan');
  expect(await course.move(university.actor, 'CompleteStage', 'shadow')).toEqual([]);
});

test('CRS-33, CRS-55, REG-13: return practice and summary; who brings the last plan late is decided anew', async () => {
  const { world } = platform;
  const { bureau, regionCode } = world.cast;
  await course.until(addDays(course.opensOn, 60));
  expect(await course.move(university.actor, 'OpenStage', 'return')).toEqual([]);
  expect(await course.say(bureau, 'return/county_arrangement', regionCode)).toEqual([]);
  await course.each('return/training_case');
  await course.each('return/course_resource');
  expect(await course.move(university.actor, 'CompleteStage', 'return')).toEqual([]);
  await course.until(course.closesOn);
  expect(await course.move(university.actor, 'OpenStage', 'summary')).toEqual([]);
  expect(await course.say(university.actor, 'summary/showcase')).toEqual([]);
  const [late, ...others] = course.members as [Member, ...Member[]];
  await course.each('summary/development_plan', others);
  expect(await course.move(university.actor, 'CompleteStage', 'summary')).toEqual([]);
  expect((await course.seen(university.actor)).progress.nextActions).toEqual([]);
  await course.decide();
  for (const member of others) await course.credited(member, '12.00');
  expect(await course.completionOf(late)).toMatchObject({ state: 'REFUSED', hours: '0.00' });
  await course.each('summary/development_plan', [late]);
  await course.credited(late, '12.00');
  await eventually('all of them are on the county training team', async () => {
    const { countyTeams } = await ask(world, bureau, 'CountyTeams', { first: 100 });
    const nodes = countyTeams.edges.map(({ node }: Answered) => node);
    const own = nodes.find(({ county }: Answered) => county.code === regionCode);
    return own.trainers >= course.members.length;
  });
});
