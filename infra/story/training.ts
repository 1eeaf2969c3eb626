import { checkInByCode, doorsOpen, sendFromTablet } from './attendance.ts';
import type { Trainee } from './choosing.ts';
import { noticeOf } from './inbox.ts';
import type { Published } from './planning.ts';
import {
  type Answered,
  ask,
  attempt,
  command,
  expectThat,
  StoryBroken,
  until,
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
  const { projectId, sessions } = published;
  const [atLimit, overLimit] = trainees;
  const [first] = sessions;
  if (!atLimit || !overLimit || !first) throw new StoryBroken('the class is empty');
  await until(world, doorsOpen(first));
  await command(world, bureau, 'StartProject', { projectId });
  world.tell({
    zh: '开班当天早晨，教室屏幕显示签到码。',
    en: 'The morning on which the class begins; the screen of the room shows a code.',
  });
  await leave(world, published, atLimit);
  await attendance(world, published, trainees);
  await handIn(world, published, trainees);
  await assessed(world, trainees);
  world.tell({
    zh: '作业提交并评阅，结业考核完成。',
    en: 'Homework is handed in and accepted, the assessment is held.',
  });
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

/**
 * Thirty sessions: by code, by the class head, by a tablet. One trainee misses exactly 1/5 of the minutes, another one
 * minute more; the first is warned in time. [CRS-50, CRS-52]
 */
async function attendance(
  world: World,
  published: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { classHead } = world.cast;
  const { classId, sessions } = published;
  const [first, ...others] = sessions;
  const [atLimit, late, ...onTime] = trainees;
  if (!first || !atLimit || !late) throw new StoryBroken('the class is empty');
  await checkInByCode(world, classId, first, [atLimit, ...onTime]);
  const marks = [{ enrollmentId: late.enrollmentId, presentMinutes: first.minutes - 1 }];
  await command(world, classHead, 'RecordAttendance', { classId, sessionId: first.id, marks });
  await world.advance(15);
  const missed = new Set(sessions.slice(-sessionsMissed).map(({ id }) => id));
  // The log of the first day is forgotten.
  const logDays = [...new Set(others.map(({ date }) => date))].filter(
    (date) => date !== first.date,
  );
  await sendFromTablet(world, published, { sessions: others, logDays }, ({ id, minutes }) =>
    trainees.map(({ enrollmentId }, who) => ({
      enrollmentId,
      presentMinutes: who <= 1 && missed.has(id) ? 0 : minutes,
    })),
  );
  world.tell({
    zh: `考勤三个来源：首个课次扫码签到，${late.teacher.name} 迟到一分钟由班主任登记；其余 ${others.length} 个课次由离线平板签名补传。`,
    en: `Attendance from three sources: a code for the first session, the class head for ${late.teacher.name}, a minute late; the other ${others.length} signed by a tablet that was offline.`,
  });
  const warning = await noticeOf(world, atLimit.teacher, 'ABSENCE_AT_LIMIT');
  world.tell(
    {
      zh: `${atLimit.teacher.name} 缺课已达上限，收到预警：`,
      en: `${atLimit.teacher.name} has reached the absence limit and is warned:`,
    },
    warning,
  );
}

/** What the modules ask for is handed in and accepted; one after another, as a class takes its commands anyway. */
export async function handIn(
  world: World,
  { modules }: Published,
  trainees: readonly Trainee[],
): Promise<void> {
  const { classHead } = world.cast;
  const asked = modules.filter(({ homeworkRequired }) => homeworkRequired);
  for (const { teacher, enrollmentId } of trainees) {
    for (const { id: moduleId, title } of asked) {
      const text = `《${title}》学习成果`;
      await command(world, teacher, 'SubmitHomework', { enrollmentId, moduleId, text });
      const review = { enrollmentId, moduleId, accepted: true };
      await command(world, classHead, 'ReviewHomework', review);
    }
  }
}

async function assessed(world: World, trainees: readonly Trainee[]): Promise<void> {
  const { classHead } = world.cast;
  for (const { enrollmentId } of trainees) {
    const result = { enrollmentId, passed: true, scoreCenti: 8800 };
    await command(world, classHead, 'RecordCompletionAssessment', result);
  }
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
  const { enrollment } = await ask(world, overLimit.teacher, 'CompletionProof', {
    enrollmentId: overLimit.enrollmentId,
  });
  world.tell(
    {
      zh: `结业决定：${atLimit.teacher.name} 缺课恰为五分之一，准予结业，记 ${whole.hours} 学时；${overLimit.teacher.name} 多缺一分钟，不予结业。证明树逐条列出依据：`,
      en: `Completion: ${atLimit.teacher.name} missed exactly 1/5 and completes with ${whole.hours} hours; ${overLimit.teacher.name} missed a minute more and does not. The proof tree:`,
    },
    proofInShort(enrollment.completion.proof),
  );
}

/** The conditions with their figures; below them how many pieces of evidence stand. [CRS-55] */
function proofInShort({ rule, met, parts }: Answered): object {
  const conditions = parts.map((part: Answered) => ({
    rule: part.rule,
    met: part.met,
    about: part.about,
    required: part.required,
    actual: part.actual,
    piecesOfEvidence: part.parts.length,
  }));
  return { rule, met, conditions };
}

export async function completionOf(
  world: World,
  { teacher, enrollmentId }: Trainee,
): Promise<Answered> {
  const { enrollment } = await ask(world, teacher, 'Enrollment', { id: enrollmentId });
  return enrollment.completion;
}
