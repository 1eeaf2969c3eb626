/** A county's policy from its draft to the inbox of those whom it binds, through the gateway and over Kafka. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses, envelopeOf, parseEnvelope, parseEvent, registry } from '@shixun/contracts';
import { ask, attempt, command, eventually, type RefusalSeen } from '@shixun/infra/story/world';
import { addDays, civilDateOf } from '@shixun/kernel';
import { operate } from './operator.ts';
import { everyMessage, publish } from './planted-topics.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

const prefix = () => platform.operator['KAFKA_TOPIC_PREFIX'] ?? '';

/** What gateways hear of a notice, as a consumer of the topic reads it. */
async function carriedOut(noticeId: string) {
  const { topic, type } = registry.noticeDelivered;
  return eventually(`${noticeId} is on ${topic}`, async () => {
    const messages = (await everyMessage(prefix(), [topic])).get(topic) ?? [];
    const heard = messages.map(({ key, headers, value }) => {
      expect(headers['ce_type']).toBe(type);
      const parsed = parseEvent(registry.noticeDelivered, parseEnvelope(value));
      return { key, data: parsed.data };
    });
    const ours = heard.filter(({ data }) => data.noticeId === noticeId);
    return ours.length > 0 && ours;
  });
}

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
  // A gateway for mail finds on the topic what it needs, and nothing that names anybody.
  const { id: noticeId, code, textZh, textEn } = notice;
  expect(await carriedOut(noticeId)).toEqual([
    expect.objectContaining({
      key: regionCode,
      data: expect.objectContaining({
        ...{ noticeId, code, textZh, textEn, channels: ['mail'] },
        ...{ recipientKind: 'region', recipientId: regionCode },
      }),
    }),
  ]);
  expect((await ask(world, city, 'Inbox', { recipient })).inbox).toBeNull();
  await command(world, bureau, 'ChooseNoticeChannels', { recipient, channels: ['SMS', 'MAIL'] });
  const marked = await command(world, bureau, 'MarkAllNoticesRead', { recipient });
  expect(marked.inbox.unread).toBe(0);

  expect(await daysOn(addDays(effectiveFrom, -1))).toBe(before);
  expect(await daysOn(effectiveFrom)).toBe(before + 1);
});

test('GOV-04: what is for nobody on record lies with the dead letters, and is delivered once it is for somebody', async () => {
  const { world, services } = platform;
  const { regionCode } = world.cast;
  const { noticeRequested: contract } = courses;
  const data = { ...contract.example, noticeId: 'ntc_stranger', recipientId: 'tch_stranger' };
  const at = { id: 'evt_stranger', time: new Date(), sequence: 1 };
  const value = JSON.stringify(envelopeOf(contract, { ...at, subject: data.subject, data }));
  await publish(prefix(), [{ topic: contract.topic, key: data.subject, headers: {}, value }]);
  const { db } = services.registry.db.connection;
  const letter = await eventually('the letter is dead', async () =>
    db?.collection('dead_letters').findOne({ cause: /tch_stranger/ }),
  );
  expect(letter).toMatchObject({
    kind: 'refused',
    cause: 'EventRefused: no teacher tch_stranger is on record to be told',
  });

  const anybody = await db?.collection('teachers').findOne({ regionCode: { $regex: regionCode } });
  const person = { ...anybody, _id: 'tch_stranger' as never, identityIndex: 'stranger' };
  await db?.collection('teachers').insertOne(person);
  const redrive = ['dead-letters', 'redrive', '--service', 'registry'];
  expect((await operate(platform, 'events', redrive)).code).toBe(0);
  expect(await carriedOut('ntc_stranger')).toMatchObject([
    { key: 'tch_stranger', data: { channels: ['sms'] } },
  ]);
});
