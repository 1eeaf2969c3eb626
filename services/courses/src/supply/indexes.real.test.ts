import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Caller, type Collection, type RowBase, within } from '@shixun/runtime';
import { budgetSorts, expenditureSorts, moneyFilter } from '../budgets/resolvers.ts';
import { budgets, budgetTallies, expenditures, reallocations } from '../budgets/store.ts';
import { schoolClassesFrom } from '../forecast/readers.ts';
import { schoolClasses } from '../forecast/store.ts';
import { teachers } from '../projections/teachers.ts';
import { exampleDraft } from '../projects/project.example.ts';
import { type ProjectRow, projects } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { unsettledFilter } from './commands-shares.ts';
import { candidatesFor } from './readers.ts';
import { fittingFilter } from './resolvers.ts';
import { areaTallies, duplicates, placeTallies, teacherTallies } from './store.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

const auditor: Caller = { subject: 'a', grants: [{ role: 'Auditor', regionCode: '140100' }] };
const institution: Caller = {
  subject: 'i',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
const ofRegion = { regionCode: '140100', year: 2026 };
const newest = [['_id', -1]] as const;

type Query = {
  readonly name: string;
  readonly collection: Collection<never>;
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly sort: readonly (readonly [string, 1 | -1])[];
};
const query = <Row extends RowBase>(
  name: string,
  collection: Collection<Row>,
  filter: Query['filter'],
  sort: Query['sort'] = [],
): Query => ({ name, collection: collection as never, filter, sort });

const area = { ...ofRegion, stage: 'primary', subject: 'music' };
/** Every query on money and supply that a user can send, and those that handlers and chores lean on. */
const queries: readonly Query[] = [
  ...[auditor, institution].flatMap((caller, at) => [
    query(`budgets, newest, ${at}`, budgets, moneyFilter(caller, ofRegion), budgetSorts.newest),
    query(
      `budgets, unspent, ${at}`,
      budgets,
      moneyFilter(caller, ofRegion),
      budgetSorts.most_unspent,
    ),
    ...(['newest', 'largest'] as const).flatMap((order) =>
      [null, 'venue'].map((line) =>
        query(
          `entries, ${order}, ${line}, ${at}`,
          expenditures,
          moneyFilter(caller, ofRegion, line),
          expenditureSorts[order],
        ),
      ),
    ),
  ]),
  ...(['newest', 'largest'] as const).flatMap((order) =>
    [{}, { category: 'venue' }].map((line) =>
      query(
        `entries of a project, ${order}, ${Object.keys(line)}`,
        expenditures,
        { projectId: 'prj_1', ...line },
        expenditureSorts[order],
      ),
    ),
  ),
  query('a reversal', expenditures, { reverses: 'exp_1', kind: 'reversal' }),
  query('reallocations of a project', reallocations, { projectId: 'prj_1' }, newest),
  query('execution of a region', budgetTallies, { year: 2026, regionCode: within('140100') }),
  query('pairs of a region', duplicates, { regionPath: '140100', year: 2026 }, newest),
  query('shares not settled', placeTallies, unsettledFilter(2026)),
  query('areas', areaTallies, { regionCode: '140100', year: { $in: [2025, 2026] } }),
  query('teachers by area', teacherTallies, { regionCode: '140100' }),
  query('uncounted teachers', teachers, { uncounted: true }),
  query('fitting projects', projects, fittingFilter(area), newest),
  query('fitting projects, rural', projects, fittingFilter({ ...area, subject: 'rural' }), newest),
  query(
    'candidates for duplicates',
    projects,
    candidatesFor({ ...exampleDraft, _id: 'prj_1' } as ProjectRow),
    newest,
  ),
  query('a school’s classes', schoolClasses, schoolClassesFrom(['sch_1'], '2026-07-13')),
  query('a class’s schools', schoolClasses, { classId: { $in: ['cls_1'] } }),
];

describe('GOV-06: every query on money, supply and forecast walks an index and sorts by it', () => {
  test.each(queries.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    expect(each.filter).not.toBeNull();
    const found = courses.db
      .model(each.collection)
      .collection.find((each.filter ?? {}) as never)
      .sort(Object.fromEntries(each.sort));
    const plan = JSON.stringify(await found.limit(20).explain('queryPlanner'));
    const [winning = ''] = /"winningPlan":.*?"rejectedPlans"/.exec(plan) ?? [];
    expect(winning).toContain('IXSCAN');
    expect(winning).not.toContain('COLLSCAN');
    expect(winning).not.toContain('"stage":"SORT"');
  });
});
