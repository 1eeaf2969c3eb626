import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import { type Caller, runUnit } from '@shixun/runtime';
import { completions } from '../completion/store.ts';
import { enrollments } from '../enrollment/store.ts';
import { teachers } from '../projections/teachers.ts';
import { trainers } from '../projections/trainers.ts';
import type { ProjectRow } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { recordShippedTemplates } from './commands-templates.ts';
import { traineeLeftHandler } from './events.ts';

let world: RealCourses;
beforeAll(async () => {
  world = await RealCourses.open(process.env['MONGODB_URI']);
  const run = { service: 'courses', clock: () => world.now } as const;
  await runUnit(world.db, recordShippedTemplates, run);
  // A second start changes nothing.
  await runUnit(world.db, recordShippedTemplates, run);
});
afterAll(() => world?.close());

const county: Caller = {
  subject: 'person_county',
  grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
};
const province: Caller = {
  subject: 'person_province',
  grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }],
};
const institution: Caller = {
  subject: 'person_institution',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
const school: Caller = {
  subject: 'person_school',
  grants: [{ role: 'SchoolAdmin', schoolId: 'sch_1' }],
};
const teacher = (subject: string): Caller => ({
  subject,
  grants: [{ role: 'Teacher', personId: subject }],
});

/** A running class of a modality with that many trainees, as if they had enrolled. */
async function running(prefix: string, count: number, change: Partial<ProjectRow>) {
  const project = await world.addProject({ state: 'running', ...change });
  const classId = await world.addClass(project, {
    state: 'running',
    classHeadId: 'person_head',
    trainerIds: ['trn_a', 'trn_b', 'trn_c'],
    opensOn: '2026-03-01',
    closesOn: '2026-06-30',
  });
  const ids = Array.from({ length: count }, (_, n) => `tch_${prefix}_${n}`);
  for (const [n, teacherId] of ids.entries()) {
    const known = { stage: 'junior', subjects: ['chinese'], schoolId: 'sch_1', principal: n === 0 };
    const at = { regionCode: '140105', status: 'active' };
    await world.db
      .model(teachers)
      .collection.insertOne({ _id: teacherId, ...known, ...at } as never);
    await world.db.model(enrollments).collection.insertOne({
      ...{
        _id: `enr_${teacherId}`,
        classId,
        projectId: project._id,
        teacherId,
        turn: 1,
        ticket: n,
      },
      ...{ schoolId: 'sch_1', regionCode: '140105', ownerRegionCode: project.ownerRegionCode },
      ...{ institutionId: 'ins_1', state: 'confirmed', active: true, done: false },
    } as never);
  }
  return { project, classId, ids };
}
const give = (caller: Caller, name: string, input: Record<string, unknown>, fields = '') =>
  world.give<Record<string, never>>(caller, name, input, fields);
const codesOf = ({ refusals }: { refusals: readonly { code: string }[] }) =>
  refusals.map(({ code }) => code);
const move = async (caller: Caller, name: string, classId: string, stageKey: string) =>
  codesOf(await give(caller, name, { classId, stageKey }));
type Saying = { classId: string; stageKey: string; askKey: string; about?: string };
const say = async (
  caller: Caller,
  saying: Saying,
  fields: Record<string, string> = { content: '内容' },
) =>
  codesOf(
    await give(caller, 'recordStageEvidence', {
      ...saying,
      fields: Object.entries(fields).map(([key, value]) => ({ key, value })),
    }),
  );

test('CRS-35: a province adds a modality by data only, and a project runs through it to its last stage', async () => {
  const title = { zh: '名师带徒', en: 'Master and apprentice' };
  const ask = (key: string, by: string, per: string) => ({
    ...{ key, title, by, per },
    fields: [{ key: 'content', title }],
  });
  const stages = [
    {
      key: 'pairing',
      title,
      leads: 'InstitutionAdmin',
      asks: [ask('pairs', 'InstitutionAdmin', 'CLASS')],
    },
    { key: 'lessons', title, leads: 'ClassHead', asks: [ask('lesson', 'Teacher', 'TRAINEE')] },
  ];
  const checks = [
    {
      kind: 'MODULE_SHARE',
      title,
      of: { label: 'lesson' },
      share: { numerator: 2, denominator: 3 },
    },
  ];
  const template = {
    regionCode: '140000',
    code: 'apprenticeship',
    base: 'BLENDED',
    title,
    stages,
    checks,
  };
  expect(codesOf(await give(county, 'publishModalityTemplate', template))).toEqual(['FORBIDDEN']);
  expect(codesOf(await give(province, 'publishModalityTemplate', template))).toEqual([]);
  const loose = { ...template, code: 'easy_release', base: 'RELEASE_TIME', checks: [] };
  expect(codesOf(await give(province, 'publishModalityTemplate', loose))).toContain(
    'TEMPLATE_LOOSER',
  );
  const shipped = { ...template, code: 'workshop' };
  expect(codesOf(await give(province, 'publishModalityTemplate', shipped))).toContain(
    'TEMPLATE_OF_OTHERS',
  );

  const { classId, ids } = await running('own', 2, {
    modality: 'blended',
    templateCode: 'apprenticeship',
  });
  const head: Caller = {
    subject: 'person_head',
    grants: [{ role: 'ClassHead', personId: 'person_head' }],
  };
  expect(await move(head, 'openStage', classId, 'lessons')).toEqual(['STAGE_NOT_NEXT']);
  expect(await move(institution, 'openStage', classId, 'pairing')).toEqual([]);
  expect(await move(institution, 'completeStage', classId, 'pairing')).toEqual([
    'EVIDENCE_TOO_LITTLE',
  ]);
  expect(await say(institution, { classId, stageKey: 'pairing', askKey: 'pairs' })).toEqual([]);
  expect(await move(institution, 'completeStage', classId, 'pairing')).toEqual([]);
  expect(await move(head, 'openStage', classId, 'lessons')).toEqual([]);
  const lesson = { classId, stageKey: 'lessons', askKey: 'lesson', about: `enr_${ids[0]}` };
  expect(await say(teacher(ids[1] ?? ''), lesson)).not.toEqual([]);
  expect(await say(teacher(ids[0] ?? ''), lesson)).toEqual([]);
  expect(await move(head, 'completeStage', classId, 'lessons')).toEqual([]);
  const source = `query Q($id: ID!) { enrollment(id: $id) { stages { key done owed { code } } } }`;
  const doneOf = async (id: string | undefined) => {
    const data = await world.ask<{ enrollment: { stages: { done: boolean }[] } }>(
      teacher(id ?? ''),
      source,
      { id: `enr_${id}` },
    );
    return data.enrollment.stages.map(({ done }) => done);
  };
  expect(await doneOf(ids[0])).toEqual([true, true]);
  expect(await doneOf(ids[1])).toEqual([true, false]);
});

test('CRS-33: substitutes matched and missed, groups proposed, and both checked again when one leaves', async () => {
  const kinds = ['university_expert', 'teaching_researcher', 'frontline_teacher'];
  for (const [n, kind] of kinds.entries()) {
    await world.db.model(trainers).collection.insertOne({
      ...{ _id: `trn_${'abc'[n]}`, kind, subjects: ['chinese'], inPool: true },
    } as never);
  }
  const { classId, ids } = await running('rel', 5, { modality: 'release_time' });
  const pool = (endsOn: string) =>
    give(county, 'recordSubstitute', {
      ...{ regionCode: '140105', kind: 'STUDENT_TEACHER', stage: 'JUNIOR', subjects: ['chinese'] },
      ...{ startsOn: '2026-03-01', endsOn },
    });
  for (let n = 0; n < 4; n += 1) expect(codesOf(await pool('2026-06-30'))).toEqual([]);
  expect(codesOf(await pool('2026-06-29'))).toEqual([]);
  const people =
    'trainingClass { people { groups { members { id } mentors { id } } groupFaults { code } unmatched { id } left { id } } }';
  const matched = await give(institution, 'proposeSubstitutes', { classId }, people);
  expect(matched).toMatchObject({ trainingClass: { people: { unmatched: [{}] } }, refusals: [] });
  expect(await move(institution, 'openStage', classId, 'centralised')).toEqual([
    'SUBSTITUTES_MISSING',
  ]);
  expect(codesOf(await pool('2026-06-30'))).toEqual([]);
  expect(await give(institution, 'proposeSubstitutes', { classId }, people)).toMatchObject({
    trainingClass: { people: { unmatched: [] } },
  });
  expect(await move(institution, 'openStage', classId, 'centralised')).toEqual([]);
  expect(await give(institution, 'proposeGroups', { classId }, people)).toMatchObject({
    trainingClass: { people: { groups: [{ mentors: [{}, {}, {}] }], groupFaults: [] } },
  });
  const [left] = ids;
  const enrollmentId = `enr_${left}`;
  await world.db
    .model(enrollments)
    .collection.updateOne({ _id: enrollmentId } as never, { $set: { state: 'withdrawn' } });
  const event = {
    ...courses.enrollmentWithdrawn.example,
    enrollmentId,
    classId,
    teacherId: left ?? '',
  };
  await world.hear(traineeLeftHandler, courses.enrollmentWithdrawn, [event]);
  const source = `query Q($id: ID!) { trainingClass(id: $id) { people { groupFaults { code } left { id } matches { substituteId } } } }`;
  const seen = await world.ask<object>(institution, source, { id: classId });
  expect(seen).toMatchObject({
    trainingClass: {
      people: {
        groupFaults: [{ code: 'GROUP_SIZE_WRONG' }],
        left: [{ id: left }],
        matches: [{}, {}, {}, {}],
      },
    },
  });
});

test('CRS-32: who completed a demonstration workshop hosts; weak ones are replaced, strong ones rewarded', async () => {
  const { classId, ids } = await running('wks', 2, { modality: 'workshop' });
  const [host, next] = ids as [string, string];
  const appoint = async (teacherId: string) =>
    give(county, 'appointWorkshopHost', { classId, teacherId }, 'host { id }');
  expect(codesOf(await appoint(host))).toEqual(['HOST_WITHOUT_DEMONSTRATION']);
  const trained = await world.addProject({
    modality: 'workshop',
    templateCode: 'demonstration_workshop',
  });
  for (const teacherId of [host, next]) {
    await world.db.model(completions).collection.insertOne({
      ...{ _id: `cmp_${teacherId}`, enrollmentId: `enr_demo_${teacherId}`, classId: 'cls_demo' },
      ...{ projectId: trained._id, teacherId, state: 'confirmed', standing: true },
    } as never);
  }
  const { host: appointed } = (await appoint(host)) as unknown as { host: { id: string } };
  expect(codesOf(await appoint(next))).toEqual(['HOST_APPOINTED_ALREADY']);
  const judge = (hostId: string, verdict: string) =>
    give(county, 'evaluateWorkshopHost', { hostId, verdict, reason: '年度评价' });
  const reason = '评价结果';
  expect(codesOf(await judge(appointed.id, 'WEAK'))).toEqual([]);
  expect(
    codesOf(await give(county, 'rewardWorkshopHost', { hostId: appointed.id, reason })),
  ).toEqual(['HOST_STEP_NOT_NEXT']);
  const replaced = await give(
    county,
    'replaceWorkshopHost',
    { hostId: appointed.id, teacherId: next, reason },
    'host { id state standing }',
  );
  expect(replaced).toMatchObject({ host: { state: 'APPOINTED', standing: true }, refusals: [] });
  const { id } = replaced['host'] as unknown as { id: string };
  expect(codesOf(await judge(id, 'STRONG'))).toEqual([]);
  expect(codesOf(await give(county, 'rewardWorkshopHost', { hostId: id, reason }))).toEqual([]);
});

test('CRS-30: the matrix counts visits by township and subject; the summary yields next year’s plans', async () => {
  const { classId, ids } = await running('vis', 1, { modality: 'visiting' });
  const visit = async (startsOn: string, endsOn: string) =>
    codesOf(
      await give(county, 'recordVisit', { classId, townshipCode: '140105001', startsOn, endsOn }),
    );
  expect(await visit('2026-03-02', '2026-03-02')).toEqual(['VISIT_TOO_SHORT']);
  for (const month of ['03', '04', '05'])
    expect(await visit(`2026-${month}-02`, `2026-${month}-03`)).toEqual([]);
  const source = `{ visitMatrix(countyCode: "140105", year: 2026) { visits required tooFew } }`;
  expect(await world.ask(county, source)).toEqual({
    visitMatrix: [{ visits: 3, required: 4, tooFew: true }],
  });
  expect(await visit('2026-06-02', '2026-06-03')).toEqual([]);
  expect(await world.ask(county, source)).toEqual({
    visitMatrix: [{ visits: 4, required: 4, tooFew: false }],
  });

  const diagnosis = { findings: '提问单一', demonstration: '课例', tasks: '设计问题链' };
  world.now = startOfDay('2026-06-20');
  expect(await move(institution, 'openStage', classId, 'diagnosis')).toEqual([]);
  expect(
    await say(institution, { classId, stageKey: 'diagnosis', askKey: 'diagnosis' }, diagnosis),
  ).toEqual([]);
  expect(await move(institution, 'completeStage', classId, 'diagnosis')).toEqual([]);
  expect(await move(institution, 'openStage', classId, 'polishing')).not.toEqual([]);
  expect(await move(school, 'openStage', classId, 'polishing')).toEqual([]);
  expect(
    await say(school, { classId, stageKey: 'polishing', askKey: 'lesson_study', about: 'sch_1' }),
  ).toEqual([]);
  expect(await move(school, 'completeStage', classId, 'polishing')).toEqual([]);
  expect(await move(institution, 'openStage', classId, 'showcase')).toEqual([]);
  expect(await say(institution, { classId, stageKey: 'showcase', askKey: 'showcase' })).toEqual([]);
  expect(await move(institution, 'completeStage', classId, 'showcase')).toEqual([]);
  expect(await move(institution, 'openStage', classId, 'summary')).toEqual([]);
  const about = 'sch_1';
  for (const askKey of ['year_summary', 'next_school_plan']) {
    expect(await say(school, { classId, stageKey: 'summary', askKey, about })).toEqual([]);
  }
  const [own] = ids as [string];
  const personal = {
    classId,
    stageKey: 'summary',
    askKey: 'next_personal_plan',
    about: `enr_${own}`,
  };
  expect(await say(teacher(own), personal)).toEqual([]);
  expect(await move(institution, 'completeStage', classId, 'summary')).toEqual([]);
  const plans = `{ nextPlans(schoolId: "sch_1") { edges { node { kind year evidence { askKey } } } } }`;
  expect(await world.ask(school, plans)).toEqual({
    nextPlans: {
      edges: [
        { node: { kind: 'SCHOOL_PLAN', year: 2027, evidence: { askKey: 'next_school_plan' } } },
      ],
    },
  });
});
