import { centiText } from '@shixun/kernel';
import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { projects } from '../projections/projects.ts';
import { publishGradeCommand } from './commands.ts';
import type { GradeComponent } from './publish.ts';
import { type GradeRow, grades } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

export const gradeSort = [
  ['publishedAt', -1],
  ['_id', -1],
] as const;

export const gradeResolvers: ResolverTable = {
  Query: {
    grade: (_parent, { id }: { id: string }, context) => context.loadOne(grades, id),
  },
  Mutation: { publishGrade: mutation(publishGradeCommand, 'grade') },
  Grade: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(grades, id),
    id: ({ _id }: GradeRow) => _id,
    project: async ({ projectId }: GradeRow, _args, context) =>
      (await context.loadOne(projects, projectId)) ?? { _id: projectId },
    institution: ({ institutionId }: GradeRow) => ({ id: institutionId }),
    score: ({ scoreCenti }: GradeRow) => centiText(scoreCenti),
  },
  GradeComponent: { score: ({ scoreCenti }: GradeComponent) => centiText(scoreCenti) },
  Institution: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    grades: ({ id }: { id: string }, { first, after }: Page, context) =>
      connection(context.db.model(grades), {
        filter: { institutionId: id },
        sort: gradeSort,
        first,
        after,
      }),
  },
  Project: {
    grade: async ({ _id }: { _id: string }, _args, context) =>
      (await context.loadMany(grades, 'projectId', _id))[0] ?? null,
  },
};
