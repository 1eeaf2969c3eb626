/** A project by tender, and its plan changed in two ways, through the gateway and over Kafka. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sealedBidOf } from '@shixun/courses/bid-client';
import { askTeachers, confirmedBySchool } from '@shixun/infra/story/asking';
import { goodPlan } from '@shixun/infra/story/plan';
import { type Answered, ask, attempt, command, eventually } from '@shixun/infra/story/world';
import { addDays, civilDateOf, yearOf } from '@shixun/kernel';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

test('CRS-02 CRS-19 CRS-20 CRS-44: sealed bids to an award, a small change at once, a major one by consent, notice and free withdrawal', async () => {
  const { world } = platform;
  const { bureau, institution, institutionId, regionCode, classHead, trainerIds } = world.cast;
  const needsSurveyId = await askTeachers(world);
  const day = async () => civilDateOf(await world.now());
  const opensOn = addDays(await day(), 30);
  const { project } = await command(world, bureau, 'DraftProject', {
    title: '招标之旅',
    level: 'COUNTY',
    sector: 'BASIC',
    modality: 'CONCENTRATED',
    stage: 'PRIMARY',
    subject: 'chinese',
    audience: {
      stages: ['PRIMARY'],
      subjects: ['chinese'],
      careerStages: ['NEW', 'IN_SERVICE', 'YOUNG', 'BACKBONE', 'MASTER'],
    },
    contentCode: 'tender-journey',
    ownerRegionCode: regionCode,
    year: yearOf(opensOn),
    hours: '90.00',
    startsOn: opensOn,
    endsOn: addDays(opensOn, 20),
  });
  const projectId: string = project.id;
  await confirmedBySchool(world, projectId);
  await eventually('the survey is known where projects are', async () => {
    const input = { projectId, needsSurveyId };
    return (await attempt(world, bureau, 'SubmitProject', input)).refusals.length === 0;
  });
  await command(world, bureau, 'ApproveProject', { projectId });

  // The tender: sealed, opened after closing, scored, awarded, confirmed.
  const closesAt = new Date((await world.now()).getTime() + 6 * 86_400_000).toISOString();
  const { tender } = await command(world, bureau, 'AnnounceTender', {
    projectId,
    closesAt,
    requirements: '整本书阅读教学研修',
    criteria: [{ code: 'plan', titleZh: '方案', titleEn: 'Plan', weightPercent: 80 }],
  });
  const tenderId: string = tender.id;
  const team = trainerIds.slice(0, 3);
  const words = { price: '120000.00', proposal: '以课例为载体', trainerIds: team };
  const sealedBid = await sealedBidOf(tender, institutionId, words);
  await command(world, institution, 'SubmitBid', { tenderId, institutionId, sealedBid });
  const early = await attempt(world, bureau, 'OpenBids', { tenderId });
  expect(early.refusals.map(({ code }: Answered) => code)).toEqual(['TENDER_STILL_SEALED']);
  await world.advance(6);
  await command(world, bureau, 'OpenBids', { tenderId });
  const experts: string[] = [];
  for (const reviewerId of trainerIds.toReversed()) {
    if (experts.length === 3) break;
    const given = await attempt(world, bureau, 'AppointReviewer', { tenderId, reviewerId });
    if (given.refusals.length === 0) experts.push(reviewerId);
  }
  expect(experts).toHaveLength(3);
  for (const personId of experts) {
    const expert = await platform.signIn(personId, [{ role: 'ExpertReviewer', personId }]);
    const points = [{ criterion: 'plan', points: '88.00' }];
    const sheet = { tenderId, number: 1, points, remarks: '可行' };
    await command(world, expert, 'ScoreBid', sheet);
  }
  await command(world, bureau, 'AwardTender', { tenderId, number: 1, reason: '得分最高' });
  const waiting = await attempt(world, bureau, 'ConfirmAward', { tenderId });
  expect(waiting.refusals.map(({ code }: Answered) => code)).toEqual([
    'AWARD_STILL_OPEN_TO_OBJECTION',
  ]);
  await world.advance(6);
  await command(world, bureau, 'ConfirmAward', { tenderId });

  // The plan, published and open.
  const found = await Promise.all(trainerIds.map((id) => ask(world, bureau, 'Trainer', { id })));
  const of = (frontline: boolean): string[] =>
    found
      .map(({ trainer }) => trainer)
      .filter(({ kind }) => (kind === 'FRONTLINE_TEACHER') === frontline)
      .map(({ id }) => id);
  const kinds = { frontline: of(true).slice(0, 2), others: of(false).slice(0, 1) };
  const plan = goodPlan(opensOn, classHead.id, kinds);
  await command(world, institution, 'SubmitPlan', { projectId, plan });
  await command(world, bureau, 'ReviewPlan', { projectId, verdict: 'ACCEPT' });
  await command(world, bureau, 'PublishProject', { projectId });
  const { project: opened } = await command(world, bureau, 'OpenProject', { projectId });
  expect(opened.state).toBe('OPEN');
  const seen = async () => (await ask(world, bureau, 'ProjectChanges', { id: projectId })).project;
  // What the plan serves of the standards for its audience, and what it leaves out.
  const { coverage } = (await seen()).plan;
  const shown = coverage.map(({ standard, covered, missing }: Answered) => [
    standard.code,
    covered.map(({ topic }: Answered) => topic.code),
    missing.map(({ code }: Answered) => code),
  ]);
  expect(shown.toSorted()).toEqual([
    ['sample-primary-chinese', ['reading', 'speaking'], ['literacy', 'writing']],
    ['sample-primary-ethics', ['ideals', 'conduct', 'care'], []],
  ]);
  const classId: string = (await seen()).classes[0].id;
  const now = (await world.now()).getTime();
  const { menu } = await command(world, bureau, 'OpenMenu', {
    title: '招标之旅菜单',
    regionCode,
    opensAt: new Date(now - 60_000).toISOString(),
    closesAt: new Date(now + 86_400_000).toISOString(),
  });
  const { menuItem } = await command(world, bureau, 'PutOnMenu', { menuId: menu.id, classId });
  const [teacher] = world.cast.teachers;
  if (teacher === undefined) throw new Error('the cast has no teachers');
  const wish = { menuItemId: menuItem.id, teacherId: teacher.id, waitlist: false };
  const { enrollment } = await eventually('the teacher is enrolled', async () => {
    const given = await attempt(world, teacher, 'EnrollTeacher', wish);
    return given.refusals.length === 0 && given;
  });
  await world.advance(2);
  const late = await attempt(world, teacher, 'WithdrawEnrollment', { enrollmentId: enrollment.id });
  expect(late.refusals.map(({ code }: Answered) => code)).toEqual(['WITHDRAWAL_NEEDS_CONSENT']);

  // A small change: another room for one meeting, in effect at once.
  const moved = (change: object) => ({
    ...plan,
    classes: plan.classes.map((each) => ({
      ...each,
      sessions: each.sessions.map((session, at) =>
        at === 0 ? { ...session, ...change } : session,
      ),
    })),
  });
  const small = await command(world, institution, 'RequestPlanChange', {
    projectId,
    plan: moved({ place: '报告厅' }),
    explanation: '原教室检修',
  });
  expect(small.planChange).toMatchObject({ severity: 'MINOR', state: 'APPLIED' });

  // A major one: another place. Consent, notice, window, effect.
  const elsewhere = moved({ place: '报告厅' });
  const major = await command(world, institution, 'RequestPlanChange', {
    projectId,
    plan: {
      ...elsewhere,
      classes: elsewhere.classes.map((each) => ({ ...each, place: '新校区' })),
    },
    explanation: '原场地停用',
  });
  expect(major.planChange).toMatchObject({ severity: 'MAJOR', state: 'REQUESTED' });
  const changeId: string = major.planChange.id;
  await command(world, bureau, 'DecidePlanChange', { changeId, consent: true, reason: '情况属实' });
  const told = await eventually('the trainee is told', async () => {
    const recipient = { kind: 'TEACHER', id: teacher.id };
    const { inbox } = await ask(world, teacher, 'Inbox', { recipient });
    return inbox.notices.edges.find(({ node }: Answered) => node.code === 'PLAN_CHANGE_ANNOUNCED');
  });
  expect(told.node.textZh).toContain('原场地停用');
  const stateIs = async (state: string) => {
    const { planChanges } = await seen();
    return planChanges.edges[0].node.state === state;
  };
  await eventually('the window is open', () => stateIs('ANNOUNCED'));
  const left = await command(world, teacher, 'WithdrawEnrollment', { enrollmentId: enrollment.id });
  expect(left.enrollment.state).toBe('WITHDRAWN');
  await world.advance(3);
  await eventually('the change is in effect', () => stateIs('APPLIED'));
  expect((await seen()).plan.round).toBe(3);
}, 300_000);
