import { centiText } from '@shixun/kernel';
import { mutation, type ResolverTable } from '@shixun/runtime';
import { recordAssessmentCommand } from './commands.ts';
import { type AssessmentRow, assessments } from './store.ts';

export const assessmentResolvers: ResolverTable = {
  Mutation: { recordAssessment: mutation(recordAssessmentCommand, 'assessment') },
  Assessment: {
    id: ({ _id }: AssessmentRow) => _id,
    score: ({ scoreCenti }: AssessmentRow) => centiText(scoreCenti),
    replaced: ({ replacedBy }: AssessmentRow) => replacedBy !== null,
  },
  Project: {
    assessments: ({ _id }: { _id: string }, _args, context) =>
      context.loadMany(assessments, 'projectId', _id),
  },
};
