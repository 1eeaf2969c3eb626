import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { evaluation as evaluationEvents } from '@shixun/contracts';
import { auditEntries, firstBrokenEntry, outboxRows, streamHeads } from '@shixun/runtime';
import { codesOf, RealBallots } from '../ballots/real-ballots.example.ts';
import { callers, type Project, RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { grades } from './store.ts';

let evaluation: RealEvaluation;
let ballots: RealBallots;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
  ballots = new RealBallots(evaluation);
});
afterAll(() => evaluation.close());

type Who = Parameters<RealEvaluation['mutate']>[0];

const record = (project: Project, kind: string, score: string, caller: Who, reason?: string) =>
  evaluation.mutate(
    caller,
    'recordAssessment',
    {
      projectId: project.projectId,
      kind,
      score,
      remarks: '课程贴近一线',
      ...(reason === undefined ? {} : { correctionReason: reason }),
    },
    'assessment { id kind score replaced }',
  );

const publish = (project: Project, caller: Who = callers.county) =>
  evaluation.mutate(
    caller,
    'publishGrade',
    { projectId: project.projectId },
    'grade { id grade score answersCount traineesCount year policyVersion components { kind score weightPercent } }',
  );

/** Answered, counted, and assessed by agency and department. */
async function evaluated(trainees: number, answering = trainees): Promise<Project> {
  const { project, survey } = await ballots.surveyed(trainees);
  await ballots.answer(survey, project.teacherIds.slice(0, answering));
  await ballots.close(survey._id);
  await record(project, 'AGENCY', '85.5', callers.agency);
  await record(project, 'INSPECTION', '90', callers.monitor);
  return project;
}

const entity = (type: string, id: string, fields: string, caller: Who = null) =>
  evaluation.ask(
    caller,
    `query Q($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`,
    { r: [{ __typename: type, id }] },
  );

describe('EVL-03: the grade of a project', () => {
  test('is published with all components, told to the others, and public', async () => {
    const project = await evaluated(5);
    const { grade, refusals } = await publish(project);
    expect(refusals).toEqual([]);
    expect(grade).toEqual({
      id: expect.stringMatching(/^grd_/),
      grade: 'B',
      // 34.20 + 36.80 + 18.00
      score: '89.00',
      answersCount: 5,
      traineesCount: 5,
      year: 2026,
      policyVersion: 'national@1',
      components: [
        { kind: 'AGENCY', score: '85.50', weightPercent: 40 },
        { kind: 'ANONYMOUS', score: '92.00', weightPercent: 40 },
        { kind: 'INSPECTION', score: '90.00', weightPercent: 20 },
      ],
    });
    const told = await evaluation.db
      .model(outboxRows)
      .find({ type: 'evaluation.grade.published.v1', key: 'ins_1' })
      .lean();
    const data = told
      .map(({ envelope }) => JSON.parse(envelope).data)
      .find(({ projectId }) => projectId === project.projectId);
    expect(evaluationEvents.gradePublished.data.parse(data)).toMatchObject({
      gradeId: grade.id,
      grade: 'B',
      scoreCenti: 8900,
    });
    const seen = await entity('Project', project.projectId, 'grade { grade } survey { state }');
    expect(seen.data._entities[0]).toEqual({ grade: { grade: 'B' }, survey: { state: 'COUNTED' } });
  });

  test('is published once, also when asked many times at the same moment', async () => {
    const project = await evaluated(5);
    const payloads = await Promise.all([1, 2, 3].map(() => publish(project)));
    expect(payloads.filter(({ grade }) => grade !== null)).toHaveLength(1);
    expect(payloads.flatMap(codesOf)).toEqual(['GRADE_EXISTS', 'GRADE_EXISTS']);
    const { projectId } = project;
    expect(await evaluation.db.model(grades).countDocuments({ projectId })).toBe(1);
    const told = await evaluation.db.model(outboxRows).find({ key: 'ins_1' }).lean();
    const forIt = told.filter(({ envelope }) => envelope.includes(projectId));
    expect(forIt).toHaveLength(1);
  });

  test('everything that is missing is named at once', async () => {
    const project = await evaluation.projectWith(5);
    const payload = await publish(project);
    expect(codesOf(payload)).toEqual([
      'SURVEY_NOT_COUNTED',
      'COMPONENT_MISSING',
      'COMPONENT_MISSING',
    ]);
  });

  test('EVL-01: exactly 80 % of the trainees is enough, one answer less is not', async () => {
    expect(codesOf(await publish(await evaluated(10, 8)))).toEqual([]);
    evaluation.now = new Date('2026-10-01T02:00:00.000Z');
    const { project, survey } = await ballots.surveyed(10);
    await ballots.answer(survey, project.teacherIds.slice(0, 7));
    evaluation.now = new Date('2026-10-15T02:00:00.000Z');
    await ballots.close(survey._id);
    await record(project, 'AGENCY', '85.5', callers.agency);
    await record(project, 'INSPECTION', '90', callers.monitor);
    evaluation.now = new Date('2026-10-01T02:00:00.000Z');
    expect(await publish(project)).toMatchObject({
      grade: null,
      refusals: [{ code: 'COVERAGE_TOO_LOW', rule: 'EVL-01', required: '80 %', actual: '70 %' }],
    });
  });

  test('EVL-02: four answers of four trainees carry no grade', async () => {
    expect(codesOf(await publish(await evaluated(4)))).toEqual(['TOO_FEW_ANSWERS']);
  });

  test('REG-01: another county may not publish it, the province may', async () => {
    const project = await evaluated(5);
    expect(codesOf(await publish(project, callers.elsewhere))).toEqual(['NOT_FOUND']);
    expect(codesOf(await publish(project, callers.institution))).toEqual(['FORBIDDEN']);
    expect(codesOf(await publish(project, callers.province))).toEqual([]);
  });

  test("an institution's grades are paged, the newest first", async () => {
    const all: string[] = [];
    let after: string | null = null;
    do {
      const page = await evaluation.ask(
        null,
        `query Q($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Institution {
          grades(first: 2, after: $after) { edges { node { id publishedAt } } pageInfo { hasNextPage endCursor } } } } }`,
        { r: [{ __typename: 'Institution', id: 'ins_1' }], after },
      );
      const { edges, pageInfo } = page.data._entities[0].grades;
      all.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const rows = await evaluation.db
      .model(grades)
      .find({ institutionId: 'ins_1' })
      .sort({ publishedAt: -1, _id: -1 })
      .lean();
    expect(all).toEqual(rows.map(({ _id }) => _id));
    expect(all.length).toBeGreaterThan(2);
  });
});

describe('EVL-03: assessments', () => {
  test('the agency gives its own kind, the department its own, nobody the other', async () => {
    const project = await evaluation.projectWith(1);
    expect((await record(project, 'AGENCY', '70', callers.agency)).assessment).toMatchObject({
      kind: 'AGENCY',
      score: '70.00',
    });
    expect(codesOf(await record(project, 'INSPECTION', '70', callers.agency))).toEqual([
      'ASSESSOR_NOT_ENTITLED',
    ]);
    expect(codesOf(await record(project, 'AGENCY', '70', callers.county, '更正'))).toEqual([
      'ASSESSOR_NOT_ENTITLED',
    ]);
    expect(codesOf(await record(project, 'INSPECTION', '70', callers.elsewhere))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codesOf(await record(project, 'INSPECTION', '70', callers.institution))).toEqual([
      'FORBIDDEN',
    ]);
  });

  test('a correction keeps what it corrects; the bureau sees both, a teacher neither', async () => {
    const project = await evaluation.projectWith(1);
    await record(project, 'AGENCY', '70', callers.agency);
    expect(codesOf(await record(project, 'AGENCY', '75', callers.agency))).toEqual([
      'CORRECTION_REASON_MISSING',
    ]);
    await record(project, 'AGENCY', '75', callers.agency, '录入有误');
    const seen = await entity(
      'Project',
      project.projectId,
      'assessments { score replaced correctionReason }',
      callers.county,
    );
    expect(seen.data._entities[0].assessments).toEqual([
      { score: '70.00', replaced: true, correctionReason: null },
      { score: '75.00', replaced: false, correctionReason: '录入有误' },
    ]);
    for (const caller of [teacher('tch_1'), callers.elsewhere]) {
      const denied = await entity('Project', project.projectId, 'id assessments { score }', caller);
      expect(denied.errors).toEqual(['FORBIDDEN']);
      expect(denied.data._entities[0]).toEqual({ id: project.projectId, assessments: null });
    }
  });

  test('after the grade nothing is corrected any more', async () => {
    const project = await evaluated(5);
    await publish(project);
    expect(codesOf(await record(project, 'AGENCY', '99', callers.agency, '更正'))).toEqual([
      'GRADE_PUBLISHED',
    ]);
  });

  test('GOV-02: assessments and grade stand in one unbroken audit chain', async () => {
    const project = await evaluated(5);
    await publish(project);
    const stream = project.projectId;
    const entries = await evaluation.db
      .model(auditEntries)
      .find({ stream })
      .sort({ sequence: 1 })
      .lean();
    const head = await evaluation.db.model(streamHeads).findById(stream).lean();
    expect(entries.map(({ command }) => command)).toEqual([
      'recordAssessment',
      'recordAssessment',
      'publishGrade',
    ]);
    expect(firstBrokenEntry(entries as never, head as never)).toBeNull();
  });
});
