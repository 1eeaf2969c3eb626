import { centiText } from '@shixun/kernel';
import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import type { SeenThrough } from '../enrollment/access.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { shownInProof } from '../resources/result.ts';
import { practiceResults } from '../resources/store.ts';
import { decideCompletionsCommand, withdrawCompletionCommand } from './commands.ts';
import { proofOf } from './decide-completion.ts';
import { type CompletionRow, completions } from './store.ts';

type Page = { readonly first?: number; readonly after?: string };

export const completionResolvers: ResolverTable = {
  Mutation: {
    decideCompletions: mutation(decideCompletionsCommand, 'trainingClass'),
    withdrawCompletion: mutation(withdrawCompletionCommand, 'completion'),
  },
  Enrollment: {
    // The newest one: a withdrawn decision may have been followed by another.
    completion: async ({ _id, seenIn }: EnrollmentRow & SeenThrough, _args, context) => {
      const row = (await context.loadMany(completions, 'enrollmentId', _id)).at(-1);
      return row === undefined ? null : { ...row, ...(seenIn ? { seenIn } : {}) };
    },
  },
  TrainingClass: {
    completions: ({ _id }: TrainingClassRow, page: Page, context) =>
      connection(context.db.model(completions), {
        ...page,
        filter: { classId: _id },
        sort: [['_id', 1]],
      }),
  },
  Completion: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(completions, id),
    id: ({ _id }: CompletionRow) => _id,
    enrollment: ({ enrollmentId }: CompletionRow, _args, context) =>
      context.loadOne(enrollments, enrollmentId),
    proof: async (row: CompletionRow, _args, context) =>
      shownInProof(
        proofOf(row),
        await context.loadMany(practiceResults, 'enrollmentId', row.enrollmentId),
      ),
    hoursPlanned: ({ hoursPlannedCenti }: CompletionRow) => centiText(hoursPlannedCenti),
    hoursAbsent: ({ hoursAbsentCenti }: CompletionRow) => centiText(hoursAbsentCenti),
    hours: ({ hoursCenti }: CompletionRow) => centiText(hoursCenti),
  },
};
