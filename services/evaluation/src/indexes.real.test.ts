import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Collection, type RowBase, within } from '@shixun/runtime';
import { assessments } from './assessments/store.ts';
import { answerEnvelopes, ballotReceipts } from './ballots/store.ts';
import { findingFilter, findingSort, waiverFilter } from './findings/resolvers.ts';
import { findingOccurrences, findingSteps, findings } from './findings/store.ts';
import { gradeSort } from './grades/resolvers.ts';
import { grades } from './grades/store.ts';
import {
  needsFrameSort,
  needsSurveyListFilter,
  needsSurveyListSort,
} from './needs-surveys/resolvers.ts';
import { needsFrame, needsSurveys, needsTallies, needsTexts } from './needs-surveys/store.ts';
import { classes } from './projections/classes.ts';
import { projects } from './projections/projects.ts';
import { teachers } from './projections/teachers.ts';
import { trainees } from './projections/trainees.ts';
import { questionnaireFilter, questionnaireSort } from './questionnaires/resolvers.ts';
import { questionnaires } from './questionnaires/store.ts';
import { callers, RealEvaluation } from './real-evaluation.example.ts';
import { drawFilter, drawSort, lotSort } from './spot-checks/resolvers.ts';
import { spotCheckDraws, spotCheckLots } from './spot-checks/store.ts';
import { surveys } from './surveys/store.ts';

let evaluation: RealEvaluation;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
});
afterAll(() => evaluation.close());

type Query = {
  readonly name: string;
  readonly collection: Collection<never>;
  readonly filter: Record<string, unknown> | null;
  readonly sort?: readonly (readonly [string, 1 | -1])[];
};
const query = <Row extends RowBase>(
  name: string,
  collection: Collection<Row>,
  filter: Query['filter'],
  sort?: Query['sort'],
): Query => ({ name, collection: collection as never, filter, ...(sort ? { sort } : {}) });

/** Every query that a user can send, and those that decisions lean on. */
const queries: readonly Query[] = [
  query('all questionnaires', questionnaires, questionnaireFilter({}), questionnaireSort),
  query(
    'newest questionnaires of a region',
    questionnaires,
    questionnaireFilter({ newestOnly: true, regionCode: '140000' }),
    questionnaireSort,
  ),
  query('the questionnaire of a region', questionnaires, {
    succeededBy: null,
    regionCode: { $in: ['140000', '140100'] },
  }),
  query('grades of an institution', grades, { institutionId: 'ins_1' }, gradeSort),
  query('grade of a project', grades, { projectId: 'prj_1' }),
  ...[
    {},
    { state: 'open' },
    { rule: 'PLN-06' },
    { subject: 'prj_1' },
    { regionCode: '140100', state: 'open' },
    { responsibleCode: '140100' },
    { assignee: 'usr_1' },
    { regionCode: '140100', overdue: true },
  ].map((filter) =>
    query(
      `findings by ${Object.keys(filter).join(' and ') || 'nothing'}`,
      findings,
      findingFilter(callers.county, filter, new Date('2026-10-01')),
      findingSort,
    ),
  ),
  query(
    'findings of an institution',
    findings,
    findingFilter(callers.institution, {}, new Date('2026-10-01')),
    findingSort,
  ),
  query('published waivers', findings, waiverFilter(null), findingSort),
  query('waivers of a region', findings, waiverFilter('140100'), findingSort),
  query('what was found again', findings, { openKey: { $in: ['PLN-06/prj_1'] } }),
  query('findings that are late', findings, { escalatesOn: { $lte: '2026-10-01' } }, [
    ['escalatesOn', 1],
    ['_id', 1],
  ]),
  query('steps of a finding', findingSteps, { findingId: 'fnd_1' }),
  query('occurrences of a finding', findingOccurrences, { findingId: 'fnd_1' }),
  query('all draws', spotCheckDraws, drawFilter({}), drawSort),
  query(
    'draws of a year in a region',
    spotCheckDraws,
    drawFilter({ regionCode: '140100', year: 2026 }),
    drawSort,
  ),
  query('draws of a year', spotCheckDraws, drawFilter({ year: 2026 }), drawSort),
  query('lots of a draw', spotCheckLots, { drawId: 'spc_1' }, lotSort),
  query('projects to draw from', projects, { year: 2026, ownerRegionCode: '140105' }),
  query(
    'needs surveys of a region',
    needsSurveys,
    needsSurveyListFilter('140100'),
    needsSurveyListSort,
  ),
  query('needs surveys to conduct', needsSurveys, { state: 'drawing' }, [['_id', 1]]),
  query('frame of a needs survey', needsFrame, { surveyId: 'nsv_1' }, needsFrameSort),
  query('the lots of a stratum', needsFrame, { surveyId: 'n', stratum: 's', lot: { $gt: '' } }, [
    ['lot', 1],
  ]),
  query('needs surveys of a teacher', needsFrame, { teacherId: 'tch_1', invited: true }, [
    ['_id', -1],
  ]),
  query(
    'cells of a question',
    needsTallies,
    { surveyId: 'nsv_1', question: 'topics', dimension: 'subject' },
    [['value', 1]],
  ),
  query('texts of a question', needsTexts, { surveyId: 'nsv_1', question: 'wishes' }, [['_id', 1]]),
  query('teachers of a region to list', teachers, { regionCode: within('140100') }, [
    ['regionCode', 1],
    ['_id', 1],
  ]),
  query('teachers of a school to list', teachers, { schoolId: 'sch_1' }, [['_id', 1]]),
  query('survey of a project', surveys, { projectId: 'prj_1' }),
  query('ballots of a survey', ballotReceipts, { surveyId: 'svy_1' }),
  query('envelopes of a survey', answerEnvelopes, { surveyId: 'svy_1' }),
  query('assessments of a project', assessments, { projectId: 'prj_1' }),
  query('classes of a project', classes, { projectId: 'prj_1' }),
  query('trainees of a project', trainees, { projectId: 'prj_1', takesPart: true }),
  query('projects of a trainee', trainees, { teacherId: { $in: ['tch_1'] } }),
  query('a trainee of a project', trainees, {
    teacherId: 'tch_1',
    projectId: 'prj_1',
    takesPart: true,
  }),
];

describe('GOV-06: every query walks an index and sorts by it', () => {
  test.each(queries.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    const found = evaluation.db
      .model(each.collection)
      .collection.find((each.filter ?? {}) as never);
    const sorted = each.sort ? found.sort(Object.fromEntries(each.sort)) : found;
    const plan = JSON.stringify(await sorted.limit(20).explain('queryPlanner'));
    const [winning = ''] = /"winningPlan":.*?"rejectedPlans"/.exec(plan) ?? [];
    expect(winning).toContain('IXSCAN');
    expect(winning).not.toContain('COLLSCAN');
    expect(winning).not.toContain('"stage":"SORT"');
  });

  test('the region of a bureau is a range, not a pattern', () => {
    expect(within('140100')).toEqual({ $gte: '1401', $lt: '1401:' });
  });
});
