import { addDays, civilDateOf, yearOf } from '@shixun/kernel';
import { askTeachers, confirmedBySchool } from './asking.ts';
import { badPlan, goodPlan, type PlanTrainers } from './plan.ts';
import {
  type Answered,
  ask,
  attempt,
  command,
  eventually,
  expectThat,
  reasonsOf,
  type World,
} from './world.ts';
import { fileYearPlan } from './year-plan.ts';

export type Session = {
  readonly id: string;
  readonly date: string;
  /** From midnight. */
  readonly startMinute: number;
  readonly minutes: number;
};

export type Published = {
  readonly title: string;
  readonly projectId: string;
  readonly classId: string;
  readonly menuId: string;
  readonly menuItemId: string;
  /** The needs survey that it answers. */
  readonly needsSurveyId: string;
  readonly opensOn: string;
  readonly closesOn: string;
  /** The year to which its hours go: completion is decided on the day after the last one. */
  readonly year: number;
  readonly sessions: readonly Session[];
  readonly modules: readonly { id: string; title: string; homeworkRequired: boolean }[];
};

/** A county bureau plans a training, has a bad plan put right, publishes it and puts it on a menu. */
export async function plan(world: World, title: string): Promise<Published> {
  const { bureau } = world.cast;
  const needsSurveyId = await askTeachers(world);
  const opensOn = addDays(civilDateOf(await world.now()), 10);
  await fileYearPlan(world, yearOf(opensOn));
  const projectId = await approvedProject(world, { title, needsSurveyId }, opensOn);
  await reviewedPlan(world, projectId, opensOn);
  const { project } = await command(world, bureau, 'PublishProject', { projectId });
  const [row] = project.classes;
  const sessions: number = row.sessions.length;
  world.tell(
    {
      zh: `方案公布：${row.name}，名额 ${row.capacity} 个，${row.opensOn} 开班，课程表 ${sessions} 个课次。`,
      en: `The plan is published: ${row.name}, ${row.capacity} places, opening on ${row.opensOn}, ${sessions} sessions.`,
    },
    { classId: row.id },
  );
  await command(world, bureau, 'OpenProject', { projectId });
  const { menuId, menuItemId } = await onMenu(world, row.id);
  return {
    title,
    projectId,
    classId: row.id,
    menuId,
    menuItemId,
    needsSurveyId,
    opensOn,
    closesOn: row.closesOn,
    year: yearOf(addDays(row.closesOn, 1)),
    sessions: row.sessions,
    modules: row.modules,
  };
}

async function approvedProject(
  world: World,
  { title, needsSurveyId }: { readonly title: string; readonly needsSurveyId: string },
  opensOn: string,
): Promise<string> {
  const { bureau, regionCode, institutionId } = world.cast;
  const { project } = await command(world, bureau, 'DraftProject', {
    title,
    level: 'COUNTY',
    sector: 'BASIC',
    modality: 'CONCENTRATED',
    stage: 'PRIMARY',
    subject: 'chinese',
    audience: {
      stages: ['PRIMARY'],
      subjects: ['chinese'],
      careerStages: ['NEW', 'IN_SERVICE', 'YOUNG', 'BACKBONE', 'MASTER'],
    },
    contentCode: `reading-${title.length}-${Date.parse(opensOn) / 86_400_000}-${Math.random().toString(36).slice(2, 8)}`,
    ownerRegionCode: regionCode,
    year: yearOf(opensOn),
    hours: '90.00',
    startsOn: opensOn,
    endsOn: addDays(opensOn, 20),
  });
  const projectId: string = project.id;
  await confirmedBySchool(world, projectId);
  await eventually('the survey is known where projects are', async () => {
    const { refusals } = await attempt(world, bureau, 'SubmitProject', {
      projectId,
      needsSurveyId,
    });
    return refusals.length === 0;
  });
  await command(world, bureau, 'ApproveProject', { projectId });
  await command(world, bureau, 'CommissionInstitution', { projectId, institutionId });
  world.tell(
    {
      zh: `${bureau.name} 申报并立项「${title}」（县培，90 学时），委托区教师发展中心承办。`,
      en: `${bureau.name} submits and approves a county project of 90 hours and commissions the development centre.`,
    },
    { projectId },
  );
  return projectId;
}

async function reviewedPlan(world: World, projectId: string, opensOn: string): Promise<void> {
  const { bureau, institution, classHead } = world.cast;
  const trainers = await trainersByKind(world);
  const given = [opensOn, classHead.id, trainers] as const;
  await command(world, institution, 'SubmitPlan', { projectId, plan: badPlan(...given) });
  const refused = await attempt(world, bureau, 'ReviewPlan', { projectId, verdict: 'ACCEPT' });
  const rules = new Set(refused.refusals.map(({ rule }: Answered) => rule));
  expectThat(
    ['CRS-10', 'CRS-11', 'CRS-12'].every((rule) => rules.has(rule)),
    'a bad plan is refused with every fault at once',
    [...rules],
  );
  world.tell(
    {
      zh: '方案审核：第一稿被拒，一次列出全部问题：',
      en: 'Plan review: the first draft is refused, with every fault at once:',
    },
    reasonsOf(refused.refusals),
  );
  await command(world, bureau, 'ReviewPlan', {
    projectId,
    verdict: 'RETURN',
    reason: '请补充目标，师德课程列为第一模块，实践课程不少于一半',
  });
  await command(world, institution, 'SubmitPlan', { projectId, plan: goodPlan(...given) });
  await command(world, bureau, 'ReviewPlan', { projectId, verdict: 'ACCEPT' });
  world.tell({ zh: '改正后的方案审核通过。', en: 'The mended plan is accepted.' });
}

/** Two front-line teachers and one other of the expert pool: what CRS-13 asks for. */
export async function trainersByKind(world: World): Promise<PlanTrainers> {
  const { trainerIds, bureau } = world.cast;
  const found = await Promise.all(trainerIds.map((id) => ask(world, bureau, 'Trainer', { id })));
  const known: readonly Answered[] = found.map(({ trainer }) => trainer);
  const frontline = known.filter(({ kind }) => kind === 'FRONTLINE_TEACHER').map(({ id }) => id);
  const others = known.filter(({ kind }) => kind !== 'FRONTLINE_TEACHER').map(({ id }) => id);
  expectThat(frontline.length >= 2 && others.length >= 1, 'the pool has trainers of both kinds');
  return { frontline: frontline.slice(0, 2), others: others.slice(0, 1) };
}

async function onMenu(world: World, classId: string) {
  const { bureau, regionCode } = world.cast;
  const now = (await world.now()).getTime();
  const { menu } = await command(world, bureau, 'OpenMenu', {
    title: '小店区教师自主选学菜单',
    regionCode,
    opensAt: new Date(now - 60_000).toISOString(),
    closesAt: new Date(now + 5 * 24 * 3_600_000).toISOString(),
  });
  const { menuItem } = await command(world, bureau, 'PutOnMenu', { menuId: menu.id, classId });
  world.tell(
    {
      zh: '开班并列入选学菜单，窗口五天。',
      en: 'The class is open and on the menu, for five days.',
    },
    { menuItemId: menuItem.id, placesLeft: menuItem.placesLeft },
  );
  return { menuId: menu.id as string, menuItemId: menuItem.id as string };
}
