import { noticeOf } from './inbox.ts';
import type { Published } from './planning.ts';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  eventually,
  expectThat,
  reasonsOf,
  StoryBroken,
  type World,
} from './world.ts';

/** Someone in the class, with the enrollment. */
export type Trainee = { readonly teacher: Actor; readonly enrollmentId: string };

/** Teachers choose: five take places, three press for the last one at once, one waits and is promoted. */
export async function choose(world: World, published: Published): Promise<readonly Trainee[]> {
  const { teachers } = world.cast;
  await seeMenu(world, published);
  const first = [];
  for (const teacher of teachers.slice(0, 5)) {
    first.push(await enrolled(world, teacher, published.menuItemId));
  }
  world.tell({ zh: '五位教师先后报名成功。', en: 'Five teachers enroll, one after another.' });
  const { winner, losers } = await lastPlace(world, published, teachers.slice(5, 8));
  const [waiting] = losers;
  const [leaving, ...staying] = first;
  if (!waiting || !leaving) throw new StoryBroken('nobody is left to wait');
  await seeObstacle(world, published, waiting);
  const promoted = await promotion(world, published, { waiting, leaving });
  return [...staying, winner, promoted];
}

/** What a teacher finds who types the first words of the title. */
async function search(world: World, teacher: Actor, { title, menuItemId }: Published) {
  const asked = { filter: { text: title.slice(0, 4) }, first: 50 };
  const { menuItems, menuFacets: facets } = await ask(world, teacher, 'MenuSearch', asked);
  const item = menuItems.edges.find(({ node }: Answered) => node.id === menuItemId)?.node;
  return item && { item, facets };
}

async function seeMenu(world: World, published: Published): Promise<void> {
  const { teachers, outsider } = world.cast;
  const { menuItemId, title } = published;
  const [teacher] = teachers;
  if (!teacher) throw new StoryBroken('the cast has no teachers');
  const { item, facets } = await eventually('the class is on the teacher’s menu', () =>
    search(world, teacher, published),
  );
  expectThat(item.openToMe, 'the class is open to the teacher', item.obstacles);
  const there = await ask(world, outsider, 'MenuItems', { first: 50 });
  const shown = there.menuItems.edges.some(({ node }: Answered) => node.id === menuItemId);
  expectThat(!shown, 'a county’s menu is not shown in another county');
  world.tell(
    {
      zh: `${teacher.name} 打开选学菜单，搜索「${title.slice(0, 4)}」：本班对其开放，余 ${item.placesLeft} 个名额；分面计数：`,
      en: `${teacher.name} opens the menu and searches: the class is open, ${item.placesLeft} places left. The facets count:`,
    },
    facets,
  );
  const refused = await attempt(world, outsider, 'EnrollTeacher', {
    menuItemId,
    teacherId: outsider.id,
    waitlist: false,
  });
  expectThat(
    refused.refusals.some(({ rule }: Answered) => rule === 'CRS-41'),
    'a teacher outside the audience is refused',
    refused,
  );
  world.tell(
    {
      zh: '外县教师直接报名，被拒：',
      en: 'A teacher of another county tries all the same, and is refused:',
    },
    reasonsOf(refused.refusals),
  );
}

async function enrolled(world: World, teacher: Actor, menuItemId: string): Promise<Trainee> {
  const input = { menuItemId, teacherId: teacher.id, waitlist: false };
  const { enrollment } = await command(world, teacher, 'EnrollTeacher', input);
  return { teacher, enrollmentId: enrollment.id };
}

/** Three at the same moment, each twice with the same key: one place, one winner, nobody enrolled twice. */
async function lastPlace(world: World, { menuItemId }: Published, rivals: readonly Actor[]) {
  const tries = await Promise.all(
    rivals.map(async (teacher) => {
      const input = { menuItemId, teacherId: teacher.id, waitlist: false };
      const key = `last-place-${menuItemId}-${teacher.id}`;
      const [once, again] = await Promise.all([
        attempt(world, teacher, 'EnrollTeacher', input, key),
        attempt(world, teacher, 'EnrollTeacher', input, key),
      ]);
      expectThat(
        once.enrollment?.id === again.enrollment?.id,
        'the same key gives the same answer',
        { once, again },
      );
      return { teacher, ...once };
    }),
  );
  const won = tries.filter(({ enrollment }) => enrollment !== null);
  const lost = tries.filter(({ enrollment }) => enrollment === null);
  const [winner] = won;
  expectThat(won.length === 1, 'the last place goes to exactly one of many', tries);
  expectThat(
    lost.every(({ refusals }) => refusals[0].code === 'CLASS_FULL'),
    'the others hear that the class is full',
    lost,
  );
  world.tell(
    {
      zh: `最后一个名额，三人同时报名：${winner?.teacher.name} 得到，其余被告知名额已满。`,
      en: `Three press for the last place at once: ${winner?.teacher.name} gets it, the others hear that it is full.`,
    },
    lost[0]?.refusals[0].messageZh,
  );
  return {
    winner: { teacher: winner?.teacher as Actor, enrollmentId: winner?.enrollment.id as string },
    losers: lost.map(({ teacher }) => teacher),
  };
}

/** What is closed says why, and what to do about it. [CRS-40] */
async function seeObstacle(world: World, published: Published, teacher: Actor): Promise<void> {
  const found = await search(world, teacher, published);
  const [obstacle] = found?.item.obstacles ?? [];
  expectThat(obstacle?.refusal.code === 'CLASS_FULL', 'CRS-40: the reason is shown', found);
  world.tell(
    {
      zh: `${teacher.name} 再看菜单：为何不能报名，该怎么办：`,
      en: `${teacher.name} looks again: why it is closed, and what to do about it:`,
    },
    { reasons: reasonsOf([obstacle.refusal]), zh: obstacle.remedyZh, en: obstacle.remedyEn },
  );
}

async function promotion(
  world: World,
  { menuItemId }: Published,
  { waiting, leaving }: { waiting: Actor; leaving: Trainee },
): Promise<Trainee> {
  const input = { menuItemId, teacherId: waiting.id, waitlist: true };
  const { enrollment } = await command(world, waiting, 'EnrollTeacher', input);
  expectThat(enrollment.waitlistPosition === 1, 'the next one waits first in line', enrollment);
  world.tell({
    zh: `${waiting.name} 进入候补，排第 ${enrollment.waitlistPosition} 位。`,
    en: `${waiting.name} joins the waitlist, number ${enrollment.waitlistPosition}.`,
  });
  const enrollmentId: string = enrollment.id;
  await command(world, leaving.teacher, 'WithdrawEnrollment', {
    enrollmentId: leaving.enrollmentId,
  });
  const seen = await ask(world, waiting, 'Enrollment', { id: enrollmentId });
  expectThat(seen.enrollment.state === 'OFFERED', 'the freed place is offered', seen);
  const notice = await noticeOf(world, waiting, 'PLACE_OFFERED');
  world.tell(
    {
      zh: `${leaving.teacher.name} 退选，名额自动递补给 ${waiting.name}，须在 ${seen.enrollment.respondBy} 前确认；收件箱里有通知：`,
      en: `${leaving.teacher.name} withdraws; the place is offered to ${waiting.name} until ${seen.enrollment.respondBy}. A notice lies in the inbox:`,
    },
    notice,
  );
  await command(world, waiting, 'AnswerOffer', { enrollmentId, accept: true });
  world.tell({
    zh: `${waiting.name} 确认，成为正式学员。`,
    en: `${waiting.name} accepts and is in.`,
  });
  return { teacher: waiting, enrollmentId };
}
