import { civilDateOf } from '@shixun/kernel';
import {
  type Caller,
  defineCommand,
  defineGroupedCommand,
  eachMaster,
  notFound,
} from '@shixun/runtime';
import { z } from 'zod';
import { answerInput } from '../ballots/answer-input.ts';
import { type Answer, answerFaults } from '../ballots/answers.ts';
import { envelopeId, openKey } from '../ballots/sealing.ts';
import { isGenuine, modulusBytes, readBlindedMessage, signBlinded } from '../ballots/signing.ts';
import { answerEnvelopes, ballotReceipts, receiptId } from '../ballots/store.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { questionnaires } from '../questionnaires/store.ts';
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

const id = z.string().max(64);

function teacherOf(caller: Caller | null): string {
  const grant = caller?.grants.find(({ role }) => role === 'Teacher');
  return grant?.personId ?? caller?.subject ?? '';
}

type IssueRoom = {
  readonly teacherId: string;
  readonly survey: NeedsSurveyRow;
  readonly ballot: NeedsBallotFacts;
  readonly personalDataKey: Buffer;
};

export const issueNeedsBallotCommand = defineCommand<
  { readonly surveyId: string; readonly blindedMessage: string },
  IssueRoom,
  NeedsBallotIssued,
  { readonly surveyId: string; readonly blindSignature: string }
>({
  name: 'issueNeedsBallot',
  input: z.strictObject({ surveyId: id, blindedMessage: z.string().max(1000) }),
  gather: async ({ surveyId, blindedMessage }, unit, { caller, personalDataKey, persons }) => {
    const survey = await unit.findById(needsSurveys, surveyId);
    if (survey === null) return notFound('needsSurvey', surveyId, ['surveyId']);
    const teacherId = teacherOf(caller);
    // One person, one ballot, whichever of the person's records is in the frame. [REG-16]
    const ids = persons.idsOf(teacherId);
    const frameIds = ids.map((each) => frameId(surveyId, each));
    const framed = await unit.find(needsFrame, { _id: { $in: frameIds } });
    const receiptIds = ids.map((each) => receiptId(surveyId, each));
    const receipt = await unit.findOne(ballotReceipts, { _id: { $in: receiptIds } });
    const ballot = {
      survey,
      invited: framed.some((each) => each.invited),
      issuedFor: receipt?.blindedMessage ?? null,
      blindedMessage: readBlindedMessage(survey.ballotKey, blindedMessage),
      blindedMessageBytes: modulusBytes,
    };
    return { teacherId, survey, ballot, personalDataKey };
  },
  scope: ({ teacherId }) => ({ personId: teacherId }),
  decide: (_input, { ballot }, { now }) => issueNeedsBallot(ballot, civilDateOf(now)),
  record: ({ blindedMessage, first }, { teacherId, survey, personalDataKey }, unit) => {
    const surveyId = survey._id;
    if (first) {
      const _id = receiptId(surveyId, teacherId);
      unit.insert(ballotReceipts, { _id, surveyId, teacherId, blindedMessage });
    }
    const privateKey = openKey(personalDataKey, surveyId, survey.ballotKeySealed);
    return { surveyId, blindSignature: signBlinded(privateKey, blindedMessage) };
  },
  stream: ({ teacherId, survey }) => receiptId(survey._id, teacherId),
  audited: ({ surveyId }) => ({ surveyId }),
});

const word = z.string().max(64);
const submitInput = z.strictObject({
  surveyId: id,
  ballot: z.string().max(200),
  signature: z.string().max(1000),
  respondent: z.strictObject({
    regionCode: z.string().max(9),
    stage: word,
    subject: word.regex(/^[a-z][a-z_]*$/),
    careerStage: word,
  }),
  answers: z.array(answerInput).max(100),
});
type SubmitInput = {
  readonly surveyId: string;
  readonly ballot: string;
  readonly signature: string;
  readonly respondent: Respondent;
  readonly answers: readonly Answer[];
};

type Box = {
  readonly surveys: ReadonlyMap<string, NeedsSurveyRow>;
  readonly questions: ReadonlyMap<string, readonly Question[]>;
  /** Sealed answers by name: what lies in the box, and what this very group has put there. */
  readonly envelopes: Map<string, string>;
  readonly secret: Buffer;
};
type Envelope = {
  readonly _id: string;
  readonly sealed: string | null;
  /** The same answers sealed under each secret of the service. */
  readonly alike: readonly string[];
};
type SubmitRoom = {
  readonly submission: NeedsSubmissionFacts & { readonly surveyId: string };
  readonly box: Box;
  readonly envelope: Envelope;
};

/** Answers from whoever holds a ballot. Neither the caller nor the connection is looked at. */
export const submitNeedsAnswersCommand = defineGroupedCommand<
  SubmitInput,
  Box,
  SubmitRoom,
  { readonly fresh: boolean },
  { readonly fresh: boolean }
>({
  name: 'submitNeedsAnswers',
  identity: 'unread',
  input: submitInput,
  owner: ({ surveyId }) => surveyId,
  gatherAll: async (inputs, unit, { personalDataKey }) => {
    const surveyIds = [...new Set(inputs.map(({ surveyId }) => surveyId))];
    const asked = await unit.find(needsSurveys, { _id: { $in: surveyIds } });
    const used = await unit.find(questionnaires, {
      _id: { $in: asked.map(({ questionnaireId }) => questionnaireId) },
    });
    const names = inputs.map(({ ballot }) => envelopeId(ballot));
    const lying = await unit.find(answerEnvelopes, { _id: { $in: names } });
    return {
      surveys: new Map(asked.map((survey) => [survey._id, survey])),
      questions: new Map(used.map(({ _id, questions }) => [_id, questions])),
      envelopes: new Map(lying.map(({ _id, sealed }) => [_id, sealed])),
      secret: personalDataKey,
    };
  },
  facts: (input, box) => {
    const survey = box.surveys.get(input.surveyId);
    if (survey === undefined) return notFound('needsSurvey', input.surveyId, ['surveyId']);
    const questions = box.questions.get(survey.questionnaireId) ?? [];
    const envelope = envelopeOf(input, questions, box.secret);
    const genuine = isGenuine(input.ballot, input.signature, {
      id: survey._id,
      publicKey: survey.ballotKey,
    });
    const spentOn = useOf(envelope, box.envelopes.get(envelope._id));
    const submission = { surveyId: survey._id, survey, questions, genuine, spentOn };
    return { submission, box, envelope };
  },
  scope: () => ({}),
  decide: (input, { submission }, { now }) =>
    submitNeedsAnswers(input, submission, civilDateOf(now)),
  record: ({ fresh }, { submission: { surveyId }, box, envelope }, unit) => {
    const { _id, sealed } = envelope;
    if (fresh && sealed !== null) {
      unit.insert(answerEnvelopes, { _id, surveyId, sealed });
      box.envelopes.set(_id, sealed);
    }
    return { fresh };
  },
  save: () => {},
  stream: ({ submission }) => submission.surveyId,
  // That an answer came, and nothing of which.
  audited: () => ({}),
});

function envelopeOf(input: SubmitInput, questions: readonly Question[], secret: Buffer): Envelope {
  const _id = envelopeId(input.ballot);
  const fit = answerFaults(input.answers, questions).length === 0;
  const place = { surveyId: input.surveyId, id: _id };
  // Under a former secret too: a retry across a rotation is still known for one.
  const alike = fit
    ? eachMaster(secret).map((each) => sealSheet(each, place, input, questions))
    : [];
  return { _id, sealed: alike[0] ?? null, alike };
}

function useOf({ alike }: Envelope, lying: string | undefined): NeedsSubmissionFacts['spentOn'] {
  if (lying === undefined) return 'nothing';
  return alike.includes(lying) ? 'the same answers' : 'other answers';
}
