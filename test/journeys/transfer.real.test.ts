/** A teacher changes schools in mid-year, and two records turn out to be of one person: through the gateway and over Kafka. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { plan } from '@shixun/infra/story/planning';
import { train } from '@shixun/infra/story/training';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  eventually,
} from '@shixun/infra/story/world';
import { addDays, civilDateOf } from '@shixun/kernel';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

/** What no published operation asks: the person of an enrollment, in every subgraph. */
async function personOf(actor: Actor, enrollmentId: string, year: number): Promise<Answered> {
  const { gatewayUrl } = platform.world;
  const query = `query Person($id: ID!, $year: Int) { enrollment(id: $id) { teacher {
    id redirectedFrom creditStanding(year: $year) { hours } enrollments { edges { node { id } } } } } }`;
  const response = await fetch(new URL('/graphql', gatewayUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${actor.token}` },
    body: JSON.stringify({ query, variables: { id: enrollmentId, year } }),
  });
  const { data, errors } = (await response.json()) as Answered;
  if (errors) throw new Error(JSON.stringify(errors));
  return data.enrollment.teacher;
}

/** The page of a teacher as that person sees it: hours of the year and the enrollments with what they led to. */
async function pageFor(actor: Actor, id: string, year: number): Promise<Answered> {
  const { teacher } = await ask(platform.world, actor, 'TeacherPage', { id, year });
  const enrollments: Answered[] = teacher.enrollments.edges.map(({ node }: Answered) => node);
  return {
    id: teacher.id,
    school: teacher.school.id,
    hours: teacher.creditStanding.hours,
    enrollments: enrollments.map(({ id: enrollment, completion }) => [
      enrollment,
      completion.state,
      completion.hours,
    ]),
  };
}

test('REG-05, REG-16: a transfer in mid-year keeps history and credits; a merge leaves a redirect and adds up, and undoing it gives each its own', async () => {
  const { world } = platform;
  const { bureau, outsider } = world.cast;
  const province = await platform.signIn('demo-province', [
    { role: 'ProvinceAdmin', regionCode: '140000' },
  ]);
  const published = await plan(world, '调动与合并之旅');
  const { year, menuItemId } = published;
  const trainees = [];
  for (const teacher of world.cast.teachers.slice(0, 3)) {
    const input = { menuItemId, teacherId: teacher.id, waitlist: false };
    const { enrollment } = await command(world, teacher, 'EnrollTeacher', input);
    trainees.push({ teacher, enrollmentId: enrollment.id as string });
  }
  await train(world, published, trainees);
  const [first, , moving] = trainees;
  if (!first || !moving) throw new Error('the class is empty');
  const before = await eventually('the credits of both are posted', async () => {
    const page = await pageFor(moving.teacher, moving.teacher.id, year);
    const other = await pageFor(first.teacher, first.teacher.id, year);
    return page.hours === '90.00' && other.hours === '72.00' && page;
  });
  expect(before.enrollments).toEqual([[moving.enrollmentId, 'CONFIRMED', '90.00']]);

  // The transfer, to a school of another city, by the bureau that both lie under.
  const there = await ask(world, outsider, 'TeacherPage', { id: outsider.id });
  const toSchoolId: string = there.teacher.school.id;
  const today = civilDateOf(await world.now());
  const transfer = { teacherId: moving.teacher.id, toSchoolId, effectiveOn: today };
  const refused = await attempt(world, bureau, 'TransferTeacher', transfer);
  expect(refused.refusals.map(({ code }: Answered) => code)).toEqual(['TRANSFER_OUT_OF_AREA']);
  await command(world, province, 'TransferTeacher', transfer);
  const schoolOn = async (on: string) => {
    const variables = { id: moving.teacher.id, on };
    const { teacher } = await ask(world, moving.teacher, 'TeacherHistory', variables);
    return teacher.employedOn.map(({ school }: Answered) => school.id);
  };
  expect(await schoolOn(addDays(today, -1))).toEqual([before.school]);
  expect(await schoolOn(today)).toEqual([toSchoolId]);

  // The old school has lost sight of the record, the new one has it whole, credits included.
  const adminOf = (schoolId: string) =>
    platform.signIn(`admin-${schoolId}`, [{ role: 'SchoolAdmin', schoolId }]);
  const oldAdmin = await adminOf(before.school);
  const newAdmin = await adminOf(toSchoolId);
  const moved = await eventually('the transfer is known in every service', async () => {
    const page = await pageFor(newAdmin, moving.teacher.id, year).catch(() => null);
    return page?.hours === '90.00' && page;
  });
  expect(moved).toEqual({ ...before, school: toSchoolId });
  await expect(pageFor(oldAdmin, moving.teacher.id, year)).rejects.toThrow('FORBIDDEN');
  const staffOf = async (admin: Actor, schoolId: string) => {
    const { teachers } = await ask(world, admin, 'SchoolTeachers', { schoolId, first: 100 });
    return teachers.edges.map(({ node }: Answered) => node.id);
  };
  expect(await staffOf(oldAdmin, before.school)).not.toContain(moving.teacher.id);
  expect(await staffOf(newAdmin, toSchoolId)).toContain(moving.teacher.id);
  // A county's menu is no menu of a teacher who left the county.
  const atClass = { menuItemId, teacherId: moving.teacher.id, waitlist: false };
  const outside = await attempt(world, moving.teacher, 'EnrollTeacher', atClass);
  expect(outside.refusals.map(({ code }: Answered) => code)).toContain('AUDIENCE_MISMATCH');

  // The two records turn out to be of one person.
  const oldId = first.teacher.id;
  const survivorId = moving.teacher.id;
  const merge = { teacherId: oldId, survivorId, reason: '两份档案为同一人' };
  const tooLow = await attempt(world, bureau, 'MergeTeachers', merge);
  expect(tooLow.refusals.map(({ code }: Answered) => code)).toEqual(['MERGE_OUT_OF_AREA']);
  await command(world, province, 'MergeTeachers', merge);
  const both = await eventually('the merge is known in every service', async () => {
    const page = await pageFor(moving.teacher, survivorId, year);
    return page.hours === '162.00' && page.enrollments.length === 2 && page;
  });
  expect(both.enrollments.toSorted()).toEqual(
    [
      [first.enrollmentId, 'CONFIRMED', '72.00'],
      [moving.enrollmentId, 'CONFIRMED', '90.00'],
    ].toSorted(),
  );
  // By the old id, and with the old token, from the registry and from every other service's reference.
  const byOldToken = await eventually(
    'every service takes the old token for the person’s',
    async () => pageFor(first.teacher, oldId, year).catch(() => null),
  );
  expect(byOldToken).toEqual(both);
  const redirected = await ask(world, province, 'TeacherHistory', { id: oldId, on: today });
  expect(redirected.teacher).toMatchObject({ id: survivorId, redirectedFrom: oldId });
  expect(await personOf(province, first.enrollmentId, year)).toMatchObject({
    creditStanding: { hours: '162.00' },
    enrollments: { edges: [expect.anything(), expect.anything()] },
  });

  await command(world, province, 'UnmergeTeacher', { teacherId: oldId, reason: '确认为两人' });
  const apart = await eventually('each record stands by itself again', async () => {
    const page = await pageFor(first.teacher, oldId, year).catch(() => null);
    const other = await pageFor(moving.teacher, survivorId, year);
    const alone = page?.enrollments.length === 1 && other.enrollments.length === 1;
    return alone && page.hours === '72.00' && other.hours === '90.00' && { page, other };
  });
  expect(apart.page).toMatchObject({
    id: oldId,
    enrollments: [[first.enrollmentId, 'CONFIRMED', '72.00']],
  });
  expect(apart.other).toEqual(moved);
});
