import { civilDateOf } from '@shixun/kernel';
import { defineCommand, defineGroupedCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { trainees } from '../projections/trainees.ts';
import { type SurveyRow, surveyFacts, surveys } from '../surveys/store.ts';
import {
  type Box,
  brought,
  type Envelope,
  type IssuedBallot,
  type IssueInput,
  issueInput,
  openBox,
  putInto,
  type SubmitFields,
  signedBefore,
  signFor,
  submitFields,
  teacherOf,
} from './commands-box.ts';
import { type BallotFacts, type BallotIssued, issueBallot } from './issue.ts';
import { sealAnswers } from './sealing.ts';
import { modulusBytes, readBlindedMessage } from './signing.ts';
import { receiptId } from './store.ts';
import { type AnswersSubmitted, type SubmissionFacts, submitAnswers } from './submit.ts';

type IssueRoom = {
  readonly teacherId: string;
  readonly survey: SurveyRow;
  readonly ballot: BallotFacts;
  readonly personalDataKey: Buffer;
};

export const issueBallotCommand = defineCommand<IssueInput, IssueRoom, BallotIssued, IssuedBallot>({
  name: 'issueBallot',
  input: issueInput,
  gather: async ({ surveyId, blindedMessage }, unit, { caller, personalDataKey, persons }) => {
    const survey = await unit.findById(surveys, surveyId);
    if (survey === null) return notFound('survey', surveyId, ['surveyId']);
    const teacherId = teacherOf(caller);
    const { projectId } = survey;
    // One person, one ballot, whichever of the person's records took part. [REG-16]
    const ids = [...persons.idsOf(teacherId)];
    const own = { teacherId: { $in: ids }, projectId, takesPart: true };
    const taken = await unit.find(trainees, own);
    const ballot = {
      survey: surveyFacts(survey),
      traineeOf: taken.map(({ classId }) => classId),
      issuedFor: await signedBefore(surveyId, ids, unit),
      blindedMessage: readBlindedMessage(survey.ballotKey, blindedMessage),
      blindedMessageBytes: modulusBytes,
    };
    return { teacherId, survey, ballot, personalDataKey };
  },
  scope: ({ teacherId }) => ({ personId: teacherId }),
  decide: (_input, { ballot }, { now }) => issueBallot(ballot, civilDateOf(now)),
  record: signFor,
  stream: ({ teacherId, survey }) => receiptId(survey._id, teacherId),
  audited: ({ surveyId }) => ({ surveyId }),
});

type SubmitRoom = {
  readonly submission: SubmissionFacts;
  readonly box: Box<SurveyRow>;
  readonly envelope: Envelope;
};

/**
 * Answers from whoever holds a ballot. Neither the caller nor the connection is looked at; nothing is kept but the
 * envelope. Those that come together are put into the box together.
 */
export const submitAnswersCommand = defineGroupedCommand<
  SubmitFields,
  Box<SurveyRow>,
  SubmitRoom,
  AnswersSubmitted,
  AnswersSubmitted
>({
  name: 'submitAnswers',
  identity: 'unread',
  input: z.strictObject(submitFields),
  owner: ({ surveyId }) => surveyId,
  gatherAll: (inputs, unit, { personalDataKey: secret }) =>
    openBox(surveys, inputs, { unit, secret }),
  facts: (input, box) => {
    const survey = box.surveys.get(input.surveyId);
    if (survey === undefined) return notFound('survey', input.surveyId, ['surveyId']);
    const { envelope, ...known } = brought(input, survey, {
      box,
      seal: (secret, place, questions) => sealAnswers(secret, place, input.answers, questions),
    });
    return { submission: { survey: surveyFacts(survey), ...known }, box, envelope };
  },
  scope: () => ({}),
  decide: ({ answers }, { submission }, { now }) =>
    submitAnswers(answers, submission, civilDateOf(now)),
  record: ({ fresh }, { submission, box, envelope }, unit) => {
    if (fresh) putInto(box, submission.survey.id, { unit, envelope });
    return { fresh };
  },
  save: () => {},
  stream: ({ submission }) => submission.survey.id,
  // That an answer came, and nothing of which.
  audited: () => ({}),
});
