/** Every list of the courses service as a client pages it: by an index, never sorted in memory. [GOV-06] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registry } from '@shixun/contracts';
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
import { annualPlans } from './annual-plans/store.ts';
import { service } from './app.ts';
import { budgets, expenditures, reallocations } from './budgets/store.ts';
import { completions } from './completion/store.ts';
import { curriculumStandards } from './curriculum-standards/store.ts';
import { classLogs } from './delivery/store-class.ts';
import { dispatches } from './dispatch/store.ts';
import { drawApplications, draws } from './draws/store.ts';
import { enrollments } from './enrollment/store.ts';
import { advice } from './guidance/store.ts';
import { menuItems, menus } from './menus/store.ts';
import { modalityTemplates, nextPlans, stageEvidence } from './modalities/store.ts';
import { placements, substitutes } from './modalities/store-people.ts';
import { planChangeClashes, planChanges } from './plan-changes/store.ts';
import { schools } from './projections/schools.ts';
import { teachers } from './projections/teachers.ts';
import { exampleDraft } from './projects/project.example.ts';
import { classes, projects } from './projects/store.ts';
import { projectConfirmations } from './projects/store-joint.ts';
import { RealCourses } from './real-courses.example.ts';
import { practiceResults, resourcePackages } from './resources/store.ts';
import { duplicates } from './supply/store.ts';
import { tenders } from './tenders/store.ts';
import { trackings } from './tracking/store.ts';

let courses: RealCourses;
let plans: QueryPlans;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  for (const [collection, row] of rows) {
    const filled = Array.from({ length: 60 }, (_, n) => ({ _id: `row_${100 + n}`, ...row(n) }));
    await courses.db.model(collection).collection.insertMany(filled as never);
  }
  plans = await QueryPlans.watch(courses.db);
});
afterAll(async () => {
  await plans?.stop();
  await courses.close();
});

const of = <Row extends RowBase>(
  collection: Collection<Row>,
  row: (n: number) => object,
): readonly [Collection<RowBase>, (n: number) => object] => [collection as never, row];
const path = ['140000', '140100', '140105'];
const closing = new Date('2026-12-31T16:00:00Z');
const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n));
const place = { regionCode: '140105', regionPath: path, ownerRegionCode: '140105', year: 2026 };
/** What the lists ask by, and what the resolvers of their parents read. */
const rows = [
  of(auditEntries, (n) => ({ stream: 'row_100', sequence: n + 1, at: at(n) })),
  of(projects, (n) => ({
    ...exampleDraft,
    ...place,
    state: n % 2 === 0 ? 'approved' : 'draft',
    institutionId: 'ins_1',
    steps: [],
  })),
  of(classes, () => ({
    ...exampleDraft,
    ...place,
    projectId: 'row_100',
    institutionId: 'ins_1',
    state: 'open',
    quotas: [],
    sessions: [],
    modules: [],
  })),
  of(enrollments, (n) => ({
    classId: 'row_100',
    projectId: 'row_100',
    teacherId: `tch_${n % 2}`,
    schoolId: 'sch_1',
    regionCode: '140105',
    state: n % 2 === 0 ? 'pending_school' : 'confirmed',
    ticket: n,
    turn: n,
    respondBy: at(n),
    enrolledAt: at(n),
  })),
  of(completions, (n) => ({ classId: 'row_100', projectId: 'row_100', teacherId: `tch_${n}` })),
  of(teachers, (n) => ({
    ...registry.teacherRecorded.example,
    _id: `tch_${n}`,
    status: 'active',
    stage: 'junior',
    schoolId: 'sch_1',
    regionCode: '140105001',
  })),
  of(menus, () => ({ regionCode: '140105', title: '', opensAt: at(0), closesAt: closing })),
  of(menuItems, (n) => ({
    menuId: 'row_100',
    classId: `row_${100 + n}`,
    projectId: 'row_100',
    regionCode: path[n % 3],
    opensAt: at(0),
    closesAt: closing,
    title: '阅读',
    words: ['阅读'],
    stage: 'junior',
    subject: 'chinese',
    modality: 'concentrated',
    institutionId: 'ins_1',
    level: 'county',
    channel: 'self_selected',
    opensOn: '2026-07-13',
    placeRegionCode: '140105',
    ratingRank: n % 4,
  })),
  of(draws, (n) => ({
    menuItemId: `item_${n}`,
    classId: 'row_100',
    state: 'drawn',
    closesAt: at(0),
  })),
  of(drawApplications, (n) => ({ drawId: 'row_100', teacherId: `tch_${n}`, rank: n })),
  of(schools, (n) => ({ _id: `sch_${n}`, regionCode: '140105001', kind: 'primary' })),
  of(annualPlans, (n) => ({
    superiorRegionCode: '140100',
    regionCode: `1401${n}`,
    schoolId: null,
    year: 2026,
    state: n % 2 === 0 ? 'filed' : 'accepted',
  })),
  of(budgets, (n) => ({
    ...place,
    institutionId: 'ins_1',
    plannedCents: n,
    spentCents: 0,
    unspentCents: n,
    lines: [],
  })),
  of(expenditures, (n) => ({
    ...place,
    projectId: 'row_100',
    institutionId: 'ins_1',
    category: n % 2 === 0 ? 'venue' : 'materials',
    amountCents: n,
    recordedAt: at(n),
  })),
  of(reallocations, (n) => ({ projectId: 'row_100', amountCents: n })),
  of(projectConfirmations, (n) => ({
    projectId: `row_${100 + n}`,
    schoolId: 'sch_1',
    answer: n % 2 === 0 ? 'asked' : 'confirmed',
  })),
  of(duplicates, (n) => ({
    regionPath: path,
    year: 2026,
    projectIds: [`row_${100 + n}`, 'row_100'],
  })),
  of(tenders, (n) => ({
    ...place,
    projectId: `row_${100 + n}`,
    state: n % 2 === 0 ? 'announced' : 'awarded',
    reviewerIds: [],
  })),
  of(planChanges, () => ({ ...place, projectId: 'row_100', state: 'applied', differences: [] })),
  of(planChangeClashes, (n) => ({ changeId: 'row_100', teacherId: `tch_${n}` })),
  of(curriculumStandards, (n) => ({
    code: `std_${n}`,
    version: 1,
    stage: 'junior',
    subject: n % 2 === 0 ? 'chinese' : 'english',
  })),
  of(dispatches, (n) => ({
    ...place,
    classId: 'row_100',
    schoolId: 'sch_1',
    teacherId: n % 2 === 0 ? 'tch_1' : `tch_${n}`,
    institutionId: 'ins_1',
  })),
  of(modalityTemplates, (n) => ({
    code: `template_${n}`,
    version: 1,
    newest: true,
    base: n % 2 === 0 ? 'workshop' : 'visiting',
  })),
  of(stageEvidence, (n) => ({
    classId: 'row_100',
    stageKey: `stage_${n % 2}`,
    askKey: 'record',
    about: `row_${n}`,
    step: n,
  })),
  of(nextPlans, (n) => ({ ownerId: n % 2 === 0 ? 'sch_1' : 'tch_1', year: 2026 })),
  of(placements, (n) => ({
    classId: 'row_100',
    hostId: `host_${n}`,
    enrollmentId: `row_${100 + n}`,
    diary: [],
  })),
  of(substitutes, () => ({
    regionCode: '140105',
    bookings: [],
    stage: 'junior',
    endsOn: '2026-12-31',
  })),
  of(advice, (n) => ({ teacherId: 'tch_1', schoolId: 'sch_1', advisedAt: at(n) })),
  of(practiceResults, (n) => ({
    ...place,
    contentHash: `hash_${n}`,
    enrollmentId: 'row_100',
    teacherId: 'tch_1',
    classId: 'row_100',
    institutionId: 'ins_1',
    stage: 'junior',
    subject: 'chinese',
    kind: 'lesson',
    state: n % 2 === 0 ? 'graded' : 'submitted',
    grade: 'good',
    words: ['阅读'],
  })),
  of(resourcePackages, () => ({ ...place, stage: 'junior', subject: 'chinese', resultIds: [] })),
  of(trackings, (n) => ({
    completionId: `row_${n}`,
    months: 3,
    party: 'trainee',
    askedId: 'tch_1',
    teacherId: 'tch_1',
    projectId: 'row_100',
    state: n % 2 === 0 ? 'open' : 'answered',
    dueOn: '2026-06-01',
    answerBy: '2026-06-15',
    regionCode: '140105',
    ownerRegionCode: '140105',
  })),
  of(classLogs, (n) => ({
    classId: 'row_100',
    date: `2026-0${1 + Math.floor(n / 28)}-${String(1 + (n % 28)).padStart(2, '0')}`,
  })),
];

const by = (role: Caller['grants'][number]['role'], scope: object): Caller => ({
  subject: `usr_${role}`,
  grants: [{ role, ...scope }],
});
const county = by('CountyAdmin', { regionCode: '140105' });
const city = by('CityAdmin', { regionCode: '140100' });
const province = by('ProvinceAdmin', { regionCode: '140000' });
const auditor = by('Auditor', { regionCode: '140100' });
const institution = by('InstitutionAdmin', { institutionId: 'ins_1' });
const school = by('SchoolAdmin', { schoolId: 'sch_1' });
const teacher = by('Teacher', { personId: 'tch_1' });

const list = (
  field: string,
  asked: readonly string[],
  callers: readonly Caller[],
  below?: string,
): ExplainedList => ({ field, asked, callers, ...(below === undefined ? {} : { below }) });
const ofYear = 'regionCode: "140100", year: 2026';
const ofClass = 'trainingClass(id: "row_100") { … }';
const ofTeacher =
  '_entities(representations: [{ __typename: "Teacher", id: "tch_1" }]) { ... on Teacher { … } }';
const ofInstitution =
  '_entities(representations: [{ __typename: "Institution", id: "ins_1" }]) { ... on Institution { … } }';

const lists: readonly ExplainedList[] = [
  list('Project.auditTrail', [''], [auditor, county], 'project(id: "row_100") { … }'),
  list('TrainingClass.auditTrail', [''], [auditor, city], ofClass),
  list(
    'Query.projects',
    [
      'regionCode: "140100"',
      'regionCode: "140100", year: 2026',
      'regionCode: "140100", state: DRAFT',
      'regionCode: "140100", year: 2026, state: DRAFT',
    ],
    [county, city, province, institution, school, teacher],
  ),
  list('Institution.projects', [''], [county, institution], ofInstitution),
  list('Query.projectConfirmations', ['schoolId: "sch_1", answer: CONFIRMED'], [school]),
  list('Query.schoolQuestions', ['schoolId: "sch_1"'], [school, county]),
  list('TrainingClass.enrollments', ['', 'state: CONFIRMED'], [county, institution], ofClass),
  list('TrainingClass.completions', [''], [county, institution], ofClass),
  list('Teacher.enrollments', [''], [teacher], ofTeacher),
  list('Query.annualPlansFiledWith', ['regionCode: "140100", year: 2026, state: FILED'], [city]),
  list(
    'Query.planningBodies',
    ['BUREAU', 'SCHOOL'].flatMap((kind) =>
      ['', ', filed: true', ', filed: false'].map((filed) => `${ofYear}, kind: ${kind}${filed}`),
    ),
    [city],
  ),
  list(
    'Query.budgets',
    ['NEWEST', 'MOST_UNSPENT'].map((order) => `${ofYear}, order: ${order}`),
    [auditor, city, institution],
  ),
  list(
    'Query.expenditures',
    ['NEWEST', 'LARGEST'].flatMap((order) =>
      ['', ', category: VENUE'].map((line) => `${ofYear}, order: ${order}${line}`),
    ),
    [auditor, city, institution],
  ),
  list(
    'Budget.expenditures',
    ['order: NEWEST', 'order: LARGEST', 'order: NEWEST, category: VENUE'],
    [auditor, institution],
    `budgets(${ofYear}, order: NEWEST, first: 1) { edges { node { … } } }`,
  ),
  list(
    'Budget.reallocations',
    [''],
    [auditor, institution],
    `budgets(${ofYear}, order: NEWEST, first: 1) { edges { node { … } } }`,
  ),
  list('Menu.items', [''], [teacher], 'menu(id: "row_100") { … }'),
  list('Draw.lots', [''], [teacher], 'draw(id: "row_100") { … }'),
  list(
    'Query.menuItems',
    ['SOONEST_CLOSING', 'SOONEST_STARTING', 'BEST_RATED'].flatMap((order) =>
      [
        'stage: JUNIOR',
        'subject: "chinese"',
        'text: "阅读"',
        'institutionId: "ins_1"',
        'modality: CONCENTRATED',
      ].map((filter) => `order: ${order}, filter: { ${filter} }`),
    ),
    [teacher],
  ),
  list('Query.duplicatePairs', [ofYear], [city]),
  list('Query.scarceAreas', [`${ofYear}, specialOnly: false`], [city]),
  list(
    'Query.tenders',
    ['regionCode: "140100"', 'regionCode: "140100", state: ANNOUNCED'],
    [city, institution],
  ),
  list('Project.planChanges', [''], [county, institution, teacher], 'project(id: "row_100") { … }'),
  list(
    'Query.planChanges',
    ['regionCode: "140100"', 'regionCode: "140100", state: APPLIED'],
    [city, teacher],
  ),
  list('TrainingPlanChange.clashes', [''], [county], 'planChange(id: "row_100") { … }'),
  list(
    'Query.curriculumStandards',
    ['stage: JUNIOR', 'stage: JUNIOR, subject: "chinese"'],
    [teacher],
  ),
  list('Query.dispatches', ['classId: "row_100"'], [county]),
  list('Query.dispatches', ['schoolId: "sch_1"'], [school]),
  list('Query.dispatches', ['teacherId: "tch_1"'], [teacher]),
  list('Query.modalityTemplates', ['', 'base: WORKSHOP'], [teacher]),
  list('Query.nextPlans', ['schoolId: "sch_1"'], [school, county]),
  list('Query.nextPlans', ['teacherId: "tch_1"'], [teacher]),
  list('Query.substitutes', ['regionCode: "140100"'], [city, institution]),
  list('TrainingClass.placements', [''], [county, institution], ofClass),
  list('TrainingClass.stageEvidence', [''], [county, institution], ofClass),
  list('TrainingClass.logs', [''], [county, institution], ofClass),
  list('Query.myAdvice', [''], [teacher]),
  list('Query.schoolGuidance', ['schoolId: "sch_1"'], [school]),
  list('Query.myDuties', ['', 'lateOnly: true'], [county, school, institution, teacher]),
  list(
    'Query.practiceResults',
    [
      'regionCode: "140100"',
      'regionCode: "140100", stage: JUNIOR, subject: "chinese"',
      'regionCode: "140100", kind: LESSON, grade: GOOD, state: GRADED',
      'regionCode: "140100", words: "阅读"',
    ],
    [teacher, school, institution, county],
  ),
  list(
    'Query.resourcePackages',
    ['regionCode: "140100"', 'regionCode: "140100", stage: JUNIOR, subject: "chinese"'],
    [teacher],
  ),
  list('Query.trackings', ['askedId: "tch_1"', 'askedId: "tch_1", state: OPEN'], [teacher]),
  list('Query.trackings', ['projectId: "row_100"'], [county]),
  list('Query.traineeArchives', ['projectId: "row_100"', 'regionCode: "140105"'], [county]),
  list('Query.traineeArchives', ['schoolId: "sch_1"'], [school]),
  list('Query.traineeArchives', ['teacherId: "tch_1"'], [teacher]),
];

/** Lists that need more than bare rows; where the database is asked about them instead. */
const elsewhere: Readonly<Record<string, string>> = {
  'ScarceArea.projects': 'supply/indexes.real.test.ts',
};

test('GOV-06: every field that answers pages is among the lists that are explained', () => {
  const explained = new Set([...lists.map(({ field }) => field), ...Object.keys(elsewhere)]);
  expect([...explained].sort()).toEqual(connectionFields(service.schema));
});

test.each(lists.flatMap((each) => each.asked.map((args) => [each.field, args, each] as const)))(
  'GOV-06: %s(%s) reads by an index alone, on the first page and the next',
  async (_field, args, each) => {
    for (const caller of each.callers) {
      await readTwoPages(each, args, async (source) => courses.ask(caller, source));
      expect([caller.grants, await plans.bad()]).toEqual([caller.grants, []]);
    }
  },
);
