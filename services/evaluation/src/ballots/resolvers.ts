import { mutation, type ResolverTable } from '@shixun/runtime';
import { issueBallotCommand, submitAnswersCommand } from './commands.ts';

export const ballotResolvers: ResolverTable = {
  Mutation: {
    issueBallot: mutation(issueBallotCommand, 'ballot'),
    submitAnswers: mutation(submitAnswersCommand, 'submission'),
  },
};
