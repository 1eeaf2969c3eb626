import { randomUUID } from 'node:crypto';
import { choose } from './choosing.ts';
import { judge } from './judging.ts';
import { plan } from './planning.ts';
import { train } from './training.ts';
import {
  type Actor,
  type Answered,
  ask,
  command,
  eventually,
  expectThat,
  type World,
} from './world.ts';

/** What the story leaves behind, for who wants to look closer. */
export type Told = {
  readonly projectId: string;
  readonly classId: string;
  readonly year: number;
  readonly teacherId: string;
  /** The last page: one query through the whole graph. */
  readonly page: Answered;
};

/**
 * The first story, through every service: planned, reviewed, chosen, held, completed, credited, judged; and at the end
 * one query from a teacher's page shows all of it. Each step by whoever has the right to it.
 */
export async function tellStory(world: World): Promise<Told> {
  await clearLeftovers(world);
  const published = await plan(world, `小学语文整本书阅读教学研修 ${randomUUID().slice(0, 4)}`);
  const trainees = await choose(world, published);
  const { atLimit, overLimit } = await train(world, published, trainees);
  const { year, projectId, classId } = published;
  await credited(world, atLimit.teacher, year);
  await judge(world, published, trainees);
  const nothing = await standing(world, overLimit.teacher, year);
  world.tell({
    zh: `${overLimit.teacher.name} 本次未记学时（全年 ${nothing.hours}）。`,
    en: `${overLimit.teacher.name} got no hours from it (${nothing.hours} this year).`,
  });
  const { teacher } = await ask(world, atLimit.teacher, 'TeacherPage', {
    id: atLimit.teacher.id,
    year,
  });
  expectThat(teacher.enrollments.edges.length > 0, 'the page shows the enrollment', teacher);
  world.tell(
    { zh: '教师主页，一次查询，四个服务：', en: 'The teacher’s page, one query, four services:' },
    teacher,
  );
  return { projectId, classId, year, teacherId: atLimit.teacher.id, page: teacher };
}

/** A story that was cut off leaves its teachers in a class: the bureau takes them out, so that it can be told again. */
async function clearLeftovers(world: World): Promise<void> {
  const { teachers, bureau } = world.cast;
  const standing = new Set(['CONFIRMED', 'WAITLISTED', 'OFFERED']);
  for (const actor of teachers) {
    const { teacher } = await ask(world, actor, 'TeacherPage', { id: actor.id });
    const left = (teacher?.enrollments.edges ?? [])
      .map(({ node }: Answered) => node)
      .filter(({ state, completion }: Answered) => standing.has(state) && completion === null);
    for (const { id: enrollmentId } of left) {
      await command(world, bureau, 'WithdrawEnrollment', {
        enrollmentId,
        reason: '上次演示中断，重新开始',
      });
    }
  }
}

async function credited(world: World, teacher: Actor, year: number): Promise<void> {
  const seen = await eventually('the completion is in the ledger', async () => {
    const found = await standing(world, teacher, year);
    return found && Number(found.hours) >= 72 && found;
  });
  world.tell(
    {
      zh: `事件送达学分银行：${seen.year} 年 ${seen.hours} 学时、${seen.credits} 学分（要求 ${seen.hoursRequired}）。`,
      en: `The event reaches the credit bank: ${seen.hours} hours and ${seen.credits} credits in ${seen.year} (required: ${seen.hoursRequired}).`,
    },
    seen.byCategory,
  );
}

async function standing(world: World, teacher: Actor, year: number): Promise<Answered> {
  const { teacher: row } = await ask(world, teacher, 'CreditStanding', { id: teacher.id, year });
  return row.creditStanding;
}
