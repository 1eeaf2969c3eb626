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
import type { Course, Member } from './course.ts';
import { experts, teachersOfChinese } from './people.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';
import {
  coursesOfUniversity,
  type Mentors,
  releaseCourse,
  type UniversityCourses,
} from './university-courses.ts';

let platform: TestPlatform;
let courses: UniversityCourses;
let province: Actor;
let university: UniversityCourses['university'];
let chinese: readonly Actor[];

beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
  courses = await coursesOfUniversity(platform);
  ({ province, university } = courses);
  const filter = { regionCode: /^140105/, rural: false };
  const rows = await teachersOfChinese(platform, { filter, count: 10 });
  chinese = rows.map((each) => each.actor);
});
afterAll(async () => {
  await platform?.close();
});

const days = (from: string, to: string) => ({ startsOn: from, endsOn: to });
const codes = ({ refusals }: Answered): string[] => refusals.map(({ code }: Answered) => code);

test('CRS-33: a plan of release-time study keeps every minimum: shadow practice of exactly a third, a fifth from other provinces', async () => {
  const { course, mentor, modules } = await releaseCourse(platform, courses);
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
let mentor: Mentors;

test('CRS-33: whoever has no substitute of the region keeps the release shut; a group of five that one leaves is put right', async () => {
  const { world } = platform;
  const { bureau } = world.cast;
  ({ course, mentor } = await releaseCourse(platform, courses));
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
  await command(world, university, 'ProposeSubstitutes', { classId });
  expect((await course.seen(university)).people.unmatched).toHaveLength(1);
  expect(await course.move(university, 'OpenStage', 'centralised')).toEqual([
    'SUBSTITUTES_MISSING',
  ]);
  await record(province, '140000');
  await command(world, university, 'ProposeSubstitutes', { classId });
  expect(await course.move(university, 'OpenStage', 'centralised')).toEqual([]);

  const ids = course.members.map(({ teacher }) => teacher.id);
  const mentorIds = Object.values(mentor);
  const groups = [ids.slice(0, 5), ids.slice(5)].map((memberIds) => ({ memberIds, mentorIds }));
  await command(world, university, 'SetGroups', { classId, groups });
  expect(await course.say(university, 'centralised/diagnosis')).toEqual([]);
  const [leaving, ...staying] = course.members as [Member, ...Member[]];
  await command(world, province, 'WithdrawEnrollment', {
    enrollmentId: leaving.enrollmentId,
    reason: '学校工作需要',
  });
  course.members = staying;
  await eventually('the groups are without who left', async () => {
    const { people } = await course.seen(university);
    const faults = people.groupFaults.map(({ code }: Answered) => code).join();
    return faults === 'GROUP_SIZE_WRONG' && people.matches.length === staying.length;
  });
  await eventually('the institution is told', async () => {
    const recipient = { kind: 'INSTITUTION', id: university.institutionId };
    const { inbox } = await ask(world, university, 'Inbox', { recipient, first: 50 });
    const told = inbox.notices.edges.map(({ node }: Answered) => node.code);
    return told.includes('GROUPS_BROKEN_BY_DEPARTURE');
  });
  await course.each('centralised/study_plan');
  expect(await course.move(university, 'CompleteStage', 'centralised')).toEqual([
    'GROUP_SIZE_WRONG',
  ]);
  const proposed = await command(world, university, 'ProposeGroups', { classId });
  const [group] = proposed.trainingClass.people.groups;
  expect(group.members).toHaveLength(staying.length);
  expect(group.mentors).toHaveLength(mentorIds.length);
  expect(await course.move(university, 'CompleteStage', 'centralised')).toEqual([]);
});

/** Every trainee at the host on these days, with a diary and the mentor's word. */
async function placeAll(hostId: string, mentorId: string, at: ReturnType<typeof days>) {
  const { world, signIn } = platform;
  const actor = await signIn(mentorId, [{ role: 'Trainer', personId: mentorId }]);
  for (const { teacher, enrollmentId } of course.members) {
    const placing = { enrollmentId, hostId, mentorId, ...at };
    const { placement } = await command(world, university, 'PlaceTrainee', placing);
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
  expect(await course.move(university, 'OpenStage', 'return')).toEqual(['STAGE_NOT_NEXT']);
  expect(await course.move(university, 'OpenStage', 'shadow')).toEqual([]);
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
  expect(await course.move(university, 'CompleteStage', 'shadow')).toEqual([
    'PLACEMENT_NOT_ASSESSED',
  ]);
  await course.until(addDays(opensOn, 45));
  await placeAll(
    institutionId,
    mentor.researcher,
    days(addDays(opensOn, 45), addDays(opensOn, 59)),
  );
  const [first] = members as [Member];
  const full = await attempt(world, university, 'PlaceTrainee', {
    ...{ enrollmentId: first.enrollmentId, hostId: schoolId, mentorId: mentor.frontline },
    ...days(addDays(opensOn, 31), addDays(opensOn, 44)),
  });
  expect(codes(full)).toEqual(['PLACEMENT_DATES_WRONG', 'PLACEMENT_HOST_FULL']);
  await course.each('shadow/return_plan');
  expect(await course.move(university, 'CompleteStage', 'shadow')).toEqual([]);
});

test('CRS-33, CRS-55, REG-13: return practice and summary; who brings the last plan late is decided anew', async () => {
  const { world } = platform;
  const { bureau, regionCode } = world.cast;
  await course.until(addDays(course.opensOn, 60));
  expect(await course.move(university, 'OpenStage', 'return')).toEqual([]);
  expect(await course.say(bureau, 'return/county_arrangement', regionCode)).toEqual([]);
  await course.each('return/training_case');
  await course.each('return/course_resource');
  expect(await course.move(university, 'CompleteStage', 'return')).toEqual([]);
  await course.until(course.closesOn);
  expect(await course.move(university, 'OpenStage', 'summary')).toEqual([]);
  expect(await course.say(university, 'summary/showcase')).toEqual([]);
  const [late, ...others] = course.members as [Member, ...Member[]];
  await course.each('summary/development_plan', others);
  expect(await course.move(university, 'CompleteStage', 'summary')).toEqual([]);
  expect((await course.seen(university)).progress.nextActions).toEqual([]);
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

/** A short course of the university, with one trainee; where there are several stages, its modules name theirs. */
async function shortCourse(modality: string, [first, second] = [] as string[]): Promise<Course> {
  const [trainerId = ''] = await experts(platform, 'frontline_teacher');
  const short = await courses.open(modality, {
    modules: [
      { key: 'ethics', hours: 1, day: 0, trainerId, ...(first ? { stageKey: first } : {}) },
      {
        ...{ key: 'practice', hours: 3, day: 1, practical: true, trainerId },
        ...(second ? { stageKey: second } : {}),
      },
    ],
    ...{ trainerIds: [trainerId], pieces: [[0, 1]] },
  });
  await short.publish();
  await short.begin(chinese.slice(-1));
  return short;
}

test.each(['ONLINE', 'OUT_OF_PROVINCE'])(
  'CRS-35: %s asks for no evidence of its own: it is done with its sessions',
  async (modality) => {
    const short = await shortCourse(modality);
    expect((await short.seen(university)).progress.nextActions).toEqual([]);
    await short.decide();
    for (const member of short.members) await short.credited(member, '4.00');
  },
);

test('CRS-35: degree study is completed with the proof of the degree, and not without', async () => {
  const short = await shortCourse('DEGREE');
  const [{ teacher, enrollmentId }] = short.members as [Member];
  expect(await short.move(university, 'OpenStage', 'study')).toEqual([]);
  expect(await short.move(university, 'CompleteStage', 'study')).toEqual([]);
  await short.decide();
  expect((await short.completionOf({ teacher, enrollmentId })).state).toBe('REFUSED');
  const proof = { credential_number: '106531202605001234', granted_on: short.opensOn };
  expect(await short.say(teacher, 'study/credential', enrollmentId, proof)).toEqual([]);
  await short.credited({ teacher, enrollmentId }, '4.00');
});

test('CRS-35: nobody goes abroad without preparation, or completes without a report; one that comes late completes', async () => {
  const abroad = await shortCourse('ABROAD', ['preparation', 'abroad']);
  const [{ teacher, enrollmentId }] = abroad.members as [Member];
  expect(await abroad.move(university, 'OpenStage', 'abroad')).toEqual(['STAGE_NOT_NEXT']);
  expect(await abroad.move(university, 'OpenStage', 'preparation')).toEqual([]);
  expect(await abroad.move(university, 'CompleteStage', 'preparation')).toEqual([
    'EVIDENCE_TOO_LITTLE',
  ]);
  expect(await abroad.say(university, 'preparation/preparation')).toEqual([]);
  expect(await abroad.move(university, 'CompleteStage', 'preparation')).toEqual([]);
  expect(await abroad.move(university, 'OpenStage', 'abroad')).toEqual([]);
  expect(await abroad.move(university, 'CompleteStage', 'abroad')).toEqual([]);
  await abroad.decide();
  expect((await abroad.completionOf({ teacher, enrollmentId })).state).toBe('REFUSED');
  expect(await abroad.say(teacher, 'abroad/report', enrollmentId)).toEqual([]);
  await abroad.credited({ teacher, enrollmentId }, '4.00');
});

test('CRS-34: a placement that the mentor did not pass completes nothing; another one does', async () => {
  const { world, signIn } = platform;
  const { school, schoolId: hostId } = world.cast;
  const short = await shortCourse('SHADOW');
  const [member] = short.members as [Member];
  const [mentorId = ''] = await experts(platform, 'frontline_teacher');
  const actor = await signIn(mentorId, [{ role: 'Trainer', personId: mentorId }]);
  expect(await short.move(university, 'OpenStage', 'placement')).toEqual([]);
  await command(world, school, 'SetPlacementCapacity', { hostId, kind: 'SCHOOL', capacity: 20 });
  const assess = async (on: number, passed: boolean) => {
    const date = addDays(short.opensOn, on);
    const placing = { enrollmentId: member.enrollmentId, hostId, mentorId, ...days(date, date) };
    const { placement } = await command(world, university, 'PlaceTrainee', placing);
    const word = { placementId: placement.id, passed, comment: '评语' };
    await command(world, actor, 'AssessPlacement', word);
  };
  await assess(0, false);
  expect(await short.move(university, 'CompleteStage', 'placement')).toEqual([]);
  await short.decide();
  expect((await short.completionOf(member)).state).toBe('REFUSED');
  await assess(1, true);
  await short.credited(member, '4.00');
});
