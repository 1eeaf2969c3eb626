import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { callers, RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { prepareBallot } from './client.ts';
import { answersWith, codesOf, RealBallots, type Survey } from './real-ballots.example.ts';
import { answerEnvelopes } from './store.ts';

let evaluation: RealEvaluation;
let ballots: RealBallots;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
  ballots = new RealBallots(evaluation);
});
afterAll(() => evaluation.close());

describe('EVL-02: one ballot per person, one answer per ballot', () => {
  test('the person sees the survey waiting; nobody else may look', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const [teacherId = ''] = project.teacherIds;
    const look = (caller = teacher(teacherId)) =>
      evaluation.ask(
        caller,
        `query Q($r: [_Any!]!) { _entities(representations: $r) {
          ... on Teacher { openSurveys { ballotIssued survey { id } } } } }`,
        { r: [{ __typename: 'Teacher', id: teacherId }] },
      );
    expect((await look()).data._entities[0].openSurveys).toEqual([
      { ballotIssued: false, survey: { id: survey._id } },
    ]);
    await ballots.ballotFor(survey, teacherId);
    expect((await look()).data._entities[0].openSurveys[0].ballotIssued).toBe(true);
    expect(await look(teacher('tch_nosy'))).toMatchObject({ errors: ['FORBIDDEN'] });
    expect(await look(callers.county as never)).toMatchObject({ errors: ['FORBIDDEN'] });
  });

  test('a second ballot is refused, the same one is given again', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const [teacherId = ''] = project.teacherIds;
    const { prepared } = await ballots.ballotFor(survey, teacherId);
    const issue = (blindedMessage: string) =>
      evaluation.mutate(
        teacher(teacherId),
        'issueBallot',
        { surveyId: survey._id, blindedMessage },
        'ballot { blindSignature }',
      );
    const again = await issue(prepared.blindedMessage);
    expect(await prepared.finish(again.ballot.blindSignature)).toBeDefined();
    const other = await prepareBallot({ id: survey._id, ballotKey: survey.ballotKey });
    expect(codesOf(await issue(other.blindedMessage))).toEqual(['BALLOT_ALREADY_ISSUED']);
  });

  test('of two different ballots asked for at the same moment one is issued', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const [teacherId = ''] = project.teacherIds;
    const prepared = await Promise.all(
      [1, 2, 3].map(() => prepareBallot({ id: survey._id, ballotKey: survey.ballotKey })),
    );
    const payloads = await Promise.all(
      prepared.map(({ blindedMessage }) =>
        evaluation.mutate(
          teacher(teacherId),
          'issueBallot',
          { surveyId: survey._id, blindedMessage },
          'ballot { surveyId }',
        ),
      ),
    );
    expect(payloads.filter(({ ballot }) => ballot !== null)).toHaveLength(1);
    expect(payloads.flatMap(codesOf)).toEqual(['BALLOT_ALREADY_ISSUED', 'BALLOT_ALREADY_ISSUED']);
  });

  test('whoever was no trainee gets none; whoever withdrew neither, unless completion was decided', async () => {
    const { project, survey } = await ballots.surveyed(2);
    const [gone = '', decided = ''] = project.teacherIds;
    for (const teacherId of [gone, decided]) {
      await evaluation.deliver(courses.enrollmentWithdrawn, [
        {
          ...courses.enrollmentWithdrawn.example,
          enrollmentId: `enr_${teacherId}`,
          classId: project.classId,
          projectId: project.projectId,
          teacherId,
        },
      ]);
    }
    await evaluation.deliver(courses.completionRefused, [
      {
        ...courses.completionRefused.example,
        enrollmentId: `enr_${decided}`,
        classId: project.classId,
        projectId: project.projectId,
        teacherId: decided,
      },
    ]);
    const issue = async (teacherId: string) => {
      const prepared = await prepareBallot({ id: survey._id, ballotKey: survey.ballotKey });
      const { blindedMessage } = prepared;
      const input = { surveyId: survey._id, blindedMessage };
      return codesOf(await evaluation.mutate(teacher(teacherId), 'issueBallot', input));
    };
    expect(await issue('tch_stranger')).toEqual(['NOT_A_TRAINEE']);
    expect(await issue(gone)).toEqual(['NOT_A_TRAINEE']);
    expect(await issue(decided)).toEqual([]);
  });

  test('a ballot is spent once: the same answers again change nothing, others are refused', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const ballot = await ballots.ballotFor(survey, project.teacherIds[0] ?? '');
    expect((await ballots.submit(survey._id, ballot)).submission).toEqual({ fresh: true });
    expect((await ballots.submit(survey._id, ballot)).submission).toEqual({ fresh: false });
    expect(codesOf(await ballots.submit(survey._id, ballot, answersWith(1)))).toEqual([
      'BALLOT_SPENT',
    ]);
    const lying = await evaluation.db
      .model(answerEnvelopes)
      .countDocuments({ surveyId: survey._id });
    expect(lying).toBe(1);
  });

  test('a ballot spent many times at the same moment is spent once', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const ballot = await ballots.ballotFor(survey, project.teacherIds[0] ?? '');
    const payloads = await Promise.all(
      [1, 2, 3, 4, 5].map((points) => ballots.submit(survey._id, ballot, answersWith(points))),
    );
    expect(payloads.filter(({ submission }) => submission?.fresh)).toHaveLength(1);
    expect(payloads.flatMap(codesOf)).toEqual(Array(4).fill('BALLOT_SPENT'));
  });

  test('a forged ballot, and a ballot of another survey, are refused', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const { survey: other } = await ballots.surveyed(1);
    const ballot = await ballots.ballotFor(survey, project.teacherIds[0] ?? '');
    const forged = { ...ballot, ballot: (await prepareBallotNumber(survey)).ballot };
    expect(codesOf(await ballots.submit(survey._id, forged))).toEqual(['BALLOT_INVALID']);
    expect(codesOf(await ballots.submit(other._id, ballot))).toEqual(['BALLOT_INVALID']);
    expect((await ballots.submit(survey._id, ballot)).submission).toEqual({ fresh: true });
  });

  test('EVL-13: answers that do not fit are refused and do not spend the ballot', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const ballot = await ballots.ballotFor(survey, project.teacherIds[0] ?? '');
    const wrong = [...answersWith(6), { question: 'suggestions', text: 'x'.repeat(501) }];
    expect(new Set(codesOf(await ballots.submit(survey._id, ballot, wrong)))).toEqual(
      new Set(['ANSWER_OUT_OF_RANGE']),
    );
    expect((await ballots.submit(survey._id, ballot)).submission).toEqual({ fresh: true });
  });
});

/** A ballot number nobody has signed. */
async function prepareBallotNumber(survey: Survey) {
  const number = Buffer.concat([Buffer.alloc(32, 9), Buffer.from(survey._id)]);
  return { ballot: number.toString('base64url') };
}
