/** A county's policy from its draft to the inbox of those whom it binds, through the gateway and over Kafka. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ask, attempt, command, eventually, type RefusalSeen } from '@shixun/infra/story/world';
import { addDays, civilDateOf } from '@shixun/kernel';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

test('GOV-04: a county drafts, its city approves, the county reads it in its inbox and lives by it from its day on', async () => {
  const { world } = platform;
  const { bureau, city, regionCode } = world.cast;
  const today = civilDateOf(await world.now());
  const effectiveFrom = addDays(today, 3);
  const name = 'schedulePublishedBeforeMinDays';
  const figures = (number: number) => [{ name, number }];
  const daysOn = async (date: string): Promise<number> => {
    const { policy } = await ask(world, null, 'PolicyOn', { regionCode, date });
    return policy.figures.find((figure: { name: string }) => figure.name === name).number;
  };
  const before = await daysOn(today);

  const content = { profile: 'governance-journey', regionCode, effectiveFrom };
  const loose = { ...content, figures: figures(before - 1) };
  const { draft } = await command(world, bureau, 'DraftPolicy', loose);
  const draftId: string = draft.id;
  const { refusals } = await attempt(world, bureau, 'SubmitPolicyDraft', { draftId });
  expect(
    refusals.map(({ code, required, actual }: RefusalSeen) => [code, required, actual]),
  ).toEqual([['FIGURE_LOOSENED', `${before} d`, `${before - 1} d`]]);
  const tighter = { draftId, effectiveFrom, figures: figures(before + 1) };
  await command(world, bureau, 'EditPolicyDraft', tighter);
  const { policyWhatIf } = await ask(world, bureau, 'PolicyWhatIf', { draftId });
  expect(policyWhatIf.changes).toEqual([
    {
      name,
      tighter: true,
      before: { display: `${before} d` },
      after: { display: `${before + 1} d` },
    },
  ]);
  await command(world, bureau, 'SubmitPolicyDraft', { draftId });
  const own = await attempt(world, bureau, 'ApprovePolicyDraft', { draftId });
  expect(own.refusals.map(({ code }: RefusalSeen) => code)).toEqual(['NOT_FOUND']);
  const approved = await command(world, city, 'ApprovePolicyDraft', { draftId });
  expect(approved.draft.version.id).toBe('governance-journey@1');

  const recipient = { kind: 'REGION', id: regionCode };
  const notice = await eventually('the notice is in the inbox of the county', async () => {
    const { inbox } = await ask(world, bureau, 'Inbox', { recipient, filter: { unread: true } });
    const nodes = inbox.notices.edges.map(({ node }: { node: { code: string } }) => node);
    return nodes.find(({ code }: { code: string }) => code === 'POLICY_PUBLISHED');
  });
  expect(notice).toMatchObject({ subject: 'governance-journey@1', unread: true });
  expect(notice.textZh).toContain(effectiveFrom);
  expect(notice.textEn).toContain(effectiveFrom);
  expect((await ask(world, city, 'Inbox', { recipient })).inbox).toBeNull();
  const marked = await command(world, bureau, 'MarkAllNoticesRead', { recipient });
  expect(marked.inbox.unread).toBe(0);

  expect(await daysOn(addDays(effectiveFrom, -1))).toBe(before);
  expect(await daysOn(effectiveFrom)).toBe(before + 1);
});
