import { randomUUID } from 'node:crypto';
import { choose, type Trainee } from './choosing.ts';
import { lookBack, putRight, readNumber } from './governing.ts';
import { judge } from './judging.ts';
import { plan } from './planning.ts';
import { bringTeachers, qualify, rehearsePolicy } from './records.ts';
import { completionOf, train } from './training.ts';
import { planVisit } from './visit-plan.ts';
import { chooseVisit, holdVisit } from './visiting.ts';
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
  /** The second class: how many completed it. */
  readonly visit: { readonly classId: string; readonly trainees: number };
};

/**
 * The first story, through every service: two classes, one in town and one that comes to a township, planned, reviewed,
 * chosen, held, completed, credited, judged; who there is before, what is looked after in between; and at the end one
 * query from a teacher's page shows all of it. Each step by whoever has the right to it.
 */
export async function tellStory(world: World): Promise<Told> {
  await clearLeftovers(world);
  await bringTeachers(world);
  const narrowId = await qualify(world);
  await rehearsePolicy(world);
  const published = await plan(world, `小学语文整本书阅读教学研修 ${randomUUID().slice(0, 4)}`);
  const visit = await planVisit(world, published, narrowId);
  const trainees = await choose(world, published);
  const visited = await chooseVisit(world, visit);
  const { atLimit, overLimit } = await train(world, published, trainees);
  const { year, projectId, classId } = published;
  await putRight(world, published);
  await credited(world, atLimit, year);
  await holdVisit(world, visit, visited);
  for (const trainee of visited.slice(0, 1)) await credited(world, trainee, visit.year);
  await judge(world, [
    { published, trainees },
    { published: visit, trainees: visited },
  ]);
  await tellNothing(world, overLimit.teacher, year);
  await readNumber(world, atLimit);
  await lookBack(world, published);
  const page = await lastPage(world, atLimit.teacher, year);
  return {
    projectId,
    classId,
    year,
    teacherId: atLimit.teacher.id,
    page,
    visit: { classId: visit.classId, trainees: visited.length },
  };
}

async function tellNothing(world: World, teacher: Actor, year: number): Promise<void> {
  const nothing = await standing(world, teacher, year);
  world.tell({
    zh: `${teacher.name} 本次未记学时（全年 ${nothing.hours}）。`,
    en: `${teacher.name} got no hours from it (${nothing.hours} this year).`,
  });
}

async function lastPage(world: World, self: Actor, year: number): Promise<Answered> {
  const { teacher } = await ask(world, self, 'TeacherPage', { id: self.id, year });
  expectThat(teacher.enrollments.edges.length > 0, 'the page shows the enrollment', teacher);
  world.tell(
    { zh: '教师主页，一次查询，四个服务：', en: 'The teacher’s page, one query, four services:' },
    teacher,
  );
  return teacher;
}

/** A story that was cut off leaves its teachers in a class: the bureau takes them out, so that it can be told again. */
async function clearLeftovers(world: World): Promise<void> {
  const { teachers, township, bureau } = world.cast;
  const standing = new Set(['CONFIRMED', 'WAITLISTED', 'OFFERED', 'PENDING_SCHOOL']);
  for (const actor of [...teachers, ...township.teachers]) {
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

/** The entry that a completion led to, and the year's standing with it. [CRD-03] */
async function credited(world: World, trainee: Trainee, year: number): Promise<void> {
  const { teacher } = trainee;
  const { id } = await completionOf(world, trainee);
  const entry = await eventually('the completion is in the ledger', async () => {
    const { me } = await ask(world, teacher, 'Ledger', { year });
    const nodes: Answered[] = me.ledgerEntries.edges.map(({ node }: Answered) => node);
    return nodes.find(({ completion }) => completion?.id === id);
  });
  const seen = await standing(world, teacher, year);
  world.tell(
    {
      zh: `事件送达学分银行：${teacher.name} ${seen.year} 年 ${seen.hours} 学时、${seen.credits} 学分（要求 ${seen.hoursRequired}）。台账：`,
      en: `The event reaches the credit bank: ${teacher.name} has ${seen.hours} hours and ${seen.credits} credits in ${seen.year} (required: ${seen.hoursRequired}). The ledger:`,
    },
    {
      number: entry.number,
      kind: entry.kind,
      hours: entry.hours,
      policyVersion: entry.policyVersion,
    },
  );
}

async function standing(world: World, teacher: Actor, year: number): Promise<Answered> {
  const { teacher: row } = await ask(world, teacher, 'CreditStanding', { id: teacher.id, year });
  return row.creditStanding;
}
