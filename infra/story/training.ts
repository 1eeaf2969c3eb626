import type { Trainee } from './choosing.ts';
import type { Published } from './planning.ts';
import {
  type Answered,
  ask,
  attempt,
  command,
  expectThat,
  StoryBroken,
  type World,
} from './world.ts';

/** What completion said of the two at the limit. */
export type Trained = {
  /** Absent exactly 1/5: completes with the hours deducted. */
  readonly atLimit: Trainee;
  /** Absent a minute more: does not complete. */
  readonly overLimit: Trainee;
};

/** Of thirty: exactly one fifth. */
const sessionsMissed = 6;

/** The class runs: attendance, leave, homework, assessment, and the decision on completion. */
export async function train(
  world: World,
  published: Published,
  trainees: readonly Trainee[],
): Promise<Trained> {
  const { bureau } = world.cast;
  const { projectId } = published;
  const [atLimit, overLimit] = trainees;
  if (!atLimit || !overLimit) throw new StoryBroken('the class is empty');
  await world.advance(11);
  await command(world, bureau, 'StartProject', { projectId });
  world.tell({ zh: '十一天过去，开班。', en: 'Eleven days pass; the class begins.' });
  await leave(world, published, atLimit);
  await world.advance(15);
  await attendance(world, published, trainees);
  await homework(world, published, trainees);
  await command(world, bureau, 'CloseProject', { projectId });
  await complete(world, published, { atLimit, overLimit });
  return { atLimit, overLimit };
}

async function leave(world: World, { sessions }: Published, trainee: Trainee): Promise<void> {
  const { classHead } = world.cast;
  const { enrollmentId, teacher } = trainee;
  const last = sessions.slice(-sessionsMissed).map(({ id }) => id);
  const asked = await command(world, teacher, 'RequestLeave', {
    enrollmentId,
    sessionIds: last,
    reason: '学校期末工作',
  });
  const [{ id: leaveId }] = asked.enrollment.leaves;
  await command(world, classHead, 'DecideLeave', { enrollmentId, leaveId, granted: true });
  world.tell({
    zh: `${teacher.name} 请假 ${last.length} 个课次，班主任准假，学时照扣。`,
    en: `${teacher.name} asks for leave from ${last.length} sessions; granted, and the hours are deducted all the same.`,
  });
}

/** Thirty sessions; one trainee misses exactly 1/5 of the minutes, another one minute more. */
async function attendance(
  world: World,
  { classId, sessions }: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { classHead } = world.cast;
  const firstMissed = sessions.length - sessionsMissed;
  for (const [at, { id: sessionId, minutes }] of sessions.entries()) {
    const marks = trainees.map(({ enrollmentId }, who) => {
      const missing = who <= 1 && at >= firstMissed;
      const lateByOne = who === 1 && at === 0 ? 1 : 0;
      return { enrollmentId, presentMinutes: missing ? 0 : minutes - lateByOne };
    });
    await command(world, classHead, 'RecordAttendance', { classId, sessionId, marks });
  }
  world.tell({
    zh: `班主任逐课次登记考勤：${sessions.length} 个课次，按分钟计。`,
    en: `The class head takes attendance of ${sessions.length} sessions, by the minute.`,
  });
}

async function homework(
  world: World,
  { modules }: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { classHead } = world.cast;
  for (const { teacher, enrollmentId } of trainees) {
    for (const { id: moduleId, title } of modules) {
      const text = `《${title}》学习成果`;
      await command(world, teacher, 'SubmitHomework', { enrollmentId, moduleId, text });
      const review = { enrollmentId, moduleId, accepted: true };
      await command(world, classHead, 'ReviewHomework', review);
    }
    const result = { enrollmentId, passed: true, scoreCenti: 8800 };
    await command(world, classHead, 'RecordCompletionAssessment', result);
  }
  world.tell({
    zh: '作业提交并评阅，结业考核完成。',
    en: 'Homework is handed in and accepted, the assessment is held.',
  });
}

async function complete(
  world: World,
  { classId }: Published,
  { atLimit, overLimit }: Trained,
): Promise<void> {
  const { classHead } = world.cast;
  await command(world, classHead, 'DecideCompletions', { classId });
  const again = await attempt(world, classHead, 'DecideCompletions', { classId });
  expectThat(again.refusals[0]?.code === 'NOTHING_TO_DECIDE', 'nobody is decided twice', again);
  const whole = await completionOf(world, atLimit);
  const over = await completionOf(world, overLimit);
  expectThat(whole.state === 'CONFIRMED' && whole.hours === '72.00', 'CRS-52: exactly 1/5', whole);
  expectThat(over.state === 'REFUSED' && over.hours === '0.00', 'CRS-52: a minute above', over);
  world.tell(
    {
      zh: `结业决定：${atLimit.teacher.name} 缺课恰为五分之一，准予结业，记 ${whole.hours} 学时；${overLimit.teacher.name} 多缺一分钟，不予结业。`,
      en: `Completion: ${atLimit.teacher.name} missed exactly 1/5 and completes with ${whole.hours} hours; ${overLimit.teacher.name} missed a minute more and does not.`,
    },
    over.conditions.filter(({ met }: Answered) => !met),
  );
}

async function completionOf(world: World, { teacher, enrollmentId }: Trainee): Promise<Answered> {
  const { enrollment } = await ask(world, teacher, 'Enrollment', { id: enrollmentId });
  return enrollment.completion;
}
