import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answerNeeds } from '@shixun/infra/story/asking';
import { plan } from '@shixun/infra/story/planning';
import { ask, attempt, command, eventually } from '@shixun/infra/story/world';
import { fileYearPlan } from '@shixun/infra/story/year-plan';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

const findingsOf = (rule: string, subject: string) =>
  platform.services.evaluation.db.connection
    .collection('findings')
    .countDocuments({ rule, subject });

test('PLN-01: a county asks a sample of its teachers; only whom the lot fell on answers, and five are shown', async () => {
  const { world } = platform;
  const { bureau, regionCode, teachers, outsider } = world.cast;
  const { survey } = await command(world, bureau, 'OpenNeedsSurvey', {
    title: '抽样需求调研',
    questionnaireId: 'qst_needs_140000',
    regionCode,
    audience: { stages: ['PRIMARY'] },
    samplePercent: 60,
  });
  const open = await eventually('the sample is drawn', async () => {
    const { needsSurvey } = await ask(world, bureau, 'NeedsSurvey', { id: survey.id });
    return needsSurvey.state === 'OPEN' && needsSurvey;
  });
  const { invitedCount, populationCount } = open.response;
  expect(invitedCount).toBeLessThan(populationCount);
  expect(invitedCount).toBeGreaterThanOrEqual(Math.ceil(populationCount * 0.6));
  let place = 0;
  let answered = 0;
  for (const teacher of teachers) {
    const { myNeedsSurveys } = await ask(world, teacher, 'MyNeedsSurveys', { first: 10 });
    if (myNeedsSurveys.edges.length > 0) {
      await answerNeeds(world, open, { teacher, place });
      answered += 1;
    }
    place += 1;
  }
  const blinded = { surveyId: survey.id, blindedMessage: 'AAAA' };
  const stranger = await attempt(world, outsider, 'IssueNeedsBallot', blinded);
  expect(stranger.refusals.map(({ code }: { code: string }) => code)).toContain('NOT_INVITED');
  await world.advance(8);
  const closed = await eventually('the survey closes by itself', async () => {
    const { needsSurvey } = await ask(world, bureau, 'NeedsSurvey', { id: survey.id });
    return needsSurvey.state === 'CLOSED' && needsSurvey;
  });
  expect(closed.response.answersCount).toBe(answered);
  const [topics] = closed.results;
  const shown = topics.all.filter(({ withheld }: { withheld: boolean }) => !withheld);
  expect(shown).toHaveLength(answered >= 5 ? 1 : 0);
});

test('PLN-02, PLN-03, PLN-04: survey, yearly plan filed, returned, corrected and accepted, then the project with its school', async () => {
  const { world } = platform;
  const year = (await world.now()).getFullYear();
  for (const each of [year, year + 1]) {
    const accepted = await fileYearPlan(world, each);
    const amend = { command: 'amendAnnualPlan', role: 'CountyAdmin' };
    expect(accepted).toMatchObject({ state: 'ACCEPTED', nextActions: [amend] });
    expect(accepted.receipt).toBe(`BA-${each}-140105-2`);
    await eventually('the missing fen is a finding', async () => {
      return (await findingsOf('PLN-04', accepted.id)) === 1;
    });
  }
  const { projectId } = await plan(world, '整本书阅读');
  const { planningBodies } = await ask(world, world.cast.city, 'PlanningBodies', {
    regionCode: '140105',
    year,
    kind: 'BUREAU',
    filed: true,
  });
  expect(planningBodies.edges).toMatchObject([
    { node: { id: '140105', plan: { state: 'ACCEPTED' } } },
  ]);
  await eventually('every event is heard', async () => {
    const outbox = platform.services.courses.db.connection.collection('outbox');
    return (await outbox.countDocuments({ publishedAt: null })) === 0;
  });
  expect(await findingsOf('PLN-03', projectId)).toBe(0);
});
