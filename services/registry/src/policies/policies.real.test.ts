/** A policy from its draft to the day on which it decides, on a real MongoDB. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { civilDateOf } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { as, city, county, province, RealRegistry } from '../real-registry.example.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(() => registry.close());

const days = (number: number) => [{ name: 'schedulePublishedBeforeMinDays', number }];
const content = (number: number, effectiveFrom = '2026-10-01') => ({
  effectiveFrom,
  figures: days(number),
});
const codesOf = ({ refusals }: { refusals: { code: string }[] }) =>
  refusals.map(({ code }) => code);

async function draft(caller: Caller, regionCode: string, profile: string, number = 7) {
  const input = { profile, regionCode, ...content(number) };
  return registry.command(caller, 'draftPolicy', input, 'draft { id state nextActions }');
}

const act = (caller: Caller, name: string, draftId: string, more: Record<string, unknown> = {}) =>
  registry.command(
    caller,
    name,
    { draftId, ...more },
    'draft { id state version { id base { id } } }',
  );

const force = async (regionCode: string, date: string) => {
  const source = `query ($regionCode: String!, $date: Date!) { policy(regionCode: $regionCode, date: $date) {
    versionId figures { name number setBy { id } } } }`;
  const { data } = await registry.ask(null, source, { regionCode, date });
  const { figures, versionId } = data.policy;
  const [name] = ['schedulePublishedBeforeMinDays'];
  const figure = figures.find((each: { name: string }) => each.name === name);
  return [versionId, figure.number, figure.setBy.id];
};

test('a city drafts, its province returns and approves, and it holds from the start of its day in Shanghai', async () => {
  const { draft: made } = await draft(city, '140100', 'taiyuan-2026', 4);
  expect(made).toMatchObject({ state: 'DRAFT', nextActions: ['EDIT', 'SUBMIT', 'DISCARD'] });
  const id: string = made.id;
  expect(codesOf(await act(city, 'submitPolicyDraft', id))).toEqual(['FIGURE_LOOSENED']);
  expect(codesOf(await act(city, 'editPolicyDraft', id, content(6)))).toEqual([]);
  expect(codesOf(await act(city, 'submitPolicyDraft', id))).toEqual([]);
  // Neither the bureau itself nor another one approves.
  expect(codesOf(await act(city, 'approvePolicyDraft', id))).toEqual(['NOT_FOUND']);
  const returned = await act(province, 'returnPolicyDraft', id, { reasons: '宜为七天' });
  expect(returned.draft.state).toBe('RETURNED');
  expect(codesOf(await act(city, 'editPolicyDraft', id, content(7)))).toEqual([]);
  expect(codesOf(await act(city, 'submitPolicyDraft', id))).toEqual([]);
  const approved = await act(province, 'approvePolicyDraft', id);
  expect(approved).toMatchObject({
    draft: { state: 'APPROVED', version: { id: 'taiyuan-2026@1', base: { id: 'shanxi-2023@1' } } },
    refusals: [],
  });
  expect(codesOf(await act(province, 'approvePolicyDraft', id))).toEqual(['POLICY_NOT_SUBMITTED']);

  const lastMinute = civilDateOf(new Date('2026-09-30T15:59:59.999Z'));
  const firstMinute = civilDateOf(new Date('2026-09-30T16:00:00.000Z'));
  expect(await force('140105', lastMinute)).toEqual(['shanxi-2023@1', 5, expect.any(String)]);
  expect(await force('140105', firstMinute)).toEqual(['taiyuan-2026@1', 7, 'taiyuan-2026@1']);
  const { data } = await registry.ask(null, '{ policies { edges { node { id } } } }');
  expect(data.policies.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([
    'national@1',
    'shanxi-2023@1',
    'taiyuan-2026@1',
    'zhejiang-2014@1',
  ]);
});

test('GOV-04: the superior hears of the draft, the bureau of its return, and every bureau bound of the policy', async () => {
  const told = await registry.told('registry.notice.requested.v1');
  const lines = told.map(({ code, recipientId }) => `${code} ${recipientId}`);
  expect(lines.sort()).toEqual([
    'POLICY_PUBLISHED 140100',
    'POLICY_PUBLISHED 140105',
    'POLICY_PUBLISHED 140106',
    'POLICY_RETURNED 140100',
    'POLICY_SUBMITTED 140000',
    'POLICY_SUBMITTED 140000',
  ]);
});

test('a province’s draft is approved by another of its administrators', async () => {
  const { draft: made } = await draft(province, '140000', 'shanxi-2026', 6);
  await act(province, 'submitPolicyDraft', made.id);
  expect(codesOf(await act(province, 'approvePolicyDraft', made.id))).toEqual(['POLICY_OWN_DRAFT']);
  expect(codesOf(await act(city, 'approvePolicyDraft', made.id))).toEqual(['NOT_FOUND']);
  const second = { ...province, subject: 'usr_second' };
  expect(codesOf(await act(second, 'approvePolicyDraft', made.id))).toEqual([]);
});

test('a draft is its bureau’s and its superiors’; the what-if says what it would change', async () => {
  const { draft: low } = await draft(county, '140105', 'xiaodian-2026', 8);
  await act(county, 'submitPolicyDraft', low.id);
  expect(codesOf(await act(city, 'approvePolicyDraft', low.id))).toEqual([]);
  const { draft: made } = await draft(city, '140100', 'taiyuan-2026', 8);
  const source = `query ($id: ID!) { policyDraft(id: $id) { id } policyDrafts { edges { node { id } } }
    policyWhatIf(draftId: $id) { changes { name tighter before { display } after { display } }
      below { region { code } lost { name overruled } } rules { number } reach { schools } refusals { code } } }`;
  const seen = async (caller: Caller) => (await registry.ask(caller, source, { id: made.id })).data;
  const { policyWhatIf: whatIf, policyDrafts } = await seen(city);
  expect(whatIf).toEqual({
    changes: [
      {
        name: 'schedulePublishedBeforeMinDays',
        tighter: true,
        before: { display: '7 d' },
        after: { display: '8 d' },
      },
    ],
    below: [
      {
        region: { code: '140105' },
        lost: [{ name: 'schedulePublishedBeforeMinDays', overruled: false }],
      },
    ],
    rules: [{ number: 'CRS-18' }],
    reach: { schools: 0 },
    refusals: [],
  });
  expect(policyDrafts.edges).toHaveLength(3);
  const below = await seen(county);
  expect([below.policyDraft, below.policyWhatIf]).toEqual([null, null]);
  expect(below.policyDrafts.edges).toEqual([{ node: { id: low.id } }]);
  const elsewhere = as('CityAdmin', { regionCode: '140200' });
  expect(codesOf(await act(elsewhere, 'editPolicyDraft', made.id, content(9)))).toEqual([
    'NOT_FOUND',
  ]);
});
