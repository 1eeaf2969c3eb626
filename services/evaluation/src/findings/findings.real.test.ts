import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses, credits, evaluation as evaluationEvents, registry } from '@shixun/contracts';
import { codesOf } from '../ballots/real-ballots.example.ts';
import { callers, RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { findings } from './store.ts';

let evaluation: RealEvaluation;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
});
afterAll(() => evaluation.close());

type Who = Parameters<RealEvaluation['mutate']>[0];
const contracts = [registry, courses, credits, evaluationEvents].map((each) => each.findingRaised);

const finding = (number: number, regionCode: string) => ({
  ...courses.findingRaised.example,
  findingId: `fnd_${regionCode}_${number}`,
  regionCode,
  subject: `prj_${regionCode}`,
});

const list = async (caller: Who, filter: object = {}, first = 100) => {
  const { data, errors } = await evaluation.ask(
    caller,
    `query Q($filter: FindingFilter, $first: Int) { findings(filter: $filter, first: $first) {
      edges { node { id rule state service reason region { code } figures { name value } } } } }`,
    { filter, first },
  );
  return { errors, nodes: data?.findings?.edges.map(({ node }: { node: object }) => node) ?? [] };
};

const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

const closing = (caller: Who, name: string, findingId: string, reason: string) =>
  evaluation.mutate(caller, name, { findingId, reason }, 'finding { state reason closedAt }');

describe('findings of every service come to the bureau that is responsible', () => {
  test('all four services are heard, each finding once', async () => {
    for (const [index, contract] of contracts.entries()) {
      await evaluation.deliver(contract, [finding(index, '140502')]);
      await evaluation.deliver(contract, [finding(index, '140502')]);
    }
    const { nodes } = await list(callers.province, { regionCode: '140502' });
    expect(nodes.map(({ service }: { service: string }) => service)).toEqual([
      'registry',
      'courses',
      'credits',
      'evaluation',
    ]);
    expect(nodes[0]).toMatchObject({
      rule: 'PLN-06',
      state: 'OPEN',
      region: { code: '140502' },
      figures: [
        { name: 'required', value: '0' },
        { name: 'actual', value: '1' },
      ],
    });
  });

  test('REG-01: each bureau sees its subtree and no more, teachers and institutions nothing', async () => {
    await evaluation.deliver(courses.findingRaised, [
      finding(1, '140105'),
      finding(2, '140105'),
      finding(1, '140106'),
      finding(1, '140200'),
    ]);
    const own = { subject: 'prj_140105' };
    expect(idsOf(await list(callers.county))).toEqual(['fnd_140105_1', 'fnd_140105_2']);
    expect(idsOf(await list(callers.elsewhere))).toEqual(['fnd_140106_1']);
    expect(idsOf(await list(callers.elsewhere, own))).toEqual([]);
    expect(idsOf(await list(callers.monitor, own))).toEqual(['fnd_140105_1', 'fnd_140105_2']);
    expect(idsOf(await list(callers.province, { regionCode: '140200' }))).toEqual(['fnd_140200_1']);
    for (const caller of [teacher('tch_1'), callers.institution]) {
      expect((await list(caller)).errors).toEqual(['FORBIDDEN']);
    }
  });

  test('a finding is resolved or waived once, with its reason, by the own bureau', async () => {
    await evaluation.deliver(courses.findingRaised, [finding(8, '140105'), finding(9, '140105')]);
    expect(
      codesOf(await closing(callers.elsewhere, 'resolveFinding', 'fnd_140105_8', 'x')),
    ).toEqual(['NOT_FOUND']);
    expect(codesOf(await closing(callers.monitor, 'resolveFinding', 'fnd_140105_8', 'x'))).toEqual([
      'FORBIDDEN',
    ]);
    expect(codesOf(await closing(callers.county, 'waiveFinding', 'fnd_140105_8', ' '))).toEqual([
      'REASON_MISSING',
    ]);
    const resolved = await closing(callers.county, 'resolveFinding', 'fnd_140105_8', '已补报计划');
    expect(resolved.finding).toMatchObject({ state: 'RESOLVED', reason: '已补报计划' });
    const waived = await closing(callers.county, 'waiveFinding', 'fnd_140105_9', '两项目受众不同');
    expect(waived.finding.state).toBe('WAIVED');
    expect(codesOf(await closing(callers.county, 'waiveFinding', 'fnd_140105_8', 'y'))).toEqual([
      'FINDING_NOT_OPEN',
    ]);
    expect(idsOf(await list(callers.county, { state: 'WAIVED' }))).toEqual(['fnd_140105_9']);
  });

  test('the event of a closed finding, come again, does not open it', async () => {
    await evaluation.deliver(courses.findingRaised, [finding(8, '140105')]);
    const row = await evaluation.db.model(findings).findById('fnd_140105_8').lean();
    expect(row).toMatchObject({ state: 'resolved', reason: '已补报计划' });
  });
});
