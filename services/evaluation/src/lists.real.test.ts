/** Every list of the evaluation service as a client pages it: by an index, never sorted in memory. [GOV-06] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  auditEntries,
  type Caller,
  type Collection,
  connectionFields,
  type ExplainedList,
  QueryPlans,
  type RowBase,
  readTwoPages,
} from '@shixun/runtime';
import { service } from './app.ts';
import { findings } from './findings/store.ts';
import { grades } from './grades/store.ts';
import { needsFrame, needsSurveys } from './needs-surveys/store.ts';
import { questionnaires } from './questionnaires/store.ts';
import { callers, RealEvaluation, teacher } from './real-evaluation.example.ts';
import { spotCheckDraws, spotCheckLots } from './spot-checks/store.ts';

let evaluation: RealEvaluation;
let plans: QueryPlans;
beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
  for (const [collection, row] of rows) {
    const filled = Array.from({ length: 60 }, (_, n) => ({ _id: `row_${100 + n}`, ...row(n) }));
    await evaluation.db.model(collection).collection.insertMany(filled as never);
  }
  plans = await QueryPlans.watch(evaluation.db);
});
afterAll(async () => {
  await plans?.stop();
  await evaluation.close();
});

const { county, province, institution, monitor } = callers;
const of = <Row extends RowBase>(
  collection: Collection<Row>,
  row: (n: number) => object,
): readonly [Collection<RowBase>, (n: number) => object] => [collection as never, row];
/** What the lists ask by. */
const rows = [
  of(auditEntries, (n) => ({ stream: 'row_100', sequence: n + 1 })),
  of(findings, (n) => ({
    rule: n % 2 === 0 ? 'PLN-06' : 'PLN-03',
    regionCode: n % 3 === 0 ? '140105' : '140106',
    subject: `prj_${n % 5}`,
    institutionId: 'ins_1',
    state: n % 2 === 0 ? 'open' : 'waived',
    responsibleCode: '140105',
    assignee: 'usr_county',
    dueOn: '2026-09-01',
    openedAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
  })),
  of(needsSurveys, () => ({ regionCode: '140105', state: 'open', questions: [] })),
  of(needsFrame, (n) => ({
    surveyId: 'row_100',
    teacherId: 'tch_1',
    invited: n % 2 === 0,
    stratum: 's',
    lot: String(n),
  })),
  of(questionnaires, (n) => ({
    regionCode: n % 2 === 0 ? '140000' : '140100',
    purpose: 'evaluation',
    lineId: `line_${n}`,
    version: 1,
    succeededBy: n % 3 === 0 ? null : 'x',
    questions: [],
  })),
  of(grades, (n) => ({
    institutionId: 'ins_1',
    projectId: `prj_${n}`,
    year: 2026,
    publishedAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
  })),
  of(spotCheckDraws, () => ({ regionCode: '140105', year: 2026, level: 'county' })),
  of(spotCheckLots, (n) => ({ drawId: 'row_100', projectId: `prj_${n}`, place: n, lot: `${n}` })),
];

const list = (
  field: string,
  asked: readonly string[],
  by: readonly Caller[],
  below?: string,
): ExplainedList => ({ field, asked, callers: by, ...(below === undefined ? {} : { below }) });
const lists: readonly ExplainedList[] = [
  list('Finding.auditTrail', [''], [county, province], 'finding(id: "row_100") { … }'),
  list(
    'Query.findings',
    [
      '',
      ...[
        'state: OPEN',
        'rule: "PLN-06"',
        'regionCode: "140105"',
        'subject: "prj_1"',
        'responsibleCode: "140105"',
        'assignee: "usr_county"',
        'overdue: true',
        'state: OPEN, rule: "PLN-06", regionCode: "140105", subject: "prj_1", overdue: true',
      ].map((filter) => `filter: { ${filter} }`),
    ],
    [county, province, monitor, institution],
  ),
  list('Query.findingWaivers', ['', 'regionCode: "140105"'], [county]),
  list('Query.needsSurveys', ['regionCode: "140100"'], [county]),
  list('Query.myNeedsSurveys', [''], [teacher('tch_1')]),
  list('NeedsSurvey.frame', [''], [county], 'needsSurvey(id: "row_100") { … }'),
  list(
    'Query.questionnaires',
    [
      '',
      ...[
        'regionCode: "140000"',
        'newestOnly: true',
        'purpose: EVALUATION',
        'regionCode: "140000", newestOnly: true, purpose: EVALUATION',
      ].map((filter) => `filter: { ${filter} }`),
    ],
    [county],
  ),
  list(
    'Query.spotCheckDraws',
    ['', 'filter: { regionCode: "140105" }', 'filter: { year: 2026, regionCode: "140105" }'],
    [county, province],
  ),
  list('SpotCheckDraw.lots', [''], [county], 'spotCheckDraws(first: 1) { edges { node { … } } }'),
  list(
    'Institution.grades',
    [''],
    [county],
    '_entities(representations: [{ __typename: "Institution", id: "ins_1" }]) { ... on Institution { … } }',
  ),
];

/** Needs a survey that enough teachers have answered; its query is explained in indexes.real.test.ts. */
const elsewhere = ['NeedsQuestionResult.texts'];

test('GOV-06: every field that answers pages is among the lists that are explained', () => {
  const explained = new Set([...lists.map(({ field }) => field), ...elsewhere]);
  expect([...explained].sort()).toEqual(connectionFields(service.schema));
});

test.each(lists.flatMap((each) => each.asked.map((args) => [each.field, args, each] as const)))(
  'GOV-06: %s(%s) reads by an index alone, on the first page and the next',
  async (_field, args, each) => {
    let read = 0;
    for (const caller of each.callers) {
      read += await readTwoPages(each, args, async (source) => {
        const { data, errors } = await evaluation.ask(caller, source);
        expect(errors).toEqual([]);
        return data;
      });
      expect([caller.grants, await plans.bad()]).toEqual([caller.grants, []]);
    }
    expect(read).toBeGreaterThan(0);
  },
);
