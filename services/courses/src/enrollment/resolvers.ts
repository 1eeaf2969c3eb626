import { connection, type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { placesLeft } from '../menus/resolvers.ts';
import { teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { enrollmentScope, parties } from './access.ts';
import { answerOfferCommand, withdrawEnrollmentCommand } from './commands.ts';
import { enrollTeacherCommand } from './commands-enroll.ts';
import { type EnrollmentRow, enrollments, seatRows } from './store.ts';

type Page = { readonly first?: number; readonly after?: string };

export const enrollmentResolvers: ResolverTable = {
  Query: {
    // Somebody else's is answered like one that does not exist.
    enrollment: async (_parent, { id }: { id: string }, context) => {
      const row = await context.loadOne(enrollments, id);
      return row && may(context.caller, parties, enrollmentScope(row)) ? row : null;
    },
  },
  Mutation: {
    enrollTeacher: mutation(enrollTeacherCommand, 'enrollment'),
    withdrawEnrollment: mutation(withdrawEnrollmentCommand, 'enrollment'),
    answerOffer: mutation(answerOfferCommand, 'enrollment'),
  },
  Enrollment: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(enrollments, id),
    id: ({ _id }: EnrollmentRow) => _id,
    trainingClass: ({ classId }: EnrollmentRow, _args, context) =>
      context.loadOne(classes, classId),
    teacher: ({ teacherId }: EnrollmentRow) => ({ id: teacherId }),
    waitlistPosition: (row: EnrollmentRow, _args, context) => waitlistPosition(row, context),
  },
  Teacher: {
    // The projection brings school and region, which the access rows of the teacher's fields look at.
    __resolveReference: async ({ id }: { id: string }, context: GraphContext) => {
      const row = await context.loadOne(teachers, id);
      return { id, schoolId: row?.schoolId, regionCode: row?.regionCode };
    },
    enrollments: ({ id }: { id: string }, page: Page, context) =>
      connection(context.db.model(enrollments), {
        ...page,
        filter: { teacherId: id },
        // A teacher's turns are unique.
        sort: [['turn', -1]],
      }),
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

/** Counts those who wait with an earlier ticket: bounded by the waitlist of one class, and served by its index. */
async function waitlistPosition(row: EnrollmentRow, context: GraphContext): Promise<number | null> {
  if (row.state !== 'waitlisted') return null;
  const { classId, ticket } = row;
  const filter = { classId, state: 'waitlisted' as const, ticket: { $lt: ticket } };
  return (await context.db.model(enrollments).countDocuments(filter)) + 1;
}
