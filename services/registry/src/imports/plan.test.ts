import { describe, expect, test } from '@jest/globals';
import { planRegion, type RegionFacts } from './plan-region.ts';
import { planSchool, type SchoolFacts } from './plan-school.ts';
import { type KnownTeacher, planTeacher, type TeacherFacts } from './plan-teacher.ts';
import { planTrainer, type TrainerFacts } from './plan-trainer.ts';
import { type FieldValue, RowValues } from './read-row.ts';

const today = '2026-09-01';
const area = { regionCode: '140105', schoolId: null };
const row = (values: Readonly<Record<string, FieldValue>>) =>
  new RowValues(new Map(Object.entries(values)));
type Decided = {
  accepted: boolean;
  faults?: readonly { code: { name: string } }[];
  outcome?: unknown;
};
const codesOf = (decision: unknown) =>
  ((decision as Decided).faults ?? []).map(({ code }) => code.name);
const outcomeOf = (decision: unknown) => (decision as Decided).outcome;

const said = {
  name: '张三',
  identityNumber: '11010519491231002X',
  schoolCode: '2114000001',
  since: '2020-09-01',
  stage: 'primary',
  subjects: ['chinese'],
};
const school = {
  schoolId: 'sch_1',
  sector: 'basic',
  regionCode: '140105001',
  rural: true,
} as const;
const facts: TeacherFacts = {
  area,
  school,
  known: null,
  transfers: true,
  actsForSchool: false,
  bureauLevels: ['county'],
};
const posting = {
  schoolId: 'sch_1',
  regionCode: '140105001',
  from: '2020-09-01',
  to: null,
} as const;
const known: KnownTeacher = {
  teacherId: 'tch_1',
  name: '张三',
  phone: null,
  status: 'active',
  schoolId: 'sch_1',
  regionCode: '140105001',
  postings: [posting],
  stage: 'primary',
  subjects: ['chinese'],
  title: 'senior',
  careerStage: 'master',
  rural: false,
  minorityBilingual: false,
  dualQualified: false,
  principal: true,
  graduatingClass: false,
};

test('REG-06: a teacher who is not on record is added; what the row leaves open is what is usual', () => {
  expect(outcomeOf(planTeacher(row(said), facts, today))).toMatchObject({
    verdict: 'added',
    teacher: { rural: true, title: 'none', careerStage: 'in_service', schoolId: 'sch_1' },
  });
});

test('REG-06: who is on record as the row says is unchanged, and what it leaves open stays', () => {
  const plan = planTeacher(row(said), { ...facts, known }, today);
  expect(outcomeOf(plan)).toEqual({ verdict: 'unchanged', teacherId: 'tch_1' });
});

test('REG-06: only what differs is changed', () => {
  const changed = {
    ...said,
    title: 'first_grade',
    subjects: ['chinese', 'music'],
    principal: true,
  };
  expect(outcomeOf(planTeacher(row(changed), { ...facts, known }, today))).toEqual({
    verdict: 'changed',
    teacherId: 'tch_1',
    changes: { title: 'first_grade', subjects: ['chinese', 'music'] },
  });
});

test('REG-05: history is not written anew by a file: other first day, not in service', () => {
  const plan = (change: Partial<KnownTeacher>) =>
    codesOf(planTeacher(row(said), { ...facts, known: { ...known, ...change } }, today));
  expect(plan({ postings: [{ ...posting, from: '2020-09-02' }] })).toEqual([
    'IMPORT_SINCE_DIFFERS',
  ]);
  expect(plan({ status: 'retired' })).toEqual(['IMPORT_TEACHER_NOT_ACTIVE']);
});

describe('who is on record at another school of the area', () => {
  const before = { ...posting, schoolId: 'sch_0', regionCode: '140105002' };
  const elsewhere: KnownTeacher = {
    ...known,
    schoolId: 'sch_0',
    regionCode: '140105002',
    postings: [before],
  };
  const moved = { ...said, since: '2026-08-31' };
  const plan = (values: Parameters<typeof row>[0], change: Partial<TeacherFacts> = {}) =>
    planTeacher(row(values), { ...facts, known: elsewhere, ...change }, today);

  test('REG-05: is offered as a transfer on the first day that the row gives; the old posting stays on record', () => {
    expect(outcomeOf(plan({ ...moved, title: 'first_grade' }))).toEqual({
      verdict: 'transferred',
      teacherId: 'tch_1',
      fromSchoolId: 'sch_0',
      on: '2026-08-31',
      changes: {
        title: 'first_grade',
        rural: true,
        schoolId: 'sch_1',
        regionCode: '140105001',
        sector: 'basic',
        postings: [
          { ...before, to: '2026-08-31' },
          { ...posting, from: '2026-08-31' },
        ],
      },
    });
  });

  test.each([
    ['2020-09-01', ['TRANSFER_BEFORE_POSTING']],
    ['2020-09-02', []],
    [today, []],
    ['2026-09-02', ['TRANSFER_IN_FUTURE']],
  ])(
    'REG-05: a row that says %s is refused with %j: an old file moves nobody back',
    (since, refusals) => {
      expect(codesOf(plan({ ...said, since }))).toEqual(refusals);
    },
  );

  test('REG-05: stays where the import was not asked to move anybody', () => {
    expect(codesOf(plan(moved, { transfers: false }))).toEqual(['IMPORT_TEACHER_AT_OTHER_SCHOOL']);
  });

  test('REG-05: is not moved who is not in service, nor to a school that is closed; each said once', () => {
    expect(codesOf(plan(moved, { known: { ...elsewhere, status: 'left' } }))).toEqual([
      'TEACHER_NOT_ACTIVE',
    ]);
    expect(codesOf(plan(moved, { school: { ...school, state: 'closed' } }))).toEqual([
      'SCHOOL_TAKES_NOBODY',
    ]);
  });
});

test('REG-01: a school outside the area is like none; a person on record elsewhere is taken', () => {
  const outside = { ...school, regionCode: '140106001' };
  expect(codesOf(planTeacher(row(said), { ...facts, school: null }, today))).toEqual([
    'IMPORT_OUTSIDE_AREA',
  ]);
  expect(codesOf(planTeacher(row(said), { ...facts, school: outside }, today))).toEqual([
    'IMPORT_OUTSIDE_AREA',
  ]);
  const elsewhere = { ...known, regionCode: '140106001', schoolId: 'sch_9' };
  expect(codesOf(planTeacher(row(said), { ...facts, known: elsewhere }, today))).toEqual([
    'IDENTITY_NUMBER_TAKEN',
  ]);
  const own = { ...facts, area: { regionCode: '140105001', schoolId: 'sch_2' } };
  expect(codesOf(planTeacher(row(said), own, today))).toEqual(['IMPORT_OUTSIDE_AREA']);
});

test('REG-02: the sector’s own levels import, no other', () => {
  const vocational = { ...facts, school: { ...school, sector: 'vocational' as const } };
  const stage = { ...said, stage: 'vocational' };
  expect(codesOf(planTeacher(row(stage), vocational, today))).toEqual([
    'TEACHER_SECTOR_WITHOUT_LEVEL',
  ]);
  const city = { ...vocational, bureauLevels: ['city'] as const };
  expect(codesOf(planTeacher(row(stage), city, today))).toEqual([]);
});

const schoolRow = { code: '2114000001', name: '学校', kind: 'primary', regionCode: '140105001' };
const schoolFacts: SchoolFacts = {
  area,
  regionKnown: true,
  known: null,
  centralSchool: null,
  bureauLevels: ['county'],
};

test('REG-06: a school is added, unchanged, or changed in what a file may change', () => {
  expect(outcomeOf(planSchool(row(schoolRow), schoolFacts))).toMatchObject({ verdict: 'added' });
  const onRecord = {
    ...schoolRow,
    kind: 'primary',
    rural: false,
    centralSchoolId: null,
    schoolId: 'sch_1',
  } as const;
  const withKnown = { ...schoolFacts, known: onRecord };
  expect(outcomeOf(planSchool(row(schoolRow), withKnown))).toMatchObject({ verdict: 'unchanged' });
  expect(outcomeOf(planSchool(row({ ...schoolRow, rural: true }), withKnown))).toMatchObject({
    verdict: 'changed',
    rural: true,
  });
  expect(codesOf(planSchool(row({ ...schoolRow, name: '新名' }), withKnown))).toEqual([
    'IMPORT_SCHOOL_DIFFERS',
  ]);
});

test('REG-04: a teaching point needs the central school of its township, which an earlier row may bring', () => {
  const point = { ...schoolRow, kind: 'teaching_point' };
  expect(codesOf(planSchool(row(point), schoolFacts))).toEqual(['CENTRAL_SCHOOL_MISSING']);
  const centralSchool = { schoolId: 'sch_0', kind: 'central', regionCode: '140105001' } as const;
  expect(codesOf(planSchool(row(point), { ...schoolFacts, centralSchool }))).toEqual([]);
});

const regionFacts: RegionFacts = { area, known: null, parentKnown: true };

test('REG-01: a region is added below one that is known, and neither renamed nor revived by a file', () => {
  const township = row({ code: '140105299', name: '新镇' });
  expect(outcomeOf(planRegion(township, regionFacts))).toMatchObject({
    verdict: 'added',
    region: { level: 'township', parentCode: '140105' },
  });
  const plan = (change: Partial<RegionFacts>) =>
    planRegion(township, { ...regionFacts, ...change });
  expect(codesOf(plan({ parentKnown: false }))).toEqual(['IMPORT_REGION_PARENT']);
  expect(outcomeOf(plan({ known: { name: '新镇', abolishedOn: null } }))).toMatchObject({
    verdict: 'unchanged',
  });
  expect(codesOf(plan({ known: { name: '旧镇', abolishedOn: null } }))).toEqual([
    'IMPORT_REGION_RENAMED',
  ]);
  expect(codesOf(plan({ known: { name: '新镇', abolishedOn: '2020-01-01' } }))).toEqual([
    'IMPORT_REGION_ABOLISHED',
  ]);
  expect(codesOf(plan({ area: { regionCode: '140106', schoolId: null } }))).toEqual([
    'IMPORT_OUTSIDE_AREA',
  ]);
});

const trainerFacts: TrainerFacts = {
  area,
  school,
  provinceCode: '140000',
  known: [],
  actsForProvince: false,
};
const trainerRow = { name: '李四', kind: 'other', subjects: ['pe'], schoolCode: '2114000001' };

test('REG-06: a trainer is known by name, province and school; of two such it is not clear which', () => {
  expect(outcomeOf(planTrainer(row(trainerRow), trainerFacts))).toMatchObject({ verdict: 'added' });
  const same = {
    trainerId: 'trn_1',
    name: '李四',
    kind: 'other',
    fullTime: true,
    homeProvinceCode: '140000',
    subjects: ['pe'],
    specialty: '',
    schoolId: 'sch_1',
  } as const;
  const one = { ...trainerFacts, known: [same] };
  expect(outcomeOf(planTrainer(row(trainerRow), one))).toMatchObject({ verdict: 'unchanged' });
  expect(outcomeOf(planTrainer(row({ ...trainerRow, specialty: '田径' }), one))).toMatchObject({
    verdict: 'changed',
    changes: { specialty: '田径' },
  });
  const two = { ...trainerFacts, known: [same, { ...same, trainerId: 'trn_2' }] };
  expect(codesOf(planTrainer(row(trainerRow), two))).toEqual(['IMPORT_TRAINER_AMBIGUOUS']);
  const { schoolCode: _, ...outsider } = trainerRow;
  expect(codesOf(planTrainer(row(outsider), trainerFacts))).toEqual([
    'IMPORT_TRAINER_NEEDS_SCHOOL',
  ]);
  const province = { ...trainerFacts, school: null, actsForProvince: true };
  expect(codesOf(planTrainer(row(outsider), province))).toEqual([]);
});
