import { centiText, civilDateOf, compareRatio, percentText } from '@shixun/kernel';
import { type GraphContext, mutation, type Resolver, type ResolverTable } from '@shixun/runtime';
import { answerEnvelopes, ballotReceipts, receiptId } from '../ballots/store.ts';
import { projects } from '../projections/projects.ts';
import { trainees } from '../projections/trainees.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { closeSurveyCommand, openSurveyCommand } from './commands.ts';
import { type SurveyResults, shownResults } from './results.ts';
import { type SurveyRow, surveyFacts, surveys } from './store.ts';
import { takesAnswers } from './survey.ts';

type ProjectReference = { readonly _id: string };

/** The figures of the survey, with where they belong, so that the access table can look at them. */
type PlacedResults = SurveyResults & Pick<SurveyRow, 'regionCode' | 'institutionId'>;

async function resultsOf(survey: SurveyRow, context: GraphContext): Promise<PlacedResults> {
  const questionnaire = await context.loadOne(questionnaires, survey.questionnaireId);
  const { figures } = context.policies.effective(survey.regionCode, civilDateOf(context.now));
  const counted = { state: survey.state, tallies: survey.count?.tallies ?? [] };
  const answersCount = survey.count?.answersCount ?? 0;
  const { regionCode, institutionId } = survey;
  const results = shownResults(counted, answersCount, questionnaire?.questions ?? [], figures);
  return { ...results, regionCode, institutionId };
}

async function coverageOf(survey: SurveyRow, context: GraphContext) {
  const { figures } = context.policies.effective(survey.regionCode, civilDateOf(context.now));
  const { numerator, denominator } = figures.evaluationCoverageShareMin;
  const { traineesCount, answersCount } = survey.count ?? (await countedNow(survey, context));
  return {
    traineesCount,
    answersCount,
    required: percentText(numerator, denominator),
    actual: percentText(answersCount, traineesCount),
    reached: compareRatio(answersCount, traineesCount, numerator, denominator) >= 0,
  };
}

async function countedNow({ _id, projectId }: SurveyRow, { db, persons }: GraphContext) {
  const ids = await db
    .model(trainees)
    .collection.distinct('teacherId', { projectId, takesPart: true });
  const people = new Set(ids.map((id: string) => persons.survivorOf(id)));
  const answersCount = await db.model(answerEnvelopes).collection.countDocuments({ surveyId: _id });
  return { traineesCount: people.size, answersCount };
}

async function openSurveysOf(teacherId: string, context: GraphContext) {
  const ids = context.persons.idsOf(teacherId);
  const rows = await Promise.all(ids.map((id) => context.loadMany(trainees, 'teacherId', id)));
  const taken = rows.flat().filter(({ takesPart }) => takesPart);
  const projectIds = [...new Set(taken.map(({ projectId }) => projectId))];
  const found = await Promise.all(
    projectIds.map((projectId) => context.loadMany(surveys, 'projectId', projectId)),
  );
  const today = civilDateOf(context.now);
  const waiting = found
    .flat()
    .filter((survey) => takesAnswers(surveyFacts(survey), today))
    .filter(({ classIds }) => taken.some(({ classId }) => classIds.includes(classId)));
  return waiting.map(async (survey) => ({
    survey,
    ballotIssued: (
      await Promise.all(ids.map((id) => context.loadOne(ballotReceipts, receiptId(survey._id, id))))
    ).some((receipt) => receipt !== null),
  }));
}

/** The payload names the survey; the row is read, so that the stored answer needn't hold a key. */
const surveyNamed: Resolver = ({ survey }: { survey: { _id: string } | null }, _args, context) =>
  survey === null ? null : context.loadOne(surveys, survey._id);

export const surveyResolvers: ResolverTable = {
  Query: {
    survey: (_parent, { id }: { id: string }, context) => context.loadOne(surveys, id),
    surveyResults: async (_parent, { surveyId }: { surveyId: string }, context) => {
      const survey = await context.loadOne(surveys, surveyId);
      return survey === null ? null : resultsOf(survey, context);
    },
  },
  Mutation: {
    openSurvey: mutation(openSurveyCommand, 'survey'),
    closeSurvey: mutation(closeSurveyCommand, 'survey'),
  },
  OpenSurveyPayload: { survey: surveyNamed },
  CloseSurveyPayload: { survey: surveyNamed },
  Survey: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(surveys, id),
    id: ({ _id }: SurveyRow) => _id,
    project: async ({ projectId }: SurveyRow, _args, context) =>
      (await context.loadOne(projects, projectId)) ?? { _id: projectId },
    questionnaire: ({ questionnaireId }: SurveyRow, _args, context) =>
      context.loadOne(questionnaires, questionnaireId),
    coverage: (survey: SurveyRow, _args, context) => coverageOf(survey, context),
    results: (survey: SurveyRow, _args, context) => resultsOf(survey, context),
    boxDigest: ({ count }: SurveyRow) => count?.boxDigest ?? null,
  },
  SurveyResults: {
    score: ({ scoreCenti }: PlacedResults) => (scoreCenti === null ? null : centiText(scoreCenti)),
  },
  Project: {
    __resolveReference: async ({ id }: { id: string }, context: GraphContext) =>
      (await context.loadOne(projects, id)) ?? { _id: id },
    id: ({ _id }: ProjectReference) => _id,
    survey: async ({ _id }: ProjectReference, _args, context) =>
      (await context.loadMany(surveys, 'projectId', _id))[0] ?? null,
  },
  Teacher: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => ({
      id: context.persons.survivorOf(id),
    }),
    openSurveys: ({ id }: { id: string }, _args, context) => openSurveysOf(id, context),
  },
};
