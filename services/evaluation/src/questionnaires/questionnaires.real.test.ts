import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codesOf, RealBallots } from '../ballots/real-ballots.example.ts';
import { callers, RealEvaluation } from '../real-evaluation.example.ts';
import { questionnaires } from './store.ts';

let evaluation: RealEvaluation;
let ballots: RealBallots;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
  ballots = new RealBallots(evaluation);
});
afterAll(() => evaluation.close());

const scale = (code: string, about: string) => ({
  code,
  kind: 'SCALE',
  about,
  zh: '满意度',
  en: 'Satisfaction',
  required: true,
  points: 5,
});

const publish = (
  input: Record<string, unknown>,
  caller: Parameters<RealEvaluation['mutate']>[0] = callers.province,
) =>
  evaluation.mutate(
    caller,
    'publishQuestionnaire',
    {
      regionCode: '140000',
      zh: '问卷',
      en: 'Questionnaire',
      questions: [scale('project', 'PROJECT'), scale('trainers', 'TRAINERS')],
      ...input,
    },
    'questionnaire { id version succeededBy { id } }',
  );

test('EVL-13: of two successors published at the same moment one is published; the old version stays as it was', async () => {
  const before = await evaluation.db.model(questionnaires).findById('qst_default_140000').lean();
  const succeeds = 'qst_default_140000';
  const payloads = await Promise.all([publish({ succeeds }), publish({ succeeds })]);
  expect(payloads.flatMap(codesOf)).toEqual(['QUESTIONNAIRE_SUCCEEDED']);
  const [successor] = payloads.flatMap(({ questionnaire }) => questionnaire ?? []);
  expect(successor).toMatchObject({ version: 2, succeededBy: null });
  const after = await evaluation.db.model(questionnaires).findById(succeeds).lean();
  expect(after).toEqual({ ...before, succeededBy: successor.id });
});

test('EVL-13: a survey keeps the version it opened with; the next one takes the successor', async () => {
  const { survey } = await ballots.surveyed(1);
  const { questionnaire } = await publish({ succeeds: survey.questionnaireId });
  const { survey: next } = await ballots.surveyed(1);
  expect(next.questionnaireId).toBe(questionnaire.id);
  expect((await ballots.surveyOf(survey)).questionnaireId).toBe(survey.questionnaireId);
});

test("EVL-13: a county's own questionnaire goes before the province's", async () => {
  const { questionnaire } = await publish({ regionCode: '140105' }, callers.county);
  const { survey } = await ballots.surveyed(1);
  expect(survey.questionnaireId).toBe(questionnaire.id);
});

test('REG-01: a county publishes for itself alone', async () => {
  expect(codesOf(await publish({}, callers.county))).toEqual(['NOT_FOUND']);
  expect(codesOf(await publish({ regionCode: '140106' }, callers.county))).toEqual(['NOT_FOUND']);
});
