import { civilDateOf, type EffectivePolicy, isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import type { Answer } from '../ballots/answers.ts';
import { openAnswers } from '../ballots/sealing.ts';
import { type BallotKeyPair, generateBallotKey } from '../ballots/signing.ts';
import { answerEnvelopes, ballotReceipts, type EnvelopeRow } from '../ballots/store.ts';
import { classes, classFacts } from '../projections/classes.ts';
import { type ProjectRow, projects } from '../projections/projects.ts';
import { countTrainees } from '../projections/trainees.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { questionnaireFor, questionnaires } from '../questionnaires/store.ts';
import { type ClosingFacts, closeSurvey, type SurveyClosed } from './close.ts';
import { type OpeningFacts, openSurvey, type SurveyOpened } from './open.ts';
import {
  boxDigest,
  type Count,
  recordSurvey,
  type SurveyRow,
  surveyFacts,
  surveys,
} from './store.ts';
import { tally } from './tally.ts';

const id = z.string().max(64);

/** What a survey's command answers: the payload reads the row itself. */
type SurveyNamed = { readonly _id: string };

type OpenInput = { readonly projectId: string; readonly closesOn: string | null };
type OpenRoom = {
  readonly project: ProjectRow;
  readonly opening: OpeningFacts;
  readonly policy: EffectivePolicy;
  readonly key: BallotKeyPair & { readonly secret: Buffer };
};

export const openSurveyCommand = defineCommand<OpenInput, OpenRoom, SurveyOpened, SurveyNamed>({
  name: 'openSurvey',
  input: z.strictObject({
    projectId: id,
    closesOn: z
      .string()
      .refine(isCivilDate)
      .nullish()
      .transform((date) => date ?? null),
  }),
  gather: async ({ projectId }, unit, { policies, personalDataKey }) => {
    const project = await unit.findById(projects, projectId);
    if (project === null) return notFound('project', projectId, ['projectId']);
    const questionnaire = await questionnaireFor(unit, project.ownerRegionCode);
    const policy = policies.effective(project.ownerRegionCode, civilDateOf(unit.now));
    const opening = {
      regionCode: project.ownerRegionCode,
      classes: (await unit.find(classes, { projectId })).map(classFacts),
      questionnaireId: questionnaire?._id ?? null,
      exists: (await unit.findOne(surveys, { projectId })) !== null,
      figures: policy.figures,
    };
    const key = { ...(await generateBallotKey()), secret: personalDataKey };
    return { project, opening, key, policy };
  },
  scope: ({ project }) => scopeOf(project),
  decide: ({ closesOn }, { opening }, { now }) => openSurvey(closesOn, opening, civilDateOf(now)),
  record: (opened, { project, key }, unit) => ({
    _id: recordSurvey(unit, project, opened, key)._id,
  }),
  stream: (_facts, _outcome, { _id }) => _id,
  policyVersion: ({ policy }) => policy.versionId,
});

const scopeOf = ({ ownerRegionCode, institutionId }: ProjectRow) => ({
  regionCode: ownerRegionCode,
  institutionId,
});

type CloseRoom = {
  readonly survey: SurveyRow;
  readonly closing: ClosingFacts;
  readonly questions: readonly Question[];
  readonly sheets: readonly (readonly Answer[])[];
  readonly envelopes: readonly EnvelopeRow[];
  readonly policy: EffectivePolicy;
};

export const closeSurveyCommand = defineCommand<
  { readonly surveyId: string },
  CloseRoom,
  SurveyClosed,
  SurveyNamed
>({
  name: 'closeSurvey',
  input: z.strictObject({ surveyId: id }),
  gather: async ({ surveyId }, unit, { policies, persons, personalDataKey }) => {
    const survey = await unit.findById(surveys, surveyId);
    if (survey === null) return notFound('survey', surveyId, ['surveyId']);
    const policy = policies.effective(survey.regionCode, civilDateOf(unit.now));
    const questionnaire = await unit.findById(questionnaires, survey.questionnaireId);
    const envelopes = await unit.find(answerEnvelopes, { surveyId });
    const sheets = envelopes.flatMap((envelope) => sheetOf(personalDataKey, envelope));
    const closing = await closingFacts(survey, unit, {
      traineesCount: await countTrainees(unit, survey.projectId, persons),
      answersCount: sheets.length,
      spoiledCount: envelopes.length - sheets.length,
      figures: policy.figures,
    });
    return {
      survey,
      closing,
      questions: questionnaire?.questions ?? [],
      sheets,
      envelopes,
      policy,
    };
  },
  scope: ({ survey }) => survey,
  decide: (_input, { closing }, { now }) => closeSurvey(closing, civilDateOf(now)),
  record: (closed, room, unit) => {
    const count: Count = {
      ...closed,
      countedAt: unit.now,
      spoiledCount: room.closing.spoiledCount,
      tallies: tally(room.questions, room.sheets),
      boxDigest: boxDigest(room.envelopes),
    };
    const { _id } = room.survey;
    unit.update(surveys, { _id, state: 'open' }, { $set: { state: 'counted', count } });
    return { _id };
  },
  // The stream of the submissions, too: a count and an answer that comes at the same moment can't miss each other.
  stream: ({ survey }) => survey._id,
  policyVersion: ({ policy }) => policy.versionId,
});

async function closingFacts(
  survey: SurveyRow,
  unit: Unit,
  counted: Pick<ClosingFacts, 'traineesCount' | 'answersCount' | 'spoiledCount' | 'figures'>,
): Promise<ClosingFacts> {
  const { _id: surveyId, projectId } = survey;
  return {
    ...counted,
    survey: surveyFacts(survey),
    classes: (await unit.find(classes, { projectId })).map(classFacts),
    ballotsCount: (await unit.find(ballotReceipts, { surveyId })).length,
  };
}

/** The answers of one envelope; none when it doesn't open. */
function sheetOf(
  secret: Buffer,
  { _id, surveyId, sealed }: EnvelopeRow,
): readonly (readonly Answer[])[] {
  try {
    return [openAnswers(secret, { surveyId, id: _id }, sealed)];
  } catch {
    return [];
  }
}
