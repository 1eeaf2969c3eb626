/** Trainees who answer, for tests on a real MongoDB: each does what a portal would do for them. */

import { callers, type Project, type RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { surveys } from '../surveys/store.ts';
import { prepareBallot } from './client.ts';

export type Survey = { readonly _id: string; readonly ballotKey: string };
type Signed = { readonly ballot: string; readonly signature: string };

export const codesOf = (payload: { refusals: { code: string }[] }) =>
  payload.refusals.map(({ code }) => code);

/** Answers to the default questionnaire: the same points to every scale, and words where given. */
export const answersWith = (points: number, words?: string) => [
  ...[
    'needs',
    'practice',
    'organisation',
    'application',
    'trainers_expertise',
    'trainers_interaction',
  ].map((question) => ({ question, points })),
  ...(words === undefined ? [] : [{ question: 'suggestions', text: words }]),
];

export class RealBallots {
  readonly evaluation: RealEvaluation;

  constructor(evaluation: RealEvaluation) {
    this.evaluation = evaluation;
  }

  async surveyOf({ projectId }: Pick<Project, 'projectId'>) {
    const row = await this.evaluation.db.model(surveys).findOne({ projectId }).lean();
    if (row === null) throw new Error('there is no survey');
    return row;
  }

  /** A project whose class has ended, with its survey. */
  async surveyed(trainees: number) {
    const project = await this.evaluation.projectWith(trainees);
    await this.evaluation.recordClass(project, 'closing');
    return { project, survey: await this.surveyOf(project) };
  }

  async ballotFor(survey: Survey, teacherId: string) {
    const prepared = await prepareBallot({ id: survey._id, ballotKey: survey.ballotKey });
    const { ballot } = await this.evaluation.mutate(
      teacher(teacherId),
      'issueBallot',
      { surveyId: survey._id, blindedMessage: prepared.blindedMessage },
      'ballot { blindSignature }',
    );
    return { prepared, ...(await prepared.finish(ballot.blindSignature)) };
  }

  submit(surveyId: string, { ballot, signature }: Signed, answers: object[] = answersWith(4)) {
    const input = { surveyId, ballot, signature, answers };
    return this.evaluation.mutate(null, 'submitAnswers', input, 'submission { fresh }');
  }

  /** Each takes a ballot and answers: 5 and 4 points in turn, so that five give 92 of 100. */
  async answer(survey: Survey, teacherIds: readonly string[]): Promise<void> {
    for (const [index, teacherId] of teacherIds.entries()) {
      const ballot = await this.ballotFor(survey, teacherId);
      const answers = answersWith(index % 2 === 0 ? 5 : 4, `建议 ${index}`);
      const { submission } = await this.submit(survey._id, ballot, answers);
      if (submission?.fresh !== true) throw new Error('the answers were not taken');
    }
  }

  close(surveyId: string, caller: Parameters<RealEvaluation['mutate']>[0] = callers.county) {
    const shape = 'survey { state boxDigest }';
    return this.evaluation.mutate(caller, 'closeSurvey', { surveyId }, shape);
  }
}
