import { connection, type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { placesLeft } from '../menus/readers-reasons.ts';
import { schools } from '../projections/schools.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { enrollmentScope, parties, type SeenThrough, schoolReaders } from './access.ts';
import { answerOfferCommand, withdrawEnrollmentCommand } from './commands.ts';
import { enrollTeacherCommand } from './commands-enroll.ts';
import { adjustPlacesCommand } from './commands-places.ts';
import { answerForSchoolCommand } from './commands-school.ts';
import { type EnrollmentRow, enrollments, seatRows } from './store.ts';

type TeacherHere = { readonly id: string } & Partial<Pick<TeacherRow, 'schoolId' | 'regionCode'>>;
type Page = { readonly first?: number; readonly after?: string };

export const enrollmentResolvers: ResolverTable = {
  Query: {
    // Somebody else's is answered like one that does not exist.
    enrollment: async (_parent, { id }: { id: string }, context) => {
      const row = await context.loadOne(enrollments, id);
      return row && may(context.caller, parties, enrollmentScope(row)) ? row : null;
    },
    schoolQuestions: async (_parent, args: Page & { schoolId: string }, context) => {
      const { schoolId, ...page } = args;
      const regionCode = (await context.loadOne(schools, schoolId))?.regionCode;
      const mine = may(context.caller, schoolReaders, { schoolId, regionCode });
      return connection(context.db.model(enrollments), {
        ...page,
        filter: mine ? { schoolId, state: 'pending_school' } : null,
        sort: [
          ['respondBy', 1],
          ['_id', 1],
        ],
      });
    },
  },
  Mutation: {
    answerForSchool: mutation(answerForSchoolCommand, 'enrollment'),
    enrollTeacher: mutation(enrollTeacherCommand, 'enrollment'),
    withdrawEnrollment: mutation(withdrawEnrollmentCommand, 'enrollment'),
    answerOffer: mutation(answerOfferCommand, 'enrollment'),
    adjustPlaces: mutation(adjustPlacesCommand, 'trainingClass'),
  },
  Enrollment: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(enrollments, id),
    id: ({ _id }: EnrollmentRow) => _id,
    trainingClass: ({ classId }: EnrollmentRow, _args, context) =>
      context.loadOne(classes, classId),
    teacher: ({ teacherId }: EnrollmentRow, _args, context) => teacherHere(teacherId, context),
    schoolQuestion: ({ question }: EnrollmentRow) => question ?? null,
    waitlistPosition: (row: EnrollmentRow, _args, context) => waitlistPosition(row, context),
  },
  Teacher: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => teacherHere(id, context),
    enrollments: (teacher: TeacherHere, page: Page, context) =>
      enrollmentsOf(teacher, page, context),
  },
  TrainingClass: {
    placesLeft: ({ _id }: TrainingClassRow, _args, context) => placesLeft(_id, context),
    waiting: async ({ _id }: TrainingClassRow, _args, context) =>
      (await context.loadOne(seatRows, _id))?.waiting ?? 0,
    enrollments: (
      { _id }: TrainingClassRow,
      { state, ...page }: Page & { state?: string | null },
      context,
    ) =>
      connection(context.db.model(enrollments), {
        ...page,
        filter: { classId: _id, ...(state ? { state } : {}) },
        // A class gives every ticket once.
        sort: [['ticket', 1]],
      }),
  },
};

/**
 * The person's surviving record, with school and region from the projection: the access rows of the teacher's fields
 * look at them. [REG-16]
 */
async function teacherHere(id: string, context: GraphContext) {
  const survivorId = context.persons.survivorOf(id);
  const row = await context.loadOne(teachers, survivorId);
  return { id: survivorId, schoolId: row?.schoolId, regionCode: row?.regionCode };
}

/** Of every record of the person; shown as what was reached through the teacher. [REG-16] */
async function enrollmentsOf(
  { id, schoolId, regionCode }: TeacherHere,
  page: Page,
  context: GraphContext,
) {
  const ids = context.persons.idsOf(id);
  const found = await connection(context.db.model(enrollments), {
    ...page,
    filter: { teacherId: { $in: ids } },
    // A record's turns are unique; of several records the newest comes first.
    sort:
      ids.length === 1
        ? [['turn', -1]]
        : [
            ['enrolledAt', -1],
            ['_id', -1],
          ],
  });
  if (schoolId === undefined || regionCode === undefined) return found;
  const seen: SeenThrough = { seenIn: { schoolId, regionCode } };
  const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: { ...node, ...seen } }));
  return { ...found, edges };
}

/** Counts those who wait with an earlier ticket: bounded by the waitlist of one class, and served by its index. */
async function waitlistPosition(row: EnrollmentRow, context: GraphContext): Promise<number | null> {
  if (row.state !== 'waitlisted') return null;
  const { classId, ticket } = row;
  const filter = { classId, state: 'waitlisted' as const, ticket: { $lt: ticket } };
  return (await context.db.model(enrollments).countDocuments(filter)) + 1;
}
