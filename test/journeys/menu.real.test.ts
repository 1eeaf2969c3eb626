import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { redoDraw } from '@shixun/courses/draw-client';
import { fetchDraw } from '@shixun/infra/draw';
import { plan } from '@shixun/infra/story/planning';
import { type Actor, ask, attempt, command, eventually } from '@shixun/infra/story/world';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

test('CRS-17, CRS-43: a dispatch that is objected to and decided, and a choice that waits for the school', async () => {
  const { world, services } = platform;
  const { bureau, school, teachers } = world.cast;
  const [one, two] = teachers as readonly [Actor, Actor];
  const { classId, menuItemId } = await plan(world, '课堂评价');
  const { db } = services.courses;
  const project = await db.connection.collection('classes').findOne({ _id: classId as never });
  // A project whose places are the bureau's to fill in part.
  await db.connection
    .collection('projects')
    .updateOne({ _id: project?.['projectId'] as never }, { $set: { dispatchPlaces: 2 } });
  const schoolOf = async (teacher: Actor) =>
    (await db.connection.collection('teachers').findOne({ _id: teacher.id as never }))?.[
      'schoolId'
    ];
  expect(await schoolOf(one)).toBe(world.cast.schoolId);
  await command(world, bureau, 'SetDispatchQuotas', {
    classId,
    quotas: [{ schoolId: world.cast.schoolId, places: 1 }],
  });
  const nominated = await command(world, school, 'NominateForDispatch', {
    classId,
    teacherId: one.id,
    reason: '周期学时不足',
  });
  const dispatchId: string = nominated.dispatch.id;
  const shown = await ask(world, bureau, 'Dispatches', { classId });
  expect(shown.dispatches.edges[0].node.teacher.creditStanding).toMatchObject({ satisfied: false });
  await command(world, bureau, 'ConfirmDispatch', { dispatchId });
  await eventually('the teacher is told', async () => {
    const recipient = { kind: 'TEACHER', id: one.id };
    const inbox = await ask(world, one, 'Inbox', { recipient, first: 50 });
    return JSON.stringify(inbox).includes('DISPATCHED');
  });
  await command(world, one, 'ObjectToDispatch', { dispatchId, reason: '家中有病人需照料' });
  const substitute = await command(world, school, 'NominateForDispatch', {
    classId,
    teacherId: two.id,
    reason: '接替',
    replacesId: dispatchId,
  });
  const decided = await command(world, bureau, 'DecideDispatchObjection', {
    dispatchId,
    upheld: true,
    reason: '情况属实',
  });
  expect(decided.dispatch.state).toBe('RELEASED');
  const after = await ask(world, bureau, 'Dispatches', { classId });
  expect(
    after.dispatches.edges.map(({ node }: { node: { id: string; state: string } }) => node),
  ).toMatchObject([
    { id: dispatchId, state: 'RELEASED' },
    { id: substitute.dispatch.id, state: 'CONFIRMED' },
  ]);

  // A teacher of a graduating class: the school has its word first.
  await db.connection
    .collection('teachers')
    .updateOne({ _id: one.id as never }, { $set: { graduatingClass: true } });
  const held = await command(world, one, 'EnrollTeacher', {
    menuItemId,
    teacherId: one.id,
    waitlist: false,
  });
  expect(held.enrollment.state).toBe('PENDING_SCHOOL');
  const { schoolQuestions } = await ask(world, school, 'SchoolQuestions', {
    schoolId: world.cast.schoolId,
  });
  expect(schoolQuestions.edges[0].node).toMatchObject({ schoolQuestion: 'GRADUATING_CLASS' });
  const confirmed = await command(world, school, 'AnswerForSchool', {
    enrollmentId: held.enrollment.id,
    confirm: true,
  });
  expect(confirmed.enrollment.state).toBe('CONFIRMED');

  // Both are free again for what follows.
  await command(world, one, 'WithdrawEnrollment', { enrollmentId: held.enrollment.id });
  const back = { dispatchId: substitute.dispatch.id, reason: '班级调整' };
  await command(world, bureau, 'WithdrawDispatch', back);
  await db.connection
    .collection('teachers')
    .updateOne({ _id: one.id as never }, { $set: { graduatingClass: false } });
});

test('CRS-40, CRS-45, CRS-46: a menu searched with facets and reasons, advice from the school, a draw that anyone redoes', async () => {
  const { world } = platform;
  const { bureau, school, schoolId, regionCode, teachers } = world.cast;
  const { classId, menuItemId } = await plan(world, '整本书阅读教学');
  const [first] = teachers;
  if (!first) throw new Error('the cast has no teachers');

  const seen = await eventually('the class is found by a word of its title', async () => {
    const variables = { filter: { text: '阅读', distance: 'COUNTY' }, first: 50 };
    const answer = await ask(world, first, 'MenuSearch', variables);
    const edge = answer.menuItems.edges.find(
      ({ node }: { node: { id: string } }) => node.id === menuItemId,
    );
    return edge && { ...answer, node: edge.node };
  });
  expect(seen.node).toMatchObject({ openToMe: true, obstacles: [], rating: 'NONE', placesLeft: 6 });
  expect(seen.menuFacets).toMatchObject({ complete: true });
  expect(seen.menuFacets.stages).toEqual([{ value: 'PRIMARY', count: seen.menuFacets.total }]);

  // The school advises, and cannot choose.
  const input = { teacherId: first.id, menuItemId };
  await command(world, school, 'AdviseTeacher', { ...input, reason: '补整本书阅读' });
  const { schoolGuidance } = await ask(world, school, 'SchoolGuidance', { schoolId, first: 5 });
  expect(schoolGuidance.edges[0].node.hoursShort).toBe('72.00');
  const forced = await attempt(world, school, 'EnrollTeacher', { ...input, waitlist: false });
  expect(forced.refusals.map(({ code }: { code: string }) => code)).toEqual(['FORBIDDEN']);
  await command(world, first, 'EnrollTeacher', { ...input, waitlist: false });
  const again = await ask(world, first, 'MenuSearch', { filter: { text: '阅读' }, first: 50 });
  const mine = again.menuItems.edges.find(
    ({ node }: { node: { id: string } }) => node.id === menuItemId,
  );
  expect(mine.node.obstacles[0]).toMatchObject({ refusal: { code: 'ENROLLED_ALREADY' } });

  // The same class on a menu by draw: five apply for the five places that are left, and a sixth.
  const now = (await world.now()).getTime();
  const { menu } = await command(world, bureau, 'OpenMenu', {
    title: '抽签选学菜单',
    regionCode,
    opensAt: new Date(now - 60_000).toISOString(),
    closesAt: new Date(now + 24 * 3_600_000).toISOString(),
    byDraw: true,
  });
  const { menuItem } = await command(world, bureau, 'PutOnMenu', { menuId: menu.id, classId });
  let drawId = '';
  for (const teacher of teachers.slice(1, 8)) {
    const applied = await command(world, teacher, 'ApplyForDraw', {
      menuItemId: menuItem.id,
      teacherId: teacher.id,
    });
    drawId = applied.draw.id;
  }
  await world.advance(2);
  const drawn = await eventually('the draw has run', async () => {
    const { draw } = await ask(world, null, 'Draw', { id: drawId });
    return draw.state === 'DRAWN' && draw;
  });
  expect(drawn.lots.edges).toHaveLength(7);
  const redone = redoDraw(await fetchDraw(drawId, world.gatewayUrl));
  expect(redone).toMatchObject({ seedHolds: true, differing: [] });
  const places = redone.lots.filter(({ outcome }) => outcome === 'PLACE');
  expect(places).toHaveLength(5);
});
