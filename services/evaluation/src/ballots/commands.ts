import { civilDateOf } from '@shixun/kernel';
import {
  type Caller,
  defineCommand,
  defineGroupedCommand,
  eachMaster,
  notFound,
} from '@shixun/runtime';
import { z } from 'zod';
import { trainees } from '../projections/trainees.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { type SurveyRow, surveyFacts, surveys } from '../surveys/store.ts';
import { answerInput } from './answer-input.ts';
import { type Answer, answerFaults } from './answers.ts';
import { type BallotFacts, type BallotIssued, issueBallot } from './issue.ts';
import { envelopeId, openKey, sealAnswers } from './sealing.ts';
import { isGenuine, modulusBytes, readBlindedMessage, signBlinded } from './signing.ts';
import { answerEnvelopes, ballotReceipts, receiptId } from './store.ts';
import { type AnswersSubmitted, type SubmissionFacts, submitAnswers } from './submit.ts';

const id = z.string().max(64);

/** The person as whom the caller may act: the one of the Teacher grant, or the token's own subject. */
function teacherOf(caller: Caller | null): string {
  const grant = caller?.grants.find(({ role }) => role === 'Teacher');
  return grant?.personId ?? caller?.subject ?? '';
}

type IssueInput = { readonly surveyId: string; readonly blindedMessage: string };
type IssueRoom = {
  readonly teacherId: string;
  readonly survey: SurveyRow;
  readonly ballot: BallotFacts;
  readonly personalDataKey: Buffer;
};
export type IssuedBallot = { readonly surveyId: string; readonly blindSignature: string };

export const issueBallotCommand = defineCommand<IssueInput, IssueRoom, BallotIssued, IssuedBallot>({
  name: 'issueBallot',
  input: z.strictObject({ surveyId: id, blindedMessage: z.string().max(1000) }),
  gather: async ({ surveyId, blindedMessage }, unit, { caller, personalDataKey, persons }) => {
    const survey = await unit.findById(surveys, surveyId);
    if (survey === null) return notFound('survey', surveyId, ['surveyId']);
    const teacherId = teacherOf(caller);
    const { projectId } = survey;
    // One person, one ballot, whichever of the person's records took part. [REG-16]
    const ids = [...persons.idsOf(teacherId)];
    const own = { teacherId: { $in: ids }, projectId, takesPart: true };
    const taken = await unit.find(trainees, own);
    const receiptIds = ids.map((each) => receiptId(surveyId, each));
    const receipt = await unit.findOne(ballotReceipts, { _id: { $in: receiptIds } });
    const ballot = {
      survey: surveyFacts(survey),
      traineeOf: taken.map(({ classId }) => classId),
      issuedFor: receipt?.blindedMessage ?? null,
      blindedMessage: readBlindedMessage(survey.ballotKey, blindedMessage),
      blindedMessageBytes: modulusBytes,
    };
    return { teacherId, survey, ballot, personalDataKey };
  },
  scope: ({ teacherId }) => ({ personId: teacherId }),
  decide: (_input, { ballot }, { now }) => issueBallot(ballot, civilDateOf(now)),
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

const submitAnswersInput = z.strictObject({
  surveyId: id,
  ballot: z.string().max(200),
  signature: z.string().max(1000),
  answers: z.array(answerInput).max(100),
});
type SubmitInput = {
  readonly surveyId: string;
  readonly ballot: string;
  readonly signature: string;
  readonly answers: readonly Answer[];
};

/** What would be put into the box; unsealed when the answers don't fit their questions and so are refused. */
type Envelope = {
  readonly _id: string;
  readonly sealed: string | null;
  /** The same answers sealed under each secret of the service. */
  readonly alike: readonly string[];
};

type Box = {
  readonly surveys: ReadonlyMap<string, SurveyRow>;
  readonly questions: ReadonlyMap<string, readonly Question[]>;
  /** Sealed answers by name: what lies in the box, and what this very group has put there. */
  readonly envelopes: Map<string, string>;
  readonly secret: Buffer;
};
type SubmitRoom = {
  readonly submission: SubmissionFacts;
  readonly box: Box;
  readonly envelope: Envelope;
};

/**
 * Answers from whoever holds a ballot. Neither the caller nor the connection is looked at; nothing is kept but the
 * envelope. Those that come together are put into the box together.
 */
export const submitAnswersCommand = defineGroupedCommand<
  SubmitInput,
  Box,
  SubmitRoom,
  AnswersSubmitted,
  AnswersSubmitted
>({
  name: 'submitAnswers',
  identity: 'unread',
  input: submitAnswersInput,
  owner: ({ surveyId }) => surveyId,
  gatherAll: async (inputs, unit, { personalDataKey }) => {
    const surveyIds = [...new Set(inputs.map(({ surveyId }) => surveyId))];
    const asked = await unit.find(surveys, { _id: { $in: surveyIds } });
    const questionnaireIds = asked.map(({ questionnaireId }) => questionnaireId);
    const used = await unit.find(questionnaires, { _id: { $in: questionnaireIds } });
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
    if (survey === undefined) return notFound('survey', input.surveyId, ['surveyId']);
    const questions = box.questions.get(survey.questionnaireId) ?? [];
    const envelope = envelopeOf(input, questions, box.secret);
    const genuine = isGenuine(input.ballot, input.signature, {
      id: survey._id,
      publicKey: survey.ballotKey,
    });
    const spentOn = useOf(envelope, box.envelopes.get(envelope._id));
    const submission = { survey: surveyFacts(survey), questions, genuine, spentOn };
    return { submission, box, envelope };
  },
  scope: () => ({}),
  decide: ({ answers }, { submission }, { now }) =>
    submitAnswers(answers, submission, civilDateOf(now)),
  record: ({ fresh }, { submission, box, envelope }, unit) => {
    const { _id, sealed } = envelope;
    if (fresh && sealed !== null) {
      unit.insert(answerEnvelopes, { _id, surveyId: submission.survey.id, sealed });
      box.envelopes.set(_id, sealed);
    }
    return { fresh };
  },
  save: () => {},
  stream: ({ submission }) => submission.survey.id,
  // That an answer came, and nothing of which.
  audited: () => ({}),
});

function envelopeOf(
  { surveyId, ballot, answers }: SubmitInput,
  questions: readonly Question[],
  secret: Buffer,
): Envelope {
  const id = envelopeId(ballot);
  const fit = answerFaults(answers, questions).length === 0;
  // Under a former secret too: a retry across a rotation is still known for one.
  const alike = fit
    ? eachMaster(secret).map((each) => sealAnswers(each, { surveyId, id }, answers, questions))
    : [];
  return { _id: id, sealed: alike[0] ?? null, alike };
}

function useOf({ alike }: Envelope, lying: string | undefined): SubmissionFacts['spentOn'] {
  if (lying === undefined) return 'nothing';
  return alike.includes(lying) ? 'the same answers' : 'other answers';
}
