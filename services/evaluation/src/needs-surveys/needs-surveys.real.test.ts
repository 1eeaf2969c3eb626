import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { evaluation as contracts, registry } from '@shixun/contracts';
import { auditEntries, eventsOf, outboxRows } from '@shixun/runtime';
import { prepareBallot } from '../ballots/client.ts';
import { codesOf } from '../ballots/real-ballots.example.ts';
import { answerEnvelopes } from '../ballots/store.ts';
import { callers, RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { conductNeedsSurveysChore } from './commands-conduct.ts';
import { needsFrame, needsSurveys, needsTallies } from './store.ts';

let world: RealEvaluation;
beforeAll(async () => {
  world = await RealEvaluation.open(process.env.MONGODB_URI);
  const { example } = registry.teacherRecorded;
  await world.deliver(
    registry.teacherRecorded,
    Array.from({ length: 30 }, (_, n) => ({
      ...example,
      teacherId: `tch_${String(n).padStart(2, '0')}`,
      stage: 'primary' as const,
      subjects: [n < 20 ? 'chinese' : 'art'],
      careerStage: n % 2 === 0 ? ('young' as const) : ('new' as const),
      regionCode: n === 29 ? '140106' : '140105',
      status: n === 28 ? ('retired' as const) : ('active' as const),
    })),
  );
});
afterAll(() => world.close());

const conduct = () => conductNeedsSurveysChore.run(world.room as never);
const county = callers.county;
type Named = { readonly _id: string; readonly ballotKey: string };

async function opened(input: Record<string, unknown> = {}): Promise<Named> {
  const { survey, refusals } = await world.mutate(
    county,
    'openNeedsSurvey',
    {
      title: '小店区需求调研',
      questionnaireId: 'qst_needs_140000',
      regionCode: '140105',
      audience: { stages: ['PRIMARY'] },
      ...input,
    },
    'survey { id state }',
  );
  expect(refusals).toEqual([]);
  expect(survey.state).toBe('DRAWING');
  await conduct();
  return (await world.db.model(needsSurveys).findById(survey.id).lean()) as unknown as Named;
}

async function ballotOf(survey: Named, teacherId: string) {
  const prepared = await prepareBallot({ id: survey._id, ballotKey: survey.ballotKey });
  const input = { surveyId: survey._id, blindedMessage: prepared.blindedMessage };
  const shape = 'ballot { blindSignature }';
  const payload = await world.mutate(teacher(teacherId), 'issueNeedsBallot', input, shape);
  if (payload.ballot === null) return payload;
  return { ...payload, ...(await prepared.finish(payload.ballot.blindSignature)) };
}

const answers = (topic: string) => [
  { question: 'topics', options: [topic] },
  {
    question: 'modalities',
    options: ['blended', 'online', 'shadow', 'concentrated', 'school_based'],
  },
  { question: 'satisfaction', points: 4 },
  { question: 'wishes', text: `需要${topic}` },
];

async function submit(survey: Named, n: number) {
  const { ballot, signature } = await ballotOf(survey, `tch_${String(n).padStart(2, '0')}`);
  const respondent = {
    regionCode: '140105',
    stage: 'PRIMARY',
    subject: n < 20 ? 'chinese' : 'art',
    careerStage: n % 2 === 0 ? 'YOUNG' : 'NEW',
  };
  const topic = n < 20 ? 'digital_teaching' : 'ethics';
  const { data, errors } = await world.ask(
    null,
    'mutation M($input: SubmitNeedsAnswersInput!) { submitNeedsAnswers(input: $input) { submission { fresh } refusals { code } } }',
    { input: { surveyId: survey._id, ballot, signature, respondent, answers: answers(topic) } },
  );
  expect(errors).toEqual([]);
  return data.submitNeedsAnswers;
}

test('PLN-01: from the frame to the frozen analysis, and nobody knows whose an answer was', async () => {
  const survey = await opened();
  const asked = await world.db.model(needsSurveys).findById(survey._id).lean();
  expect(asked).toMatchObject({
    state: 'open',
    opensOn: '2026-10-01',
    closesOn: '2026-10-07',
    strata: [
      { stratum: 'primary/new', populationCount: 14, invitedCount: 14 },
      { stratum: 'primary/young', populationCount: 14, invitedCount: 14 },
    ],
  });
  for (const n of [0, 1, 2, 3, 4, 5, 6, 20, 21, 22]) {
    expect((await submit(survey, n)).submission).toEqual({ fresh: true });
  }
  expect(codesOf(await ballotOf(survey, 'tch_00'))).toEqual(['NEEDS_BALLOT_ISSUED']);
  expect(codesOf(await ballotOf(survey, 'tch_29'))).toEqual(['NOT_INVITED']);
  const early = await world.mutate(county, 'closeNeedsSurvey', { surveyId: survey._id });
  expect(codesOf(early)).toEqual(['NEEDS_CLOSING_TOO_EARLY']);
  world.now = new Date('2026-10-08T02:00:00.000Z');
  await conduct();
  await conduct();
  expect(await world.db.model(answerEnvelopes).countDocuments({ surveyId: survey._id })).toBe(0);
  const shape = `{ needsSurvey(id: "${survey._id}") { state response { invitedCount answersCount rate } results {
    question { code } all: cells { value withheld answersCount mean options { option count bordaPoints } }
    bySubject: cells(by: SUBJECT) { value withheld answersCount } texts { edges { node { text } } } } } }`;
  const { data, errors } = await world.ask(county, shape);
  expect(errors).toEqual([]);
  const { state, response, results } = data.needsSurvey;
  expect({ state, response }).toEqual({
    state: 'CLOSED',
    response: { invitedCount: 28, answersCount: 10, rate: '35.7 %' },
  });
  const [topics, modalities, satisfaction, wishes] = results;
  expect(topics.all[0].options).toContainEqual({
    option: 'digital_teaching',
    count: 7,
    bordaPoints: null,
  });
  // Three of art are too few; shown, the seven of Chinese would give them away.
  expect(topics.bySubject.map(({ withheld }: { withheld: boolean }) => withheld)).toEqual([
    true,
    true,
  ]);
  expect(modalities.all[0].options[1]).toEqual({ option: 'blended', count: 10, bordaPoints: 40 });
  expect(satisfaction.all[0].mean).toBe('4.00');
  expect(wishes.texts.edges).toHaveLength(10);
  const outsider = await world.ask(callers.elsewhere, shape);
  expect(outsider.errors).toContain('FORBIDDEN');
  const rows = await world.db.model(outboxRows).find({ topic: 'evaluation.needs_survey' }).lean();
  const told = rows
    .flatMap(eventsOf)
    .map(({ envelope }) => contracts.needsSurveyClosed.data.parse(JSON.parse(envelope).data));
  expect(told).toMatchObject([
    { surveyId: survey._id, year: 2026, answersCount: 10, responsePercent: '35.7 %' },
  ]);
  expect(told[0]?.topNeeds).toContainEqual(
    expect.objectContaining({ subject: null, option: 'digital_teaching', score: 7, place: 1 }),
  );
  expect(told[0]?.topNeeds.some(({ subject }) => subject !== null)).toBe(false);
  const audited = await world.db.model(auditEntries).find({ stream: survey._id }).lean();
  expect(JSON.stringify(audited)).not.toContain('digital_teaching');
  const tallies = await world.db.model(needsTallies).find({ surveyId: survey._id }).lean();
  expect(JSON.stringify(tallies)).not.toContain('tch_');
});

test('PLN-01: a sample has its share of every stratum, and can be drawn again from the seed', async () => {
  const survey = await opened({ samplePercent: 20, audience: { subjects: ['chinese'] } });
  const frame = await world.db.model(needsFrame).find({ surveyId: survey._id }).lean();
  const byStratum = Map.groupBy(frame, ({ stratum }) => stratum);
  for (const members of byStratum.values()) {
    const first = members.toSorted((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, 2);
    expect(members).toHaveLength(10);
    expect(new Set(members.filter(({ invited }) => invited))).toEqual(new Set(first));
  }
});

test('REG-01, PLN-01: a county asks for itself alone', async () => {
  const input = { title: '调研', questionnaireId: 'qst_needs_140000', regionCode: '140105' };
  expect(codesOf(await world.mutate(callers.elsewhere, 'openNeedsSurvey', input))).toEqual([
    'NOT_FOUND',
  ]);
});

test('REG-02: a county asks no teachers of vocational or higher education, which have no county level', async () => {
  const input = { title: '调研', questionnaireId: 'qst_needs_140000', regionCode: '140105' };
  const audience = { stages: ['PRIMARY', 'VOCATIONAL', 'HIGHER'] };
  const { refusals } = await world.mutate(county, 'openNeedsSurvey', { ...input, audience });
  expect(refusals).toMatchObject([
    { rule: 'REG-02', required: 'province, city', actual: 'county' },
    { rule: 'REG-02', required: 'province', actual: 'county' },
  ]);
});
