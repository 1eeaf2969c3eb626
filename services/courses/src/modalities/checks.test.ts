import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { exampleClass, exampleFacts, examplePlan, moduleOf } from '../plans/plan.example.ts';
import type { KnownTrainer, PlanContent, PlanFacts, PlanModule } from '../plans/plan.ts';
import { reviewPlan } from '../plans/review.ts';
import type { Modality } from '../projects/project.ts';
import { figuresWithout } from '../waivers/waive.ts';
import { modalityFaults } from './checks.ts';
import { shippedTemplates } from './shipped.ts';

const part = (
  key: string,
  hours: number,
  stageKey: string,
  labels: readonly string[] = [],
  practical = false,
): PlanModule => ({ ...moduleOf(key, 'subject', hours * 100, practical), stageKey, labels });

const facts = (modality: Modality, change: Partial<PlanFacts> = {}): PlanFacts => ({
  ...exampleFacts,
  project: { ...exampleFacts.project, modality },
  ...change,
});
const dates = (startsOn: string, endsOn: string): PlanContent['classes'] => [
  { ...exampleClass, segments: [{ startsOn, endsOn, part: 'whole' }] },
];
const found = (plan: PlanContent, of: PlanFacts) =>
  modalityFaults(plan, of).map(({ code, figures }) => [code.name, code.rule, figures['actual']]);

/** Ten trainers: so many of them out of the province, so many practitioners; a hundred hours at every limit. */
const trainers = (outside: number, practitioners: number) =>
  new Map<string, KnownTrainer>(
    Array.from({ length: 10 }, (_, i) => [
      `trn_${i}`,
      {
        kind: i < practitioners ? 'teaching_researcher' : 'university_expert',
        inPool: true,
        homeProvinceCode: i >= 10 - outside ? '110000' : '140000',
      },
    ]),
  );
const releaseModules = {
  practice: part('practice', 12, 'centralised', ['training'], true),
  lectures: part('lectures', 28, 'centralised', ['training']),
  schools: part('schools', 20, 'shadow', ['school']),
  centres: part('centres', 20, 'shadow', ['centre']),
  back: part('back', 30, 'return', ['training']),
  summary: part('summary', 10, 'summary'),
};
const release = (change: Partial<PlanContent> = {}): PlanContent => ({
  ...examplePlan,
  trainers: Array.from({ length: 10 }, (_, i) => ({ trainerId: `trn_${i}`, specialty: '培训' })),
  chiefExpertId: 'trn_0',
  modules: Object.values(releaseModules),
  classes: dates('2026-03-01', '2026-06-30'),
  ...change,
});
const releaseWith = (change: Partial<typeof releaseModules>) =>
  release({ modules: Object.values({ ...releaseModules, ...change }) });
const releaseFacts = facts('release_time', { trainers: trainers(2, 6) });

describe('release-time study 置换脱产', () => {
  test('CRS-33: a plan exactly at every limit stands', () => {
    expect(found(release(), releaseFacts)).toEqual([]);
  });

  test.each([
    ['2026-03-01', '2026-06-29', ['2026-03-01 – 2026-06-29']],
    ['2026-03-01', '2026-06-30', []],
    ['2026-03-01', '2026-08-31', []],
    ['2026-03-01', '2026-09-01', ['2026-03-01 – 2026-09-01']],
    ['2026-09-01', '2027-01-15', []],
  ])('CRS-33: four to six months, across years too: %s to %s', (from, to, actual) => {
    const faults = found(release({ classes: dates(from, to) }), releaseFacts);
    expect(faults).toEqual(actual.map((each) => ['STUDY_MONTHS_WRONG', 'CRS-33', each]));
  });

  test('CRS-33: exactly 20 % from other provinces is enough, one in ten is not; it may be waived', () => {
    const one = { ...releaseFacts, trainers: trainers(1, 6) };
    expect(found(release(), one)).toEqual([['TRAINER_SHARE_TOO_SMALL', 'CRS-33', '10 %']]);
    const policy = figuresWithout(national.figures, ['releaseOutOfProvinceShareMin']);
    expect(found(release(), { ...one, policy })).toEqual([]);
  });

  test('CRS-33: exactly 60 % researchers and front-line teachers is enough, 50 % is not; unknown trainers are nobody', () => {
    const of = (practitioners: number) => ({
      ...releaseFacts,
      trainers: trainers(2, practitioners),
    });
    expect(found(release(), of(6))).toEqual([]);
    expect(found(release(), of(5))).toEqual([['TRAINER_SHARE_TOO_SMALL', 'CRS-33', '50 %']]);
    const none = { ...releaseFacts, trainers: new Map() };
    expect(found(release(), none).map(([name]) => name)).toEqual([
      'TRAINER_SHARE_TOO_SMALL',
      'TRAINER_SHARE_TOO_SMALL',
    ]);
  });

  test('CRS-33: a chief expert is one of the plan’s trainers', () => {
    expect(found(release({ chiefExpertId: null }), releaseFacts)).toEqual([
      ['CHIEF_EXPERT_MISSING', 'CRS-33', '—'],
    ]);
    expect(found(release({ chiefExpertId: 'trn_other' }), releaseFacts)).toEqual([
      ['CHIEF_EXPERT_MISSING', 'CRS-33', 'trn_other'],
    ]);
  });

  test('CRS-33: training-type modules make up half, exactly', () => {
    const back = part('back', 29, 'return', ['training']);
    const other = part('summary', 11, 'summary');
    expect(found(releaseWith({ back, summary: other }), releaseFacts)).toEqual([]);
    // 12 + 28 + 20 of 120 hours is exactly a half; an hour less is not.
    const half = (hours: number) => ({
      back: part('back', hours, 'return', ['training']),
      summary: part('summary', 40 - hours, 'summary'),
    });
    expect(found(releaseWith(half(20)), releaseFacts)).toEqual([]);
    expect(found(releaseWith(half(19)), releaseFacts)).toEqual([
      ['MODULE_SHARE_TOO_SMALL', 'CRS-33', '49.1 %'],
    ]);
  });

  test('CRS-33: 12 of 40 centralised hours are 30 % practice; 11 of 40 are not, and it may be waived', () => {
    const less = {
      practice: part('practice', 11, 'centralised', ['training'], true),
      lectures: part('lectures', 29, 'centralised', ['training']),
    };
    expect(found(releaseWith(less), releaseFacts)).toEqual([
      ['MODULE_SHARE_TOO_SMALL', 'CRS-33', '27.5 %'],
    ]);
    const policy = figuresWithout(national.figures, ['releaseCentralisedPracticeShareMin']);
    expect(found(releaseWith(less), { ...releaseFacts, policy })).toEqual([]);
  });

  test('CRS-33: shadow practice is a third of all hours, exactly: 40 of 120 stands, 40 of 120.01 does not', () => {
    expect(found(release(), releaseFacts)).toEqual([]);
    const longer = { ...releaseModules.summary, hoursCenti: 10_01 };
    expect(found(releaseWith({ summary: longer }), releaseFacts)).toEqual([
      ['MODULE_SHARE_TOO_SMALL', 'CRS-33', '33.3 %'],
    ]);
  });

  test('CRS-33: shadow practice is in schools and in development centres', () => {
    expect(
      found(releaseWith({ centres: part('centres', 20, 'shadow', ['school']) }), releaseFacts),
    ).toEqual([['MODULES_ABSENT', 'CRS-33', undefined]]);
    expect(
      found(releaseWith({ schools: part('schools', 20, 'shadow', ['centre']) }), releaseFacts),
    ).toEqual([['MODULES_ABSENT', 'CRS-33', undefined]]);
  });

  test('CRS-33: every module names its stage, and every stage has hours', () => {
    const summary = { ...releaseModules.summary, stageKey: null };
    expect(found(releaseWith({ summary }), releaseFacts)).toEqual([
      ['MODULE_STAGE_UNKNOWN', 'CRS-33', '—'],
      ['STAGE_WITHOUT_HOURS', 'CRS-33', undefined],
    ]);
  });
});

describe('workshops 工作坊', () => {
  const modules = (thematic: number, routine: number, field = 'field') => [
    part('plan', 2, 'building', ['thematic', 'online']),
    part('thematic', thematic - 2, 'using', ['thematic', 'face_to_face']),
    part('routine', routine - 2, 'using', ['online', field]),
    part('review', 2, 'evaluating', []),
  ];
  const of = facts('workshop');

  test('CRS-32: thematic study is more than half of the hours; exactly half is not the larger part', () => {
    expect(found({ ...examplePlan, modules: modules(51, 50) }, of)).toEqual([]);
    expect(found({ ...examplePlan, modules: modules(50, 50) }, of)).toEqual([
      ['MODULE_SHARE_TOO_SMALL', 'CRS-32', '50 %'],
    ]);
  });

  test('CRS-32: online, face-to-face and field practice are all present', () => {
    expect(found({ ...examplePlan, modules: modules(60, 40, 'online') }, of)).toEqual([
      ['MODULES_ABSENT', 'CRS-32', undefined],
    ]);
  });

  test('CRS-32: members are of one stage and one subject', () => {
    const audience = { ...of.project.audience, subjects: ['chinese', 'english'] };
    const mixed = { ...of, project: { ...of.project, audience } };
    expect(found({ ...examplePlan, modules: modules(60, 40) }, mixed)).toEqual([
      ['AUDIENCE_NOT_ONE', 'CRS-32', 'junior, chinese, english'],
    ]);
  });
});

describe('visiting teaching 送教下乡', () => {
  const stages = ['diagnosis', 'polishing', 'showcase', 'summary'];
  const plan = (endsOn: string): PlanContent => ({
    ...examplePlan,
    modules: stages.map((stage) => part(stage, 10, stage)),
    classes: dates('2026-03-02', endsOn),
  });
  const of = facts('visiting');

  test('CRS-30: a visit of exactly two days stands, one of a day is refused, unless waived for the project', () => {
    expect(found(plan('2026-03-03'), of)).toEqual([]);
    expect(found(plan('2026-03-02'), of)).toEqual([['PIECE_TOO_SHORT', 'CRS-30', 1]]);
    const policy = figuresWithout(national.figures, ['visitMinDays']);
    expect(found(plan('2026-03-02'), { ...of, policy })).toEqual([]);
  });
});

test('CRS-35: every modality has a template; those with one stage ask a plan for nothing more', () => {
  const bases = new Set(shippedTemplates.map(({ base }) => base));
  expect(bases.size).toBe(12);
  const plain: readonly Modality[] = [
    'concentrated',
    'blended',
    'online',
    'school_based',
    'shadow',
    'out_of_province',
    'degree',
  ];
  for (const modality of plain) expect(found(examplePlan, facts(modality))).toEqual([]);
});

test('CRS-33: the plan’s review lists a modality’s faults among all others', () => {
  const names = reviewPlan(examplePlan, facts('release_time')).faults.map(({ code }) => code.name);
  expect(names).toContain('CHIEF_EXPERT_MISSING');
  expect(names).toContain('MODULE_STAGE_UNKNOWN');
});
