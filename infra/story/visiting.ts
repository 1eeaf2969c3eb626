/** The second class is held: chosen in the country, stage after stage, to completion. [CRS-30] */
import { yearOf } from '@shixun/kernel';
import { checkInByCode, doorsOpen } from './attendance.ts';
import type { Trainee } from './choosing.ts';
import type { Published } from './planning.ts';
import { completionOf, handIn } from './training.ts';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  expectThat,
  reasonsOf,
  StoryBroken,
  until,
  type World,
} from './world.ts';

/** The teachers of the township choose; where too many would be away, their school has its word. [PLN-09] */
export async function chooseVisit(
  world: World,
  { menuItemId, title }: Published,
): Promise<readonly Trainee[]> {
  const { teachers, school } = world.cast.township;
  const trainees: Trainee[] = [];
  let asked = 0;
  for (const teacher of teachers) {
    const input = { menuItemId, teacherId: teacher.id, waitlist: false };
    const { enrollment } = await command(world, teacher, 'EnrollTeacher', input);
    if (enrollment.state === 'PENDING_SCHOOL') {
      asked += 1;
      const answer = { enrollmentId: enrollment.id, confirm: true };
      await command(world, school, 'AnswerForSchool', answer);
    }
    trainees.push({ teacher, enrollmentId: enrollment.id });
  }
  world.tell({
    zh: `乡镇教师 ${teachers.length} 人选报「${title}」，其中 ${asked} 人因同日外出超过一成，由学校确认。`,
    en: `${teachers.length} teachers of the township choose the visit; for ${asked} of them more than a tenth of the school would be away, and the school confirms.`,
  });
  return trainees;
}

type Stage = { readonly visit: Published; readonly key: string; readonly leads: Actor };
type Evidence = { readonly by: Actor; readonly askKey: string; readonly about?: string };

/** Two days in the township: each stage is led and evidenced by whoever the modality names. */
export async function holdVisit(
  world: World,
  visit: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { bureau, institution, classHead, township } = world.cast;
  const { projectId, classId, sessions } = visit;
  const [first, ...others] = sessions;
  if (!first) throw new StoryBroken('the visit has no sessions');
  await until(world, doorsOpen(first));
  await command(world, bureau, 'StartProject', { projectId });
  await checkInByCode(world, classId, first, trainees);
  const diagnosis = { visit, key: 'diagnosis', leads: institution };
  await openStage(world, diagnosis);
  await evidence(world, diagnosis, { by: institution, askKey: 'diagnosis' });
  await completeStage(world, diagnosis);
  await polish(world, visit);
  await world.advance(2);
  for (const { id: sessionId, minutes } of others) {
    const marks = trainees.map(({ enrollmentId }) => ({ enrollmentId, presentMinutes: minutes }));
    await command(world, classHead, 'RecordAttendance', { classId, sessionId, marks });
  }
  const showcase = { visit, key: 'showcase', leads: institution };
  await openStage(world, showcase);
  await evidence(world, showcase, { by: institution, askKey: 'showcase' });
  await completeStage(world, showcase);
  await summarise(world, visit, trainees);
  await countVisit(world, visit, township.regionCode);
  await handIn(world, visit, trainees);
  await command(world, bureau, 'CloseProject', { projectId });
  await completeVisit(world, visit, trainees);
}

/** What a stage still lacks is said to whoever may bring it. */
async function polish(world: World, visit: Published): Promise<void> {
  const { school, schoolId } = world.cast.township;
  const polishing = { visit, key: 'polishing', leads: school };
  await openStage(world, polishing);
  const early = await attempt(world, school, 'CompleteStage', {
    classId: visit.classId,
    stageKey: 'polishing',
  });
  expectThat(early.refusals.length > 0, 'CRS-30: a stage without its evidence stays open', early);
  await evidence(world, polishing, { by: school, askKey: 'lesson_study', about: schoolId });
  await completeStage(world, polishing);
  world.tell(
    {
      zh: '送教第一天：机构完成诊断示范，学校完成研课磨课；缺佐证时环节不能结束：',
      en: 'The first day: the institution diagnoses, the school polishes a lesson; without evidence a stage does not end:',
    },
    reasonsOf(early.refusals),
  );
}

/** The last stage yields the next year's plans of the school and of each teacher. */
async function summarise(
  world: World,
  visit: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { institution, township } = world.cast;
  const { school: by, schoolId: about } = township;
  const summary = { visit, key: 'summary', leads: institution };
  await openStage(world, summary);
  for (const askKey of ['year_summary', 'next_school_plan']) {
    await evidence(world, summary, { by, askKey, about });
  }
  for (const { teacher, enrollmentId } of trainees) {
    const own = { by: teacher, askKey: 'next_personal_plan', about: enrollmentId };
    await evidence(world, summary, own);
  }
  await completeStage(world, summary);
  const { trainingClass } = await ask(world, institution, 'ClassStages', { id: visit.classId });
  const stages = trainingClass.progress.stages;
  expectThat(
    stages.every(({ state }: Answered) => state === 'COMPLETED'),
    'CRS-30: every stage is completed',
    stages,
  );
  const { nextPlans } = await ask(world, by, 'NextPlans', { schoolId: about });
  world.tell(
    {
      zh: '第二天：成果展示、总结提升；四个环节完成，学校与教师的下一年计划由此产生：',
      en: 'The second day: showcase and summary. All four stages are completed, and the next year’s plans come of them:',
    },
    {
      stages: stages.map(({ stage, state }: Answered) => `${stage.key} ${state}`),
      nextPlans: nextPlans.edges.map(({ node }: Answered) => `${node.kind} ${node.year}`),
    },
  );
}

/** The matrix of townships and subjects: one visit of the four that a year asks for. */
async function countVisit(
  world: World,
  { classId, opensOn, closesOn }: Published,
  townshipCode: string,
): Promise<void> {
  const { bureau, regionCode } = world.cast;
  const visit = { classId, townshipCode, startsOn: opensOn, endsOn: closesOn };
  await command(world, bureau, 'RecordVisit', visit);
  const matrix = { countyCode: regionCode, year: yearOf(opensOn) };
  const { visitMatrix } = await ask(world, bureau, 'VisitMatrix', matrix);
  world.tell(
    {
      zh: '送教次数按乡镇、学科统计，全年应不少于四次：',
      en: 'Visits are counted by township and subject; a year asks for four:',
    },
    visitMatrix,
  );
}

async function completeVisit(
  world: World,
  { classId }: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { classHead } = world.cast;
  await command(world, classHead, 'DecideCompletions', { classId });
  const [someone] = trainees;
  if (!someone) throw new StoryBroken('nobody came to the visit');
  const completion = await completionOf(world, someone);
  expectThat(completion.state === 'CONFIRMED', 'CRS-55: the visit is completed', completion);
  world.tell(
    {
      zh: `送教班结业：${someone.teacher.name} 等 ${trainees.length} 人各记 ${completion.hours} 学时，环节与佐证同为条件：`,
      en: `The visit is completed: ${trainees.length} teachers with ${completion.hours} hours each; stages and evidence are conditions like the others:`,
    },
    completion.conditions,
  );
}

async function openStage(world: World, { visit, key, leads }: Stage): Promise<void> {
  await command(world, leads, 'OpenStage', { classId: visit.classId, stageKey: key });
}

async function completeStage(world: World, { visit, key, leads }: Stage): Promise<void> {
  await command(world, leads, 'CompleteStage', { classId: visit.classId, stageKey: key });
}

/** What is brought says its content; the diagnosis says three things. */
async function evidence(
  world: World,
  { visit, key }: Stage,
  { by, askKey, about }: Evidence,
): Promise<void> {
  const fields =
    askKey === 'diagnosis'
      ? { findings: '提问单一', demonstration: '整本书导读示范课', tasks: '设计问题链' }
      : { content: '已按方案完成' };
  await command(world, by, 'RecordStageEvidence', {
    classId: visit.classId,
    stageKey: key,
    askKey,
    about: about ?? null,
    fields: Object.entries(fields).map(([name, value]) => ({ key: name, value })),
  });
}
