import {
  connection,
  type GraphContext,
  mutation,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { publishQuestionnaireCommand } from './commands.ts';
import type { ChoiceOption, Question } from './questionnaire.ts';
import { type QuestionnaireRow, questionnaires } from './store.ts';

export type QuestionnaireFilter = {
  readonly regionCode?: string | null;
  readonly newestOnly?: boolean | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the list in the words of the collection. */
export function questionnaireFilter(filter: QuestionnaireFilter): Record<string, unknown> {
  return {
    ...(filter.newestOnly ? { succeededBy: null } : {}),
    ...(filter.regionCode ? { regionCode: within(filter.regionCode) } : {}),
  };
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
