import { civilDateOf } from '@shixun/kernel';
import { defineCommand, defineGroupedCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
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
} from '../ballots/commands-box.ts';
import { modulusBytes, readBlindedMessage } from '../ballots/signing.ts';
import { receiptId } from '../ballots/store.ts';
import {
  issueNeedsBallot,
  type NeedsBallotFacts,
  type NeedsBallotIssued,
  type NeedsSubmissionFacts,
  submitNeedsAnswers,
} from './answer.ts';
import { sealSheet } from './sealing-sheets.ts';
import { frameId, type NeedsSurveyRow, needsFrame, needsSurveys } from './store.ts';
import type { Respondent } from './survey.ts';

type IssueRoom = {
  readonly teacherId: string;
  readonly survey: NeedsSurveyRow;
  readonly ballot: NeedsBallotFacts;
  readonly personalDataKey: Buffer;
};

export const issueNeedsBallotCommand = defineCommand<
  IssueInput,
  IssueRoom,
  NeedsBallotIssued,
  IssuedBallot
>({
  name: 'issueNeedsBallot',
  input: issueInput,
  gather: async ({ surveyId, blindedMessage }, unit, { caller, personalDataKey, persons }) => {
    const survey = await unit.findById(needsSurveys, surveyId);
    if (survey === null) return notFound('needsSurvey', surveyId, ['surveyId']);
    const teacherId = teacherOf(caller);
    // One person, one ballot, whichever of the person's records is in the frame. [REG-16]
    const ids = persons.idsOf(teacherId);
    const frameIds = ids.map((each) => frameId(surveyId, each));
    const framed = await unit.find(needsFrame, { _id: { $in: frameIds } });
    const ballot = {
      survey,
      invited: framed.some((each) => each.invited),
      issuedFor: await signedBefore(surveyId, ids, unit),
      blindedMessage: readBlindedMessage(survey.ballotKey, blindedMessage),
      blindedMessageBytes: modulusBytes,
    };
    return { teacherId, survey, ballot, personalDataKey };
  },
  scope: ({ teacherId }) => ({ personId: teacherId }),
  decide: (_input, { ballot }, { now }) => issueNeedsBallot(ballot, civilDateOf(now)),
  record: signFor,
  stream: ({ teacherId, survey }) => receiptId(survey._id, teacherId),
  audited: ({ surveyId }) => ({ surveyId }),
});

const word = z.string().max(64);
const submitInput = z.strictObject({
  ...submitFields,
  respondent: z.strictObject({
    regionCode: z.string().max(9),
    stage: word,
    subject: word.regex(/^[a-z][a-z_]*$/),
    careerStage: word,
  }),
});
type SubmitInput = SubmitFields & { readonly respondent: Respondent };

type SubmitRoom = {
  readonly submission: NeedsSubmissionFacts & { readonly surveyId: string };
  readonly box: Box<NeedsSurveyRow>;
  readonly envelope: Envelope;
};

/** Answers from whoever holds a ballot. Neither the caller nor the connection is looked at. */
export const submitNeedsAnswersCommand = defineGroupedCommand<
  SubmitInput,
  Box<NeedsSurveyRow>,
  SubmitRoom,
  { readonly fresh: boolean },
  { readonly fresh: boolean }
>({
  name: 'submitNeedsAnswers',
  identity: 'unread',
  input: submitInput,
  owner: ({ surveyId }) => surveyId,
  gatherAll: (inputs, unit, { personalDataKey: secret }) =>
    openBox(needsSurveys, inputs, { unit, secret }),
  facts: (input, box) => {
    const { surveyId } = input;
    const survey = box.surveys.get(surveyId);
    if (survey === undefined) return notFound('needsSurvey', surveyId, ['surveyId']);
    const { envelope, ...known } = brought(input, survey, {
      box,
      seal: (secret, place, questions) => sealSheet(secret, place, input, questions),
    });
    return { submission: { surveyId, survey, ...known }, box, envelope };
  },
  scope: () => ({}),
  decide: (input, { submission }, { now }) =>
    submitNeedsAnswers(input, submission, civilDateOf(now)),
  record: ({ fresh }, { submission: { surveyId }, box, envelope }, unit) => {
    if (fresh) putInto(box, surveyId, { unit, envelope });
    return { fresh };
  },
  save: () => {},
  stream: ({ submission }) => submission.surveyId,
  // That an answer came, and nothing of which.
  audited: () => ({}),
});
