/** The school's word on its teachers' own choices, and what happens without it. [CRS-17, PLN-09] */
import { civilDateOf } from '@shixun/kernel';
import { type Chore, defineCommand, type PolicyBook, runUnit, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { answerForSchool, type SchoolAnswer, type SchoolAnswered } from './answer-school.ts';
import { confirmPlace, endEnrollment, readStanding, type Standing } from './commands.ts';
import { notices } from './notices.ts';
import { type EnrollmentRow, enrollments } from './store.ts';

type Input = SchoolAnswer & { readonly enrollmentId: string };

export const answerForSchoolCommand = defineCommand<Input, Standing, SchoolAnswered, EnrollmentRow>(
  {
    name: 'answerForSchool',
    input: z.object({
      enrollmentId: z.string(),
      confirm: z.boolean(),
      reason: z
        .string()
        .trim()
        .max(500)
        .nullish()
        .transform((text) => text ?? null),
    }),
    gather: async ({ enrollmentId }, unit, { policies }) =>
      readStanding(enrollmentId, unit, policies, civilDateOf(unit.now)),
    scope: ({ enrollment }) => ({ schoolId: enrollment.schoolId }),
    decide: (input, { enrollment }, { now }) => answerForSchool(input, enrollment, now),
    record: ({ state, reason }, standing, unit) => {
      const { _id: subject, teacherId, classId } = standing.enrollment;
      const to = { teacherId };
      if (state === 'confirmed') {
        unit.notify({ notice: notices.SCHOOL_CONFIRMED, to, subject, figures: { classId } });
        return confirmPlace(standing.enrollment, unit);
      }
      const figures = { classId, reason: reason ?? '' };
      unit.notify({ notice: notices.SCHOOL_DECLINED, to, subject, figures });
      return endPending(standing, { state, reason }, unit);
    },
    stream: ({ enrollment }) => enrollment.classId,
  },
);

/** Gives the held place back, and on to the waitlist. */
function endPending(
  standing: Standing,
  { state, reason }: { readonly state: 'declined' | 'lapsed'; readonly reason: string | null },
  unit: Unit,
): EnrollmentRow {
  const promotes = standing.trainingClass.state === 'open';
  return endEnrollment(standing, { state, reason, free: true, freesPlace: true, promotes }, unit);
}

/** How many one run ends at most; the next run goes on. */
const lapsesMax = 200;

/** Ends enrollments on which the school has not answered in its time, and passes their places on. */
export const lapseSchoolQuestionsChore: Chore = {
  name: 'lapse-school-questions',
  everyMs: 30_000,
  run: async ({ db, run, policies }, turn) => {
    for (let ended = 0; ended < lapsesMax && turn?.signal.aborted !== true; ended += 1) {
      if (!(await runUnit(db, (unit) => lapseOne(unit, policies), run))) return;
    }
  },
};

async function lapseOne(unit: Unit, policies: PolicyBook): Promise<boolean> {
  const [due] = await unit.find(
    enrollments,
    { state: 'pending_school', respondBy: { $lte: unit.now } },
    { sort: { respondBy: 1, _id: 1 }, limit: 1 },
  );
  if (!due) return false;
  const standing = await readStanding(due._id, unit, policies, civilDateOf(unit.now));
  if (!('enrollment' in standing)) return false;
  endPending(standing, { state: 'lapsed', reason: null }, unit);
  const { classId, teacherId, _id: enrollmentId } = due;
  const respondBy = due.respondBy?.toISOString() ?? '';
  unit.notify({
    notice: notices.SCHOOL_DID_NOT_ANSWER,
    to: { teacherId },
    subject: enrollmentId,
    figures: { classId, respondBy },
  });
  unit.audit({
    stream: classId,
    actor: 'clock',
    command: 'lapseSchoolQuestion',
    facts: { enrollmentId },
    policyVersion: null,
  });
  return true;
}
