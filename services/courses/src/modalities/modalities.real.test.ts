import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import { completions } from '../completion/store.ts';
import { teachers } from '../projections/teachers.ts';
import {
  codesOf,
  county,
  head,
  institution,
  Modalities,
  province,
  school,
  teacher,
} from './modalities.example.ts';

let modalities: Modalities;
beforeAll(async () => {
  modalities = await Modalities.open(process.env['MONGODB_URI']);
});
afterAll(() => modalities?.close());

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
  expect(codesOf(await modalities.give(county, 'publishModalityTemplate', template))).toEqual([
    'FORBIDDEN',
  ]);
  expect(codesOf(await modalities.give(province, 'publishModalityTemplate', template))).toEqual([]);
  const loose = { ...template, code: 'easy_release', base: 'RELEASE_TIME', checks: [] };
  expect(codesOf(await modalities.give(province, 'publishModalityTemplate', loose))).toContain(
    'TEMPLATE_LOOSER',
  );
  const shipped = { ...template, code: 'workshop' };
  expect(codesOf(await modalities.give(province, 'publishModalityTemplate', shipped))).toContain(
    'TEMPLATE_OF_OTHERS',
  );

  const { classId, ids } = await modalities.running('own', 2, {
    modality: 'blended',
    templateCode: 'apprenticeship',
  });
  expect(await modalities.move(head, 'openStage', classId, 'lessons')).toEqual(['STAGE_NOT_NEXT']);
  expect(await modalities.move(institution, 'openStage', classId, 'pairing')).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'pairing')).toEqual([
    'EVIDENCE_TOO_LITTLE',
  ]);
  expect(
    await modalities.say(institution, { classId, stageKey: 'pairing', askKey: 'pairs' }),
  ).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'pairing')).toEqual([]);
  expect(await modalities.move(head, 'openStage', classId, 'lessons')).toEqual([]);
  const lesson = { classId, stageKey: 'lessons', askKey: 'lesson', about: `enr_${ids[0]}` };
  expect(await modalities.say(teacher(ids[1] ?? ''), lesson)).not.toEqual([]);
  expect(await modalities.say(teacher(ids[0] ?? ''), lesson)).toEqual([]);
  expect(await modalities.move(head, 'completeStage', classId, 'lessons')).toEqual([]);
  expect(await modalities.doneOf(ids[0] ?? '')).toEqual([true, true]);
  expect(await modalities.doneOf(ids[1] ?? '')).toEqual([true, false]);
});

test('CRS-32: who completed a demonstration workshop hosts; weak ones are replaced, strong ones rewarded', async () => {
  const { classId, ids } = await modalities.running('wks', 2, { modality: 'workshop' });
  const [host, next] = ids as [string, string];
  const appoint = async (teacherId: string) =>
    modalities.give(county, 'appointWorkshopHost', { classId, teacherId }, 'host { id }');
  expect(codesOf(await appoint(host))).toEqual(['HOST_WITHOUT_DEMONSTRATION']);
  const trained = await modalities.real.addProject({
    modality: 'workshop',
    templateCode: 'demonstration_workshop',
  });
  for (const teacherId of [host, next]) {
    await modalities.real.db.model(completions).collection.insertOne({
      ...{ _id: `cmp_${teacherId}`, enrollmentId: `enr_demo_${teacherId}`, classId: 'cls_demo' },
      ...{ projectId: trained._id, teacherId, state: 'confirmed', standing: true },
    } as never);
  }
  const { host: appointed } = (await appoint(host)) as unknown as { host: { id: string } };
  expect(codesOf(await appoint(next))).toEqual(['HOST_APPOINTED_ALREADY']);
  const judge = (hostId: string, verdict: string) =>
    modalities.give(county, 'evaluateWorkshopHost', { hostId, verdict, reason: '年度评价' });
  const reason = '评价结果';
  expect(codesOf(await judge(appointed.id, 'WEAK'))).toEqual([]);
  expect(
    codesOf(await modalities.give(county, 'rewardWorkshopHost', { hostId: appointed.id, reason })),
  ).toEqual(['HOST_STEP_NOT_NEXT']);
  const replaced = await modalities.give(
    county,
    'replaceWorkshopHost',
    { hostId: appointed.id, teacherId: next, reason },
    'host { id state standing }',
  );
  expect(replaced).toMatchObject({ host: { state: 'APPOINTED', standing: true }, refusals: [] });
  const { id } = replaced['host'] as unknown as { id: string };
  expect(codesOf(await judge(id, 'STRONG'))).toEqual([]);
  expect(
    codesOf(await modalities.give(county, 'rewardWorkshopHost', { hostId: id, reason })),
  ).toEqual([]);
});

test('CRS-30: the matrix counts visits by township and subject; the summary yields next year’s plans', async () => {
  const { classId, ids } = await modalities.running('vis', 1, { modality: 'visiting' });
  const visit = async (startsOn: string, endsOn: string) =>
    codesOf(
      await modalities.give(county, 'recordVisit', {
        classId,
        townshipCode: '140105001',
        startsOn,
        endsOn,
      }),
    );
  expect(await visit('2026-03-02', '2026-03-02')).toEqual(['VISIT_TOO_SHORT']);
  for (const month of ['03', '04', '05'])
    expect(await visit(`2026-${month}-02`, `2026-${month}-03`)).toEqual([]);
  const source = `{ visitMatrix(countyCode: "140105", year: 2026) { visits required tooFew } }`;
  expect(await modalities.real.ask(county, source)).toEqual({
    visitMatrix: [{ visits: 3, required: 4, tooFew: true }],
  });
  expect(await visit('2026-06-02', '2026-06-03')).toEqual([]);
  expect(await modalities.real.ask(county, source)).toEqual({
    visitMatrix: [{ visits: 4, required: 4, tooFew: false }],
  });

  const diagnosis = { findings: '提问单一', demonstration: '课例', tasks: '设计问题链' };
  modalities.real.now = startOfDay('2026-06-20');
  expect(await modalities.move(institution, 'openStage', classId, 'diagnosis')).toEqual([]);
  expect(
    await modalities.say(
      institution,
      { classId, stageKey: 'diagnosis', askKey: 'diagnosis' },
      diagnosis,
    ),
  ).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'diagnosis')).toEqual([]);
  expect(await modalities.move(institution, 'openStage', classId, 'polishing')).not.toEqual([]);
  expect(await modalities.move(school, 'openStage', classId, 'polishing')).toEqual([]);
  expect(
    await modalities.say(school, {
      classId,
      stageKey: 'polishing',
      askKey: 'lesson_study',
      about: 'sch_1',
    }),
  ).toEqual([]);
  expect(await modalities.move(school, 'completeStage', classId, 'polishing')).toEqual([]);
  expect(await modalities.move(institution, 'openStage', classId, 'showcase')).toEqual([]);
  expect(
    await modalities.say(institution, { classId, stageKey: 'showcase', askKey: 'showcase' }),
  ).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'showcase')).toEqual([]);
  expect(await modalities.move(institution, 'openStage', classId, 'summary')).toEqual([]);
  const about = 'sch_1';
  for (const askKey of ['year_summary', 'next_school_plan']) {
    expect(await modalities.say(school, { classId, stageKey: 'summary', askKey, about })).toEqual(
      [],
    );
  }
  const [own] = ids as [string];
  const personal = {
    classId,
    stageKey: 'summary',
    askKey: 'next_personal_plan',
    about: `enr_${own}`,
  };
  expect(await modalities.say(teacher(own), personal)).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'summary')).toEqual([]);
  const plans = `{ nextPlans(schoolId: "sch_1") { edges { node { kind year evidence { askKey } } } } }`;
  expect(await modalities.real.ask(school, plans)).toEqual({
    nextPlans: {
      edges: [
        { node: { kind: 'SCHOOL_PLAN', year: 2027, evidence: { askKey: 'next_school_plan' } } },
      ],
    },
  });
});

test('CRS-31: online and school-based study: plans of county and school, routine and a progressive series with its support, appraisal', async () => {
  const { classId, ids } = await modalities.running('osb', 2, { modality: 'online_school_based' });
  const [first, own] = ids as [string, string];
  // Trainee or not: who is principal of that very school is responsible.
  const of = { stage: 'junior', subjects: ['chinese'], regionCode: '140105' };
  const heads = [
    { _id: 'tch_head', schoolId: 'sch_1', principal: true, status: 'active' },
    { _id: 'tch_head_before', schoolId: 'sch_1', principal: true, status: 'retired' },
    { _id: 'tch_head_elsewhere', schoolId: 'sch_9', principal: true, status: 'active' },
  ].map((row) => ({ ...of, ...row }));
  await modalities.real.db.model(teachers).collection.insertMany(heads as never[]);
  const at = (stageKey: string, askKey: string, about: string) => ({
    ...{ classId, stageKey, askKey, about },
  });
  const move = (name: 'openStage' | 'completeStage', key: string) =>
    modalities.move(county, name, classId, key);
  expect(await move('openStage', 'planning')).toEqual([]);
  const plan = { goals: '目标', measures: '措施' };
  const ofSchool = at('planning', 'school_plan', 'sch_1');
  const countyPlan = at('planning', 'county_plan', '140105');
  expect(await modalities.say(school, countyPlan, plan)).toEqual(['NOT_FOUND']);
  expect(await modalities.say(county, countyPlan, plan)).toEqual([]);
  for (const principal of [own, 'tch_head_before', 'tch_head_elsewhere']) {
    expect(await modalities.say(school, ofSchool, { ...plan, principal })).toEqual([
      'EVIDENCE_FIELD_INVALID',
    ]);
  }
  expect(await move('completeStage', 'planning')).toEqual(['EVIDENCE_TOO_LITTLE']);
  expect(await modalities.say(school, ofSchool, { ...plan, principal: 'tch_head' })).toEqual([]);
  await modalities.everyone(ids, { classId, stageKey: 'planning', askKey: 'study_plan' });
  expect(await move('completeStage', 'planning')).toEqual([]);

  expect(await move('openStage', 'study')).toEqual([]);
  const activity = { content: '课例研讨', tool: '观课工具', resource: '案例库', expert: '教研员' };
  const routine = at('study', 'routine', 'sch_1');
  const { expert: _, ...unsupported } = activity;
  expect(await modalities.say(school, routine, unsupported)).toEqual(['EVIDENCE_FIELD_MISSING']);
  expect(await modalities.say(school, routine, activity)).toEqual([]);
  const thematic = (step: number, theme: string) =>
    modalities.refused(school, 'recordStageEvidence', {
      ...at('study', 'thematic', 'sch_1'),
      step,
      fields: Object.entries({ ...activity, theme }).map(([key, value]) => ({ key, value })),
    });
  expect(await thematic(2, '提问设计')).toEqual(['EVIDENCE_OUT_OF_ORDER']);
  expect(await thematic(1, '提问设计')).toEqual([]);
  expect(await move('completeStage', 'study')).toEqual(['EVIDENCE_TOO_LITTLE']);
  expect(await thematic(2, '提问的追问')).toEqual([]);
  expect(await move('completeStage', 'study')).toEqual([]);
  // One brings the result of practice after the stage, the other one never does.
  await modalities.everyone([own], { classId, stageKey: 'study', askKey: 'practice' });

  expect(await move('openStage', 'appraisal')).toEqual([]);
  const appraisal = at('appraisal', 'school_appraisal', 'sch_1');
  expect(await modalities.say(school, appraisal)).toEqual(['STAGE_OF_OTHERS']);
  expect(await modalities.say(county, appraisal)).toEqual([]);
  expect(await move('completeStage', 'appraisal')).toEqual([]);
  expect(await modalities.doneOf(own)).toEqual([true, true, true]);
  expect(await modalities.doneOf(first)).toEqual([true, false, true]);
});

test('CRS-35: school-based study: the county comes in rounds, each dated, in order, with what it found and advised', async () => {
  const { classId } = await modalities.running(
    'sbs',
    1,
    { modality: 'school_based', level: 'school', schoolId: 'sch_1' },
    { schoolId: 'sch_1' },
  );
  expect(await modalities.move(county, 'openStage', classId, 'study')).toEqual(['STAGE_OF_OTHERS']);
  expect(await modalities.move(school, 'openStage', classId, 'study')).toEqual([]);
  const round = { classId, stageKey: 'study', askKey: 'inspection_round' };
  const seen = { date: '2026-04-02', findings: '资料齐全', guidance: '增加听课评课' };
  expect(await modalities.move(school, 'completeStage', classId, 'study')).toEqual([
    'EVIDENCE_TOO_LITTLE',
  ]);
  expect(await modalities.say(school, round, seen)).toEqual(['STAGE_OF_OTHERS']);
  expect(await modalities.say(county, round, { ...seen, guidance: '' })).toEqual([
    'EVIDENCE_FIELD_MISSING',
  ]);
  expect(await modalities.say(county, round, seen)).toEqual([]);
  expect(await modalities.say(county, round, { ...seen, date: '2026-05-12' })).toEqual([]);
  expect(await modalities.move(school, 'completeStage', classId, 'study')).toEqual([]);
  const source = `query Q($id: ID!) { trainingClass(id: $id) {
    stageEvidence(first: 10) { edges { node { step role } } } } }`;
  const asked = await modalities.real.ask(school, source, { id: classId });
  expect(asked).toEqual({
    trainingClass: {
      stageEvidence: {
        edges: [1, 2].map((step) => ({ node: { step, role: 'CountyAdmin' } })),
      },
    },
  });
});
