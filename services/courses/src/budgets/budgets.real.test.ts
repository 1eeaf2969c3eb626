import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses as events } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { type ProjectRow, projects } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { projectMoneyHandler } from './events.ts';
import { budgets, expenditures } from './store.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

const county: Caller = {
  subject: 'c',
  grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
};
const institution: Caller = {
  subject: 'i',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
const auditor = (regionCode: string): Caller => ({
  subject: 'a',
  grants: [{ role: 'Auditor', regionCode }],
});
const teacher: Caller = { subject: 'tch_1', grants: [{ role: 'Teacher', personId: 'tch_1' }] };

async function funded(
  lines: Record<string, string>,
  change: Partial<ProjectRow> = {},
): Promise<string> {
  const { _id: projectId } = await courses.addProject(change);
  const given = await courses.give<{ budget: { planned: string } | null }>(
    county,
    'setBudget',
    {
      projectId,
      lines: Object.entries(lines).map(([category, amount]) => ({ category, amount })),
    },
    'budget { planned }',
  );
  expect(given.refusals).toEqual([]);
  return projectId;
}

let vouchers = 0;
function spend(projectId: string, category: string, amount: string, more: object = {}) {
  vouchers += 1;
  return courses.give<{ expenditure: { id: string; amount: string } | null }>(
    institution,
    'recordExpenditure',
    {
      projectId,
      category,
      amount,
      spentOn: '2026-03-01',
      purpose: '讲义',
      voucher: `V-${vouchers}`,
      ...more,
    },
    'expenditure { id amount }',
  );
}

describe('PLN-05: the books of a project, through the graph', () => {
  test('PLN-05: of many at the same moment, none overspends the line', async () => {
    const projectId = await funded({ MATERIALS: '100.00', VENUE: '0.01' });
    const all = await Promise.all(
      Array.from({ length: 12 }, () => spend(projectId, 'MATERIALS', '16.67')),
    );
    expect(all.filter(({ expenditure }) => expenditure !== null)).toHaveLength(5);
    const refused = all.filter(({ expenditure }) => expenditure === null);
    expect(new Set(refused.map(({ refusals }) => refusals[0]?.code))).toEqual(
      new Set(['EXPENDITURE_OVER_LINE']),
    );
    expect(refused[0]?.refusals[0]).toMatchObject({ required: 'CNY 16.65', actual: 'CNY 16.67' });
    const row = await courses.db.model(budgets).findById(projectId).lean();
    expect(row).toMatchObject({ spentCents: 8335, unspentCents: 1666 });
    const entries = await courses.db.model(expenditures).find({ projectId }).lean();
    expect(entries.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(8335);
    const last = await spend(projectId, 'MATERIALS', '16.65');
    expect(last.expenditure?.amount).toBe('16.65');
    const { project } = await courses.ask<{ project: { budget: unknown } }>(
      institution,
      `query Q($id: ID!) { project(id: $id) { budget {
        planned spent unspent executedShare unspentLines { category unspent } } } }`,
      { id: projectId },
    );
    expect(project.budget).toEqual({
      planned: '100.01',
      spent: '100.00',
      unspent: '0.01',
      executedShare: '99.9 %',
      unspentLines: [{ category: 'VENUE', unspent: '0.01' }],
    });
  });

  test('PLN-05: a reversal gives the money back once, and both entries stay', async () => {
    const projectId = await funded({ MATERIALS: '10.00' });
    const { expenditure } = await spend(projectId, 'MATERIALS', '10.00');
    const reverse = () =>
      courses.give<{ expenditure: { amount: string; reverses: string } | null }>(
        institution,
        'reverseExpenditure',
        { expenditureId: expenditure?.id, reason: '重复录入' },
        'expenditure { amount reverses }',
      );
    const both = await Promise.all([reverse(), reverse()]);
    const done = both.filter((each) => each.expenditure !== null);
    expect(done.map((each) => each.expenditure)).toEqual([
      { amount: '-10.00', reverses: expenditure?.id },
    ]);
    expect(both.flatMap(({ refusals }) => refusals.map(({ code }) => code))).toEqual([
      'EXPENDITURE_REVERSED_ALREADY',
    ]);
    expect((await spend(projectId, 'MATERIALS', '10.00')).expenditure).not.toBeNull();
    expect(await courses.db.model(expenditures).countDocuments({ projectId })).toBe(3);
  });

  test('PLN-05: money moves to another line when the owner consents, and not before', async () => {
    const projectId = await funded({ MATERIALS: '10.00' });
    const proposed = await courses.give<{ reallocation: { id: string; state: string } | null }>(
      institution,
      'proposeReallocation',
      { projectId, from: 'MATERIALS', to: 'VENUE', amount: '4.00', reason: '换到大会议室' },
      'reallocation { id state }',
    );
    expect(proposed.reallocation?.state).toBe('PROPOSED');
    expect((await spend(projectId, 'VENUE', '4.00')).refusals[0]?.code).toBe('BUDGET_LINE_MISSING');
    const answer = (caller: Caller) =>
      courses.give<{ reallocation: { state: string } | null }>(
        caller,
        'answerReallocation',
        { reallocationId: proposed.reallocation?.id, consent: true },
        'reallocation { state }',
      );
    expect((await answer(institution)).refusals[0]?.code).toBe('FORBIDDEN');
    expect((await answer(county)).reallocation?.state).toBe('CONSENTED');
    expect((await spend(projectId, 'VENUE', '4.00')).expenditure).not.toBeNull();
    expect((await spend(projectId, 'MATERIALS', '6.01')).refusals[0]?.code).toBe(
      'EXPENDITURE_OVER_LINE',
    );
  });

  test('PLN-05: board and lodging above the ceiling goes through and opens one finding', async () => {
    const projectId = await funded({ BOARD_AND_LODGING: '9000.00' });
    await spend(projectId, 'BOARD_AND_LODGING', '4000.00', { persons: 5, days: 2 });
    await spend(projectId, 'BOARD_AND_LODGING', '4000.01', { persons: 5, days: 2 });
    const found = (await courses.told(events.findingRaised)).filter(
      ({ subject }) => subject === projectId,
    );
    expect(found).toMatchObject([
      { rule: 'PLN-05', regionCode: '140105', figures: { required: 'CNY 4000.00' } },
    ]);
  });
});

describe('PLN-05: who sees the books', () => {
  type Page = {
    expenditures: {
      csv: string;
      edges: { node: { amount: string; category: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
  const list = async (caller: Caller, variables: object) =>
    (
      await courses.ask<Page>(
        caller,
        `query Q($region: String!, $year: Int!, $category: BudgetCategory, $order: ExpenditureOrder!, $first: Int, $after: String) {
          expenditures(regionCode: $region, year: $year, category: $category, order: $order, first: $first, after: $after) {
            csv edges { node { amount category } } pageInfo { hasNextPage endCursor } } }`,
        { region: '140100', year: 2031, order: 'LARGEST', ...variables },
      )
    ).expenditures;

  test('PLN-05: the auditor pages, filters and sorts every entry of the own region and no other', async () => {
    const projectId = await funded({ MATERIALS: '99.00', VENUE: '99.00' }, { year: 2031 });
    for (const [category, amount] of [
      ['MATERIALS', '3.00'],
      ['VENUE', '9.00'],
      ['MATERIALS', '7.00'],
    ] as const) {
      await spend(projectId, category, amount, { purpose: '=1+1' });
    }
    const first = await list(auditor('140100'), { first: 2 });
    const next = await list(auditor('140100'), { first: 2, after: first.pageInfo.endCursor });
    expect([...first.edges, ...next.edges].map(({ node }) => node.amount)).toEqual([
      '9.00',
      '7.00',
      '3.00',
    ]);
    expect(first.csv.split('\r\n')[1]).toContain(",'=1+1,");
    const materials = await list(auditor('140000'), { category: 'MATERIALS' });
    expect(materials.edges.map(({ node }) => node.amount)).toEqual(['7.00', '3.00']);
    expect((await list(auditor('140200'), {})).edges).toEqual([]);
    await expect(list(teacher, {})).rejects.toThrow();
  });

  test('PLN-05: a region’s year is the sum of all owners below it; a cancelled project frees the rest', async () => {
    const year = 2032;
    const projectId = await funded({ MATERIALS: '100.00' }, { year });
    await spend(projectId, 'MATERIALS', '25.00');
    await funded({ VENUE: '60.00' }, { year });
    const draft = await funded({ VENUE: '1000.00' }, { year, state: 'submitted' });
    const execution = async (caller: Caller) =>
      (
        await courses.ask<{ budgetExecution: unknown }>(
          caller,
          `query Q($year: Int!) { budgetExecution(regionCode: "140000", year: $year) {
            planned spent executedShare lines { category planned spent } } }`,
          { year },
        )
      ).budgetExecution;
    expect(await execution(auditor('140000'))).toEqual({
      planned: '160.00',
      spent: '25.00',
      executedShare: '15.6 %',
      lines: [
        { category: 'MATERIALS', planned: '100.00', spent: '25.00' },
        { category: 'VENUE', planned: '60.00', spent: '0.00' },
      ],
    });
    expect(await execution(auditor('140100'))).toBeNull();
    const move = async (id: string, state: ProjectRow['state']) => {
      await courses.db.model(projects).updateOne({ _id: id }, { $set: { state } });
      const told = { ...events.projectRecorded.example, projectId: id };
      await courses.hear(projectMoneyHandler, events.projectRecorded, [told, told]);
    };
    await move(projectId, 'cancelled');
    await move(draft, 'approved');
    expect(await execution(auditor('140000'))).toMatchObject({
      planned: '1085.00',
      spent: '25.00',
    });
  });
});
