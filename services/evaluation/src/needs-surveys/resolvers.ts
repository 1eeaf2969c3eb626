import { centiText, percentText } from '@shixun/kernel';
import {
  connection,
  type GraphContext,
  mutation,
  type Resolver,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { answerEnvelopes } from '../ballots/store.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { type Dimension, meanCenti, optionFigures, withheldGroups } from './analysis.ts';
import { closeNeedsSurveyCommand, openNeedsSurveyCommand } from './commands.ts';
import { issueNeedsBallotCommand, submitNeedsAnswersCommand } from './commands-answer.ts';
import { invitedIn, trusted } from './queries-counting.ts';
import {
  type NeedsResult,
  type NeedsSurveyRow,
  needsFrame,
  needsSurveys,
  needsTallies,
  needsTexts,
  type TallyRow,
} from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

/** One question of a closed survey. */
type QuestionResult = {
  readonly survey: NeedsSurveyRow & { readonly result: NeedsResult };
  readonly question: Question;
};

async function responseOf(survey: NeedsSurveyRow, { db }: GraphContext) {
  const answersCount =
    survey.result?.answersCount ??
    (await db.model(answerEnvelopes).collection.countDocuments({ surveyId: survey._id }));
  const invitedCount = invitedIn(survey);
  return {
    populationCount: survey.strata.reduce((sum, each) => sum + each.populationCount, 0),
    invitedCount,
    answersCount,
    rate: percentText(answersCount, invitedCount),
  };
}

async function resultsOf(survey: NeedsSurveyRow, context: GraphContext) {
  const { result } = survey;
  if (result === null || !trusted(result)) return [];
  const questionnaire = await context.loadOne(questionnaires, survey.questionnaireId);
  return (questionnaire?.questions ?? []).map(
    (question): QuestionResult => ({
      survey: { ...survey, result },
      question,
    }),
  );
}

async function cellsOf({ survey, question }: QuestionResult, by: Dimension, { db }: GraphContext) {
  const rows = (await db
    .model(needsTallies)
    .collection.find({ surveyId: survey._id, question: question.code, dimension: by })
    .sort({ value: 1 })
    .toArray()) as unknown as TallyRow[];
  const withheld = withheldGroups(rows, survey.result.answersMin);
  return rows.map((row) => {
    const { value, answersCount } = row;
    if (withheld.has(value)) {
      return { value, withheld: true, answersCount: null, options: [], mean: null };
    }
    const mean = meanCenti(question, row);
    return {
      value,
      withheld: false,
      answersCount,
      options: optionFigures(question, row),
      mean: mean === null ? null : centiText(mean),
    };
  });
}

async function textsOf({ survey, question }: QuestionResult, page: Page, context: GraphContext) {
  const [all] = await cellsOf({ survey, question }, 'all', context);
  const enough = all !== undefined && !all.withheld;
  return connection(context.db.model(needsTexts), {
    filter: enough ? { surveyId: survey._id, question: question.code } : null,
    sort: [['_id', 1]],
    ...page,
  });
}

async function askedOf({ caller, db }: GraphContext, page: Page) {
  const grant = caller?.grants.find(({ role }) => role === 'Teacher');
  const teacherId = grant?.personId ?? caller?.subject;
  const frames = await connection(db.model(needsFrame), {
    filter: teacherId === undefined ? null : { teacherId, invited: true },
    sort: [['_id', -1]],
    ...page,
  });
  const ids = frames.edges.map(({ node }) => node.surveyId);
  const rows = await db
    .model(needsSurveys)
    .find({ _id: { $in: ids } })
    .lean<NeedsSurveyRow[]>();
  const byId = new Map(rows.map((row) => [row._id, row]));
  const edges = frames.edges.map(({ cursor, node }) => ({ cursor, node: byId.get(node.surveyId) }));
  return { ...frames, edges: edges.filter(({ node }) => node !== undefined) };
}

/** The payload names the survey; the row is read, so that the stored answer needn't hold a key. */
const surveyNamed: Resolver = ({ survey }: { survey: { _id: string } | null }, _args, context) =>
  survey === null ? null : context.loadOne(needsSurveys, survey._id);

export const needsSurveyListFilter = (regionCode: string) => ({ regionCode: within(regionCode) });
export const needsSurveyListSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;
export const needsFrameSort = [
  ['stratum', 1],
  ['lot', 1],
  ['_id', 1],
] as const;

export const needsSurveyResolvers: ResolverTable = {
  Query: {
    needsSurvey: (_parent, { id }: { id: string }, context) => context.loadOne(needsSurveys, id),
    needsSurveys: (_parent, { regionCode, ...page }: Page & { regionCode: string }, context) =>
      connection(context.db.model(needsSurveys), {
        filter: needsSurveyListFilter(regionCode),
        sort: needsSurveyListSort,
        ...page,
      }),
    myNeedsSurveys: (_parent, page: Page, context) => askedOf(context, page),
  },
  Mutation: {
    openNeedsSurvey: mutation(openNeedsSurveyCommand, 'survey'),
    closeNeedsSurvey: mutation(closeNeedsSurveyCommand, 'survey'),
    issueNeedsBallot: mutation(issueNeedsBallotCommand, 'ballot'),
    submitNeedsAnswers: mutation(submitNeedsAnswersCommand, 'submission'),
  },
  NeedsSurveyPayload: { survey: surveyNamed },
  NeedsSurvey: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(needsSurveys, id),
    id: ({ _id }: NeedsSurveyRow) => _id,
    region: ({ regionCode }: NeedsSurveyRow) => ({ code: regionCode }),
    questionnaire: ({ questionnaireId }: NeedsSurveyRow, _args, context) =>
      context.loadOne(questionnaires, questionnaireId),
    frame: ({ _id }: NeedsSurveyRow, page: Page, context) =>
      connection(context.db.model(needsFrame), {
        filter: { surveyId: _id },
        sort: needsFrameSort,
        ...page,
      }),
    response: (survey: NeedsSurveyRow, _args, context) => responseOf(survey, context),
    results: (survey: NeedsSurveyRow, _args, context) => resultsOf(survey, context),
  },
  NeedsQuestionResult: {
    cells: (row: QuestionResult, { by }: { by: Dimension }, context) => cellsOf(row, by, context),
    texts: (row: QuestionResult, page: Page, context) => textsOf(row, page, context),
  },
};
