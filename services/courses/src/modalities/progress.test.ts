import { describe, expect, test } from '@jest/globals';
import { type Decision, startOfDay } from '@shixun/kernel';
import type { EvidenceRecord } from './evidence.ts';
import {
  type ClassStages,
  completeStage,
  openStage,
  type ProgressFacts,
  type StageStep,
  traineeStages,
} from './progress.ts';
import { recordEvidence } from './record-evidence.ts';
import { shippedTemplate } from './shipped.ts';

const now = startOfDay('2026-04-01');
const asked = (...roles: string[]) => ({ roles, subject: 'person', now });
const step = (key: string, completed = true): StageStep => ({
  key,
  openedAt: now,
  openedBy: 'person',
  completedAt: completed ? now : null,
  completedBy: completed ? 'person' : null,
});
const concerned = {
  enrollmentIds: ['enr_1', 'enr_2'],
  schoolIds: ['sch_1', 'sch_2'],
  countyCodes: ['140105'],
  groups: ['1'],
};
const facts = (
  modality: Parameters<typeof shippedTemplate>[0],
  change: Partial<ProgressFacts & ClassStages> = {},
): ProgressFacts & ClassStages & { principals: ReadonlySet<string> } => ({
  classState: 'running',
  template: shippedTemplate(modality),
  steps: [],
  evidence: [],
  placements: [],
  concerned,
  gates: { opening: [], completing: [] },
  principals: new Set(['tch_principal']),
  ...change,
});
const namesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => `${code.rule} ${code.name}`);
const said = (stageKey: string, askKey: string, about: string | null, n = 1): EvidenceRecord => ({
  ...{ stageKey, askKey, about, step: n, fields: [] },
});

describe('stages in order', () => {
  const of = facts('visiting');
  test('CRS-30: the school runs the second stage, after the diagnosis and not before', () => {
    expect(namesOf(openStage({ stageKey: 'diagnosis' }, of, asked('InstitutionAdmin')))).toEqual(
      [],
    );
    const polishing = { stageKey: 'polishing' };
    expect(namesOf(openStage(polishing, of, asked('SchoolAdmin')))).toEqual([
      'CRS-30 STAGE_NOT_NEXT',
    ]);
    const open = { ...of, steps: [step('diagnosis', false)] };
    expect(namesOf(openStage(polishing, open, asked('SchoolAdmin')))).toEqual([
      'CRS-30 STAGE_NOT_NEXT',
    ]);
    const done = { ...of, steps: [step('diagnosis')] };
    expect(namesOf(openStage(polishing, done, asked('SchoolAdmin')))).toEqual([]);
    expect(namesOf(openStage(polishing, done, asked('InstitutionAdmin')))).toEqual([
      'CRS-30 STAGE_OF_OTHERS',
    ]);
  });

  test('CRS-30: once, while the class runs, and only stages that the modality has', () => {
    const first = { stageKey: 'diagnosis' };
    const twice = { ...of, steps: [step('diagnosis', false)] };
    expect(namesOf(openStage(first, twice, asked('InstitutionAdmin')))).toEqual([
      'CRS-30 STAGE_NOT_OPEN',
    ]);
    const early = { ...of, classState: 'published' } as const;
    expect(namesOf(openStage(first, early, asked('InstitutionAdmin')))).toEqual([
      'CRS-55 STAGE_CLASS_NOT_RUNNING',
    ]);
    expect(namesOf(openStage({ stageKey: 'party' }, of, asked('InstitutionAdmin')))).toEqual([
      'CRS-35 STAGE_UNKNOWN',
    ]);
  });

  test('CRS-30: a stage is complete with the evidence of every school, not of all but one', () => {
    const polishing = { ...of, steps: [step('diagnosis'), step('polishing', false)] };
    const one = { ...polishing, evidence: [said('polishing', 'lesson_study', 'sch_1')] };
    expect(namesOf(completeStage({ stageKey: 'polishing' }, one, asked('SchoolAdmin')))).toEqual([
      'CRS-30 EVIDENCE_TOO_LITTLE',
    ]);
    const both = {
      ...one,
      evidence: [...one.evidence, said('polishing', 'lesson_study', 'sch_2')],
    };
    expect(namesOf(completeStage({ stageKey: 'polishing' }, both, asked('SchoolAdmin')))).toEqual(
      [],
    );
  });

  test('CRS-55: one trainee who brings nothing holds up nobody else: a matter of his or her own completion', () => {
    const evidence = [
      said('summary', 'year_summary', 'sch_1'),
      said('summary', 'year_summary', 'sch_2'),
      said('summary', 'next_school_plan', 'sch_1'),
      said('summary', 'next_school_plan', 'sch_2'),
      said('summary', 'next_personal_plan', 'enr_1'),
    ];
    const before = ['diagnosis', 'polishing', 'showcase'].map((key) => step(key));
    const open = { ...of, evidence, steps: [...before, step('summary', false)] };
    expect(
      namesOf(completeStage({ stageKey: 'summary' }, open, asked('InstitutionAdmin'))),
    ).toEqual([]);
    const done = { ...of, evidence, steps: [...before, step('summary')] };
    const doneOf = (id: string) => traineeStages(id, done).map((stage) => stage.done);
    expect(doneOf('enr_1')).toEqual([true, true, true, true]);
    expect(doneOf('enr_2')).toEqual([true, true, true, false]);
    expect(traineeStages('enr_1', open).at(-1)?.done).toBe(false);
  });

  test('CRS-35: a modality whose stage asks for nothing is done with its sessions', () => {
    expect(traineeStages('enr_1', facts('concentrated')).map(({ done }) => done)).toEqual([true]);
    expect(traineeStages('enr_1', facts('school_based')).map(({ done }) => done)).toEqual([false]);
  });
});

describe('placements of a trainee', () => {
  const stagesOf = (placements: ClassStages['placements']) =>
    traineeStages('enr_1', facts('release_time', { steps: [step('shadow')], placements }))
      .filter(({ key }) => key === 'shadow')
      .flatMap(({ owed }) => owed.map(({ code, figures }) => `${code.name} ${figures['kind']}`));
  const placed = (hostKind: 'school' | 'centre', passed: boolean | null, enrollmentId = 'enr_1') =>
    ({ enrollmentId, hostKind, assessment: passed === null ? null : { passed } }) as const;

  test('CRS-34: a trainee owes each kind of placement that the stage asks for, until the mentor passed it', () => {
    const lacking = stagesOf([placed('school', true)]);
    expect(lacking).toContain('PLACEMENT_NOT_PASSED centre');
    expect(lacking).not.toContain('PLACEMENT_NOT_PASSED school');
    for (const passed of [false, null]) {
      expect(stagesOf([placed('school', true), placed('centre', passed)])).toEqual(lacking);
    }
    const others = [placed('school', true), placed('centre', true, 'enr_2')];
    expect(stagesOf(others)).toEqual(lacking);
    // One that was not passed is made good by another one.
    const again = [placed('school', true), placed('centre', false), placed('centre', true)];
    expect(stagesOf(again)).toEqual(['EVIDENCE_TOO_LITTLE undefined']);
  });
});

describe('evidence', () => {
  const study = facts('online_school_based', { steps: [step('planning'), step('study', false)] });
  const values = (change: Record<string, string> = {}) =>
    Object.entries({
      theme: '整本书阅读',
      content: '课例研讨',
      tool: '观课工具',
      resource: '案例库',
      expert: '教研员点评',
      ...change,
    }).map(([key, value]) => ({ key, value }));
  const record = (
    change: Partial<Parameters<typeof recordEvidence>[0]>,
    of = study,
    role = 'SchoolAdmin',
  ) =>
    namesOf(
      recordEvidence(
        {
          stageKey: 'study',
          askKey: 'thematic',
          about: 'sch_1',
          step: null,
          fields: values(),
          ...change,
        },
        of,
        asked(role),
      ),
    );

  test('CRS-31: thematic study is a progressive series: the second step after the first, per school', () => {
    expect(record({ step: 1 })).toEqual([]);
    expect(record({ step: 2 })).toEqual(['CRS-31 EVIDENCE_OUT_OF_ORDER']);
    const one = { ...study, evidence: [said('study', 'thematic', 'sch_1')] };
    expect(record({ step: 2 }, one)).toEqual([]);
    expect(record({ step: 1 }, one)).toEqual(['CRS-31 EVIDENCE_OUT_OF_ORDER']);
    expect(record({ step: 3 }, one)).toEqual(['CRS-31 EVIDENCE_OUT_OF_ORDER']);
    expect(record({ step: 1, about: 'sch_2' }, one)).toEqual([]);
  });

  test.each(['tool', 'resource', 'expert'])(
    'CRS-31: each activity has its %s support recorded',
    (key) => {
      expect(record({ fields: values({ [key]: ' ' }) })).toEqual(['CRS-31 EVIDENCE_FIELD_MISSING']);
      expect(record({ askKey: 'routine', fields: values({ [key]: '' }) })).toEqual([
        'CRS-31 EVIDENCE_FIELD_MISSING',
      ]);
    },
  );

  test('CRS-31: the principal is the first responsible person of the school’s plan', () => {
    const planning = facts('online_school_based', { steps: [step('planning', false)] });
    const plan = (principal: string) =>
      record(
        {
          stageKey: 'planning',
          askKey: 'school_plan',
          fields: [
            { key: 'principal', value: principal },
            { key: 'goals', value: '目标' },
            { key: 'measures', value: '措施' },
          ],
        },
        planning,
      );
    expect(plan('tch_principal')).toEqual([]);
    expect(plan('tch_teacher')).toEqual(['CRS-31 EVIDENCE_FIELD_INVALID']);
    expect(plan('')).toEqual(['CRS-31 EVIDENCE_FIELD_MISSING']);
  });

  test('CRS-31: by the role that is named, about a school of the class, in an open stage', () => {
    expect(record({}, study, 'Teacher')).toEqual(['CRS-31 STAGE_OF_OTHERS']);
    expect(record({ about: 'sch_9' })).toEqual(['CRS-31 EVIDENCE_ABOUT_NOBODY']);
    expect(record({ about: null })).toEqual(['CRS-31 EVIDENCE_ABOUT_NOBODY']);
    expect(record({ askKey: 'party' })).toEqual(['CRS-31 EVIDENCE_UNKNOWN']);
    expect(record({}, { ...study, steps: [step('planning')] })).toEqual(['CRS-31 STAGE_NOT_OPEN']);
  });

  test('CRS-55: what a trainee owes alone may come after the stage, what others bring may not; and not once the class is closed', () => {
    const completed = { ...study, steps: [step('planning'), step('study')] };
    const own = { askKey: 'practice', about: 'enr_1' };
    expect(record(own, completed, 'Teacher')).toEqual([]);
    expect(record({}, completed)).toEqual(['CRS-31 STAGE_NOT_OPEN']);
    expect(record(own, { ...study, steps: [step('planning')] }, 'Teacher')).toEqual([
      'CRS-31 STAGE_NOT_OPEN',
    ]);
    expect(record(own, { ...completed, classState: 'closing' }, 'Teacher')).toEqual([]);
    expect(record(own, { ...completed, classState: 'closed' }, 'Teacher')).toEqual([
      'CRS-55 STAGE_CLASS_NOT_RUNNING',
    ]);
  });

  test('CRS-35: a county’s inspection round is dated and in order', () => {
    const of = facts('school_based', { steps: [step('study', false)] });
    const round = (date: string, n: number | null = null) =>
      record(
        {
          askKey: 'inspection_round',
          about: null,
          step: n,
          fields: [
            { key: 'date', value: date },
            { key: 'findings', value: '资料齐全' },
            { key: 'guidance', value: '增加听课' },
          ],
        },
        of,
        'CountyAdmin',
      );
    expect(round('2026-04-01', 1)).toEqual([]);
    expect(round('2026-02-30')).toEqual(['CRS-35 EVIDENCE_FIELD_INVALID']);
    expect(round('2026-04-01', 2)).toEqual(['CRS-31 EVIDENCE_OUT_OF_ORDER']);
  });
});
