import {
  connection,
  type GraphContext,
  mutation,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { publishQuestionnaireCommand } from './commands.ts';
import type { ChoiceOption, Purpose, Question } from './questionnaire.ts';
import { type QuestionnaireRow, questionnaires } from './store.ts';

export type QuestionnaireFilter = {
  readonly regionCode?: string | null;
  readonly newestOnly?: boolean | null;
  readonly purpose?: Purpose | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the list in the words of the collection. */
export function questionnaireFilter(filter: QuestionnaireFilter): Record<string, unknown> {
  return {
    ...(filter.newestOnly ? { succeededBy: null } : {}),
    ...purposeFilter(filter.purpose ?? null),
    ...(filter.regionCode ? { regionCode: within(filter.regionCode) } : {}),
  };
}

/** Rows of the first days have no purpose: they are for evaluation. */
function purposeFilter(purpose: Purpose | null): Record<string, unknown> {
  if (purpose === null) return {};
  return { purpose: purpose === 'needs' ? 'needs' : { $ne: 'needs' } };
}

export const questionnaireSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

export const questionnaireResolvers: ResolverTable = {
  Query: {
    questionnaire: (_parent, { id }: { id: string }, context) =>
      context.loadOne(questionnaires, id),
    questionnaires: (_parent, args: Page & { filter?: QuestionnaireFilter | null }, context) =>
      connection(context.db.model(questionnaires), {
        filter: questionnaireFilter(args.filter ?? {}),
        sort: questionnaireSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: { publishQuestionnaire: mutation(publishQuestionnaireCommand, 'questionnaire') },
  Questionnaire: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(questionnaires, id),
    id: ({ _id }: QuestionnaireRow) => _id,
    purpose: ({ purpose }: QuestionnaireRow) => purpose ?? 'evaluation',
    titleZh: ({ zh }: QuestionnaireRow) => zh,
    titleEn: ({ en }: QuestionnaireRow) => en,
    succeededBy: ({ succeededBy }: QuestionnaireRow, _args, context) =>
      succeededBy === null ? null : context.loadOne(questionnaires, succeededBy),
  },
  Question: {
    textZh: ({ zh }: Question) => zh,
    textEn: ({ en }: Question) => en,
  },
  ChoiceOption: {
    textZh: ({ zh }: ChoiceOption) => zh,
    textEn: ({ en }: ChoiceOption) => en,
  },
};
