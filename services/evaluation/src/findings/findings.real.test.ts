import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses, credits, evaluation as evaluationEvents, registry } from '@shixun/contracts';
import { auditEntries, outboxRows } from '@shixun/runtime';
import { codesOf } from '../ballots/real-ballots.example.ts';
import { callers, RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { escalateFindingsChore } from './commands-escalate.ts';
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
  subject: `prj_${regionCode}_${number}`,
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

  test('REG-01: each bureau sees its subtree and no more, teachers nothing, an institution only what it was ordered', async () => {
    await evaluation.deliver(courses.findingRaised, [
      finding(1, '140105'),
      finding(2, '140105'),
      finding(1, '140106'),
      finding(1, '140200'),
    ]);
    const own = { subject: 'prj_140105_1' };
    expect(idsOf(await list(callers.county))).toEqual(['fnd_140105_1', 'fnd_140105_2']);
    expect(idsOf(await list(callers.elsewhere))).toEqual(['fnd_140106_1']);
    expect(idsOf(await list(callers.elsewhere, own))).toEqual([]);
    expect(idsOf(await list(callers.monitor, own))).toEqual(['fnd_140105_1']);
    expect(idsOf(await list(callers.province, { regionCode: '140200' }))).toEqual(['fnd_140200_1']);
    expect((await list(teacher('tch_1'))).errors).toEqual(['FORBIDDEN']);
    expect(idsOf(await list(callers.institution))).toEqual([]);
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
      'FINDING_CLOSED',
    ]);
    expect(idsOf(await list(callers.county, { state: 'WAIVED' }))).toEqual(['fnd_140105_9']);
  });

  test('the event of a closed finding, come again, does not open it', async () => {
    await evaluation.deliver(courses.findingRaised, [finding(8, '140105')]);
    const row = await evaluation.db.model(findings).findById('fnd_140105_8').lean();
    expect(row).toMatchObject({ state: 'resolved', reason: '已补报计划' });
  });
});

/** One finding as the bureau sees it, and the notices told about it so far, as `CODE to kind/id`. */
const look = async (id: string, caller: Who = callers.province) => {
  const source = `query Q($id: ID!) { finding(id: $id) { state dueOn overdue occurrences assignee nextActions
    responsible { code } body { kind id } history { step state note evidence responsible { code } } } }`;
  return (await evaluation.ask(caller, source, { id })).data?.finding;
};
const toldAbout = async (id: string) => {
  const rows = await evaluation.db
    .model(outboxRows)
    .find({ key: id })
    .sort({ position: 1 })
    .lean<{ envelope: string }[]>();
  return rows.map(({ envelope }) => {
    const { code, recipientKind, recipientId } = JSON.parse(envelope).data;
    return `${code} to ${recipientKind}/${recipientId}`;
  });
};
const act = (caller: Who, name: string, input: Record<string, unknown>) =>
  evaluation.mutate(caller, name, input, 'finding { id }').then(codesOf);
const at = async (now: string) => {
  evaluation.now = new Date(now);
  await escalateFindingsChore.run(evaluation.room);
};

describe('EVL-12: order, answer, re-inspection', () => {
  test('EVL-12: from the order to the re-inspection that closes it, each step told and kept', async () => {
    evaluation.now = new Date('2026-10-01T02:00:00.000Z');
    const about = { ...finding(20, '140105'), subject: 'ins_1' };
    await evaluation.deliver(courses.findingRaised, [about]);
    const findingId = 'fnd_140105_20';
    const dueOn = '2026-10-31';
    const order = { findingId, instruction: '补齐专家', dueOn, evidence: ['https://example.cn/1'] };
    expect(await act(callers.elsewhere, 'orderRectification', order)).toEqual(['NOT_FOUND']);
    expect(await act(callers.county, 'assignFinding', { findingId, assignee: 'usr_li' })).toEqual(
      [],
    );
    expect(
      await act(callers.county, 'orderRectification', { ...order, dueOn: '2026-11-01' }),
    ).toEqual(['DEADLINE_TOO_FAR']);
    expect(await act(callers.county, 'orderRectification', order)).toEqual([]);
    expect(idsOf(await list(callers.institution))).toEqual([findingId]);
    const answer = { findingId, answer: '已补齐' };
    expect(await act(callers.otherInstitution, 'answerRectification', answer)).toEqual([
      'NOT_FOUND',
    ]);
    expect(await act(callers.institution, 'answerRectification', answer)).toEqual([]);
    const again = { findingId, passed: false, report: '仍缺一人', dueOn };
    expect(await act(callers.county, 'reinspectFinding', again)).toEqual([]);
    expect(await act(callers.institution, 'answerRectification', answer)).toEqual([]);
    const passed = { findingId, passed: true, report: '合格' };
    expect(await act(callers.county, 'reinspectFinding', passed)).toEqual([]);
    const row = await look(findingId);
    expect(row).toMatchObject({
      state: 'RESOLVED',
      dueOn: null,
      assignee: 'usr_li',
      nextActions: [],
    });
    expect(row.history.map(({ step }: { step: string }) => step)).toEqual([
      'RAISE',
      'ASSIGN',
      'ORDER',
      'ANSWER',
      'REINSPECT',
      'ANSWER',
      'REINSPECT',
    ]);
    expect(row.history[2]).toMatchObject({ note: '补齐专家', evidence: ['https://example.cn/1'] });
    expect(await toldAbout(findingId)).toEqual([
      'FINDING_OPENED to region/140105',
      'RECTIFICATION_ORDERED to institution/ins_1',
      'RECTIFICATION_ANSWERED to region/140105',
      'RECTIFICATION_ORDERED to institution/ins_1',
      'RECTIFICATION_ANSWERED to region/140105',
      'FINDING_RESOLVED to institution/ins_1',
    ]);
  });

  test('EVL-12: overdue on the day after the last, up one level each time, and the province stays', async () => {
    evaluation.now = new Date('2027-01-01T02:00:00.000Z');
    await evaluation.deliver(courses.findingRaised, [finding(30, '140105')]);
    const findingId = 'fnd_140105_30';
    const order = { findingId, instruction: 'x', dueOn: '2027-01-10' };
    expect(await act(callers.county, 'orderRectification', order)).toEqual([]);
    await at('2027-01-10T15:59:59.999Z');
    expect(await look(findingId)).toMatchObject({
      overdue: false,
      responsible: { code: '140105' },
    });
    await at('2027-01-10T16:00:00.000Z');
    await at('2027-01-10T16:01:00.000Z');
    expect(await look(findingId)).toMatchObject({
      overdue: false,
      dueOn: '2027-02-10',
      responsible: { code: '140100' },
    });
    expect(await act(callers.county, 'waiveFinding', { findingId, reason: 'x' })).toEqual([
      'NOT_FOUND',
    ]);
    expect(idsOf(await list(callers.county, { responsibleCode: '140100' }))).toContain(findingId);
    await at('2027-02-10T16:00:00.000Z');
    await at('2027-03-13T16:00:00.000Z');
    await at('2027-04-13T16:00:00.000Z');
    const row = await look(findingId);
    expect(row).toMatchObject({
      overdue: true,
      dueOn: '2027-03-13',
      responsible: { code: '140000' },
    });
    expect(row.nextActions).toContain('ORDER');
    const told = (await toldAbout(findingId)).filter((each) => /ESCALATED|OVERDUE/.test(each));
    expect(told).toEqual([
      'FINDING_ESCALATED to region/140105',
      'FINDING_ESCALATED to region/140100',
      'FINDING_ESCALATED to region/140100',
      'FINDING_ESCALATED to region/140000',
      'FINDING_OVERDUE to region/140000',
    ]);
    const entries = await evaluation.db.model(auditEntries).find({ stream: findingId }).lean();
    expect(entries.filter(({ command }) => command === 'escalateFinding')).toHaveLength(3);
    expect(idsOf(await list(callers.province, { overdue: true }))).toContain(findingId);
    expect(idsOf(await list(callers.province, { overdue: false }))).not.toContain(findingId);
  });

  test('the same rule and subject while open is the same finding; once closed it is a new one', async () => {
    const same = { subject: 'prj_same', rule: 'CRS-17' };
    const raised = [41, 42].map((number) => ({ ...finding(number, '140106'), ...same }));
    await evaluation.deliver(courses.findingRaised, raised);
    await evaluation.deliver(courses.findingRaised, raised);
    expect(idsOf(await list(callers.elsewhere, { rule: 'CRS-17' }))).toEqual(['fnd_140106_41']);
    expect(await look('fnd_140106_41')).toMatchObject({ occurrences: 2 });
    await closing(callers.elsewhere, 'waiveFinding', 'fnd_140106_41', '学校已确认');
    await evaluation.deliver(courses.findingRaised, [
      { ...finding(43, '140106'), ...same },
      ...raised,
    ]);
    expect(idsOf(await list(callers.elsewhere, { rule: 'CRS-17' }))).toEqual([
      'fnd_140106_41',
      'fnd_140106_43',
    ]);
    const { data } = await evaluation.ask(
      null,
      '{ findingWaivers(regionCode: "140106") { edges { node { findingId rule reason } } } }',
    );
    expect(data.findingWaivers.edges).toEqual([
      { node: { findingId: 'fnd_140106_41', rule: 'CRS-17', reason: '学校已确认' } },
    ]);
  });

  test('a region’s findings are counted by state, and by the regions right below it', async () => {
    const counts = async (caller: Who, regionCode: string) => {
      const source = `query Q($regionCode: String!) { findingCounts(regionCode: $regionCode) {
        counts { open ordered resolved waived overdue } below { region { code } counts { open } } } }`;
      return (await evaluation.ask(caller, source, { regionCode })).data.findingCounts;
    };
    const { counts: county, below } = await counts(callers.county, '140105');
    const all = await list(callers.county, { regionCode: '140105' });
    const open = (all.nodes as { state: string }[]).filter(({ state }) => state === 'OPEN');
    expect(county.open).toBe(open.length);
    expect(county).toMatchObject({ resolved: 2, waived: 1 });
    expect(below).toEqual([]);
    const province = await counts(callers.province, '140000');
    expect(province.below.map(({ region }: { region: { code: string } }) => region.code)).toEqual([
      '140100',
      '140200',
      '140500',
    ]);
    expect(await counts(callers.county, '140100')).toBeNull();
  });
});
