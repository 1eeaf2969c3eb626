/** What ballots of both kinds have in common: how they are given out, and how answers come into the box. [EVL-02] */
import { type Caller, type Collection, eachMaster, type RowBase, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import type { Question } from '../questionnaires/questionnaire.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { answerInput } from './answer-input.ts';
import { type Answer, answerFaults } from './answers.ts';
import type { BallotIssued } from './issue.ts';
import { envelopeId, openKey } from './sealing.ts';
import { isGenuine, signBlinded } from './signing.ts';
import { answerEnvelopes, ballotReceipts, receiptId } from './store.ts';
import type { SubmissionFacts } from './submit.ts';

const id = z.string().max(64);

export const issueInput = z.strictObject({ surveyId: id, blindedMessage: z.string().max(1000) });
export type IssueInput = z.infer<typeof issueInput>;
export type IssuedBallot = { readonly surveyId: string; readonly blindSignature: string };

export const submitFields = {
  surveyId: id,
  ballot: z.string().max(200),
  signature: z.string().max(1000),
  answers: z.array(answerInput).max(100),
};
export type SubmitFields = {
  readonly surveyId: string;
  readonly ballot: string;
  readonly signature: string;
  readonly answers: readonly Answer[];
};

type SurveyWithBallots = RowBase & {
  readonly questionnaireId: string;
  readonly ballotKey: string;
  readonly ballotKeySealed: string;
};

/** The person as whom the caller may act: the one of the Teacher grant, or the token's own subject. */
export function teacherOf(caller: Caller | null): string {
  const grant = caller?.grants.find(({ role }) => role === 'Teacher');
  return grant?.personId ?? caller?.subject ?? '';
}

/** The message that was signed for any of the records of one person; null when none was. [REG-16] */
export async function signedBefore(surveyId: string, ids: readonly string[], unit: Unit) {
  const receiptIds = ids.map((each) => receiptId(surveyId, each));
  const receipt = await unit.findOne(ballotReceipts, { _id: { $in: receiptIds } });
  return receipt?.blindedMessage ?? null;
}

export function signFor(
  { blindedMessage, first }: BallotIssued,
  room: {
    readonly teacherId: string;
    readonly survey: Pick<SurveyWithBallots, '_id' | 'ballotKeySealed'>;
    readonly personalDataKey: Buffer;
  },
  unit: Unit,
): IssuedBallot {
  const { teacherId, survey, personalDataKey } = room;
  const surveyId = survey._id;
  if (first) {
    const _id = receiptId(surveyId, teacherId);
    unit.insert(ballotReceipts, { _id, surveyId, teacherId, blindedMessage });
  }
  const privateKey = openKey(personalDataKey, surveyId, survey.ballotKeySealed);
  return { surveyId, blindSignature: signBlinded(privateKey, blindedMessage) };
}

export type Box<Survey> = {
  readonly surveys: ReadonlyMap<string, Survey>;
  readonly questions: ReadonlyMap<string, readonly Question[]>;
  /** Sealed answers by name: what lies in the box, and what this very group has put there. */
  readonly envelopes: Map<string, string>;
  readonly secret: Buffer;
};

/** What would be put into the box; unsealed when the answers don't fit their questions and so are refused. */
export type Envelope = { readonly _id: string; readonly sealed: string | null };

export async function openBox<Survey extends SurveyWithBallots>(
  surveys: Collection<Survey>,
  inputs: readonly Pick<SubmitFields, 'surveyId' | 'ballot'>[],
  { unit, secret }: { readonly unit: Unit; readonly secret: Buffer },
): Promise<Box<Survey>> {
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
    secret,
  };
}

export type Seal = (
  secret: Buffer,
  place: { readonly surveyId: string; readonly id: string },
  questions: readonly Question[],
) => string;

/** What is known of answers that came with a ballot, and the envelope they would lie in. */
export function brought<Survey extends SurveyWithBallots>(
  { ballot, signature, answers }: SubmitFields,
  survey: Survey,
  { box, seal }: { readonly box: Box<Survey>; readonly seal: Seal },
) {
  const { _id: surveyId, ballotKey: publicKey } = survey;
  const questions = box.questions.get(survey.questionnaireId) ?? [];
  const _id = envelopeId(ballot);
  const fit = answerFaults(answers, questions).length === 0;
  // Under a former secret too: a retry across a rotation is still known for one.
  const alike = fit
    ? eachMaster(box.secret).map((each) => seal(each, { surveyId, id: _id }, questions))
    : [];
  const envelope: Envelope = { _id, sealed: alike[0] ?? null };
  const genuine = isGenuine(ballot, signature, { id: surveyId, publicKey });
  return { envelope, questions, genuine, spentOn: useOf(alike, box.envelopes.get(_id)) };
}

function useOf(alike: readonly string[], lying: string | undefined): SubmissionFacts['spentOn'] {
  if (lying === undefined) return 'nothing';
  return alike.includes(lying) ? 'the same answers' : 'other answers';
}

export function putInto(
  { envelopes }: Pick<Box<unknown>, 'envelopes'>,
  surveyId: string,
  { unit, envelope: { _id, sealed } }: { readonly unit: Unit; readonly envelope: Envelope },
): void {
  if (sealed === null) return;
  unit.insert(answerEnvelopes, { _id, surveyId, sealed });
  envelopes.set(_id, sealed);
}
