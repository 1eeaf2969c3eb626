import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { outboxRows } from '@shixun/runtime';
import { prepareBallot } from '../ballots/client.ts';
import { codesOf, RealBallots } from '../ballots/real-ballots.example.ts';
import { answerEnvelopes, ballotReceipts } from '../ballots/store.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { callers, RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { surveys } from './store.ts';

let evaluation: RealEvaluation;
let ballots: RealBallots;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
  ballots = new RealBallots(evaluation);
});
afterAll(() => evaluation.close());

describe('EVL-01: a survey opens when the first class of a project ends', () => {
  test('with the questionnaire of the province, for two weeks, once however often the event comes', async () => {
    const { project, survey } = await ballots.surveyed(3);
    expect(survey).toMatchObject({
      state: 'open',
      regionCode: '140105',
      institutionId: 'ins_1',
      questionnaireId: 'qst_default_140000',
      opensOn: '2026-10-01',
      closesOn: '2026-10-14',
      classIds: [project.classId],
    });
    await evaluation.recordClass(project, 'closing');
    await evaluation.recordClass(project, 'closed');
    expect(
      await evaluation.db.model(surveys).countDocuments({ projectId: project.projectId }),
    ).toBe(1);
    expect(await ballots.surveyOf(project)).toEqual(survey);
  });

  test('an event older than what is known changes nothing', async () => {
    const project = await evaluation.projectWith(1);
    await evaluation.recordClass(project, 'closing', 1);
    expect(
      await evaluation.db.model(surveys).countDocuments({ projectId: project.projectId }),
    ).toBe(0);
  });

  test('a class that ends later joins with its own two weeks, and its trainees may answer from then on', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const later = { projectId: project.projectId, classId: `${project.classId}_b` };
    await evaluation.recordClass(later, 'running');
    await evaluation.deliver(courses.enrollmentConfirmed, [
      {
        ...courses.enrollmentConfirmed.example,
        ...later,
        enrollmentId: `enr_${later.classId}`,
        teacherId: `tch_${later.classId}`,
      },
    ]);
    const prepared = await prepareBallot({ id: survey._id, ballotKey: survey.ballotKey });
    const ask = () =>
      evaluation.mutate(teacher(`tch_${later.classId}`), 'issueBallot', {
        surveyId: survey._id,
        blindedMessage: prepared.blindedMessage,
      });
    expect(codesOf(await ask())).toEqual(['CLASS_STILL_RUNNING']);
    expect(codesOf(await ballots.close(survey._id))).toContain('CLASSES_RUNNING');
    evaluation.now = new Date('2026-10-05T02:00:00.000Z');
    await evaluation.recordClass(later, 'closing');
    evaluation.now = new Date('2026-10-01T02:00:00.000Z');
    expect(await ballots.surveyOf(project)).toMatchObject({
      closesOn: '2026-10-18',
      classIds: [project.classId, later.classId],
    });
    expect(codesOf(await ask())).toEqual([]);
  });

  test('EVL-13: where no questionnaire is published the bureau gets a finding instead', async () => {
    const project = await evaluation.projectWith(1);
    const model = evaluation.db.model(questionnaires);
    await model.updateMany({}, { $set: { regionCode: '330000' } });
    await evaluation.recordClass(project, 'closing');
    await model.updateMany({}, { $set: { regionCode: '140000' } });
    const told = await evaluation.db
      .model(outboxRows)
      .findOne({ type: 'evaluation.finding.raised.v1', key: project.projectId })
      .lean();
    expect(JSON.parse(told?.envelope ?? '{}')).toMatchObject({
      data: { rule: 'EVL-13', regionCode: '140105', subject: project.projectId },
    });
    const opened = await evaluation.mutate(
      callers.institution,
      'openSurvey',
      { projectId: project.projectId, closesOn: '2026-10-20' },
      'survey { closesOn state }',
    );
    expect(opened.survey).toEqual({ closesOn: '2026-10-20', state: 'OPEN' });
    const again = await evaluation.mutate(callers.county, 'openSurvey', {
      projectId: project.projectId,
    });
    expect(codesOf(again)).toEqual(['SURVEY_EXISTS']);
    const others = await evaluation.mutate(callers.otherInstitution, 'openSurvey', {
      projectId: project.projectId,
    });
    expect(codesOf(others)).toEqual(['NOT_FOUND']);
  });

  test('seeding again changes nothing', async () => {
    await evaluation.room.db.model(questionnaires).findById('qst_default_140000');
    const before = await evaluation.db.model(questionnaires).find({}).lean();
    const { service } = await import('../app.ts');
    await service.prepare?.(evaluation.room);
    expect(await evaluation.db.model(questionnaires).find({}).lean()).toEqual(before);
  });
});

describe('EVL-02: figures stand on at least five answers', () => {
  const results = (surveyId: string, caller: never = callers.county as never) =>
    evaluation.ask(
      caller,
      `query Q($id: ID!) { surveyResults(surveyId: $id) { withheld score
        questions { question { code } withheld answersCount counts texts } } }`,
      { id: surveyId },
    );

  test('nothing before the count; with five answers the sums are shown to those who may see them', async () => {
    const { project, survey } = await ballots.surveyed(5);
    await ballots.answer(survey, project.teacherIds);
    expect((await results(survey._id)).data.surveyResults).toMatchObject({
      withheld: 'NOT_COUNTED',
      score: null,
    });
    const closed = await ballots.close(survey._id);
    expect(closed.survey).toEqual({
      state: 'COUNTED',
      boxDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { surveyResults } = (await results(survey._id)).data;
    expect(surveyResults).toMatchObject({ withheld: null, score: '92.00' });
    expect(surveyResults.questions[0]).toMatchObject({ answersCount: 5, counts: [0, 0, 0, 2, 3] });
    expect(surveyResults.questions.at(-1).texts).toEqual([0, 1, 2, 3, 4].map((n) => `建议 ${n}`));
    expect((await results(survey._id, callers.institution as never)).errors).toEqual([]);
    for (const caller of [callers.elsewhere, callers.otherInstitution]) {
      expect((await results(survey._id, caller as never)).errors).toContain('FORBIDDEN');
    }
    expect((await results(survey._id, teacher('tch_1') as never)).errors).toEqual(['FORBIDDEN']);
  });

  test('with four answers everything is withheld, though counted', async () => {
    const { project, survey } = await ballots.surveyed(5);
    await ballots.answer(survey, project.teacherIds.slice(0, 4));
    expect((await ballots.close(survey._id)).survey.state).toBe('COUNTED');
    const { surveyResults } = (await results(survey._id)).data;
    expect(surveyResults).toMatchObject({ withheld: 'TOO_FEW_ANSWERS', score: null });
    expect(JSON.stringify(surveyResults)).not.toContain('建议');
  });

  test('after the count nothing is issued, taken or counted again', async () => {
    const { project, survey } = await ballots.surveyed(5);
    const late = await ballots.ballotFor(survey, project.teacherIds[4] ?? '');
    await ballots.answer(survey, project.teacherIds.slice(0, 4));
    await ballots.close(survey._id);
    expect(codesOf(await ballots.submit(survey._id, late))).toEqual(['SURVEY_CLOSED']);
    expect(codesOf(await ballots.close(survey._id))).toEqual(['SURVEY_COUNTED']);
  });

  test('an answer that comes while it is counted is either counted or refused, never lost', async () => {
    const { project, survey } = await ballots.surveyed(10);
    await ballots.answer(survey, project.teacherIds.slice(0, 8));
    const late = [
      await ballots.ballotFor(survey, project.teacherIds[8] ?? ''),
      await ballots.ballotFor(survey, project.teacherIds[9] ?? ''),
    ];
    const [first, , second] = await Promise.all([
      ballots.submit(survey._id, late[0] as never),
      ballots.close(survey._id),
      ballots.submit(survey._id, late[1] as never),
    ]);
    const taken = [first, second].filter(({ submission }) => submission !== null).length;
    expect((await ballots.surveyOf(project)).count).toMatchObject({
      answersCount: 8 + taken,
    });
  });

  test('an envelope written by hand is left out of the count and becomes a finding', async () => {
    const { project, survey } = await ballots.surveyed(5);
    await ballots.answer(survey, project.teacherIds);
    await evaluation.db
      .model(answerEnvelopes)
      .collection.insertOne({ _id: 'forged', surveyId: survey._id, sealed: 'AAAA' } as never);
    await ballots.close(survey._id);
    expect((await ballots.surveyOf(project)).count).toMatchObject({
      answersCount: 5,
      spoiledCount: 1,
    });
    const told = await evaluation.db.model(outboxRows).findOne({ key: survey._id }).lean();
    expect(JSON.parse(told?.envelope ?? '{}')).toMatchObject({
      data: { rule: 'EVL-02', regionCode: '140105', figures: { required: 0, actual: 1 } },
    });
  });

  test('more answers than ballots: forged, nothing is counted', async () => {
    const { project, survey } = await ballots.surveyed(2);
    await ballots.answer(survey, project.teacherIds);
    await evaluation.db.model(ballotReceipts).deleteOne({ teacherId: project.teacherIds[0] ?? '' });
    expect(codesOf(await ballots.close(survey._id))).toEqual(['ANSWERS_EXCEED_BALLOTS']);
  });

  test('EVL-01: the count is refused to another county and below 80 % before the last day', async () => {
    const { project, survey } = await ballots.surveyed(5);
    await ballots.answer(survey, project.teacherIds.slice(0, 3));
    expect(codesOf(await ballots.close(survey._id, callers.elsewhere))).toEqual(['NOT_FOUND']);
    expect(await ballots.close(survey._id)).toMatchObject({
      refusals: [
        { code: 'COVERAGE_BELOW_FLOOR', rule: 'EVL-01', required: '80 %', actual: '60 %' },
      ],
    });
    const coverage = await evaluation.ask(
      callers.monitor,
      `{ survey(id: "${survey._id}") { coverage { traineesCount answersCount required actual reached } } }`,
    );
    expect(coverage.data.survey.coverage).toEqual({
      traineesCount: 5,
      answersCount: 3,
      required: '80 %',
      actual: '60 %',
      reached: false,
    });
  });
});
