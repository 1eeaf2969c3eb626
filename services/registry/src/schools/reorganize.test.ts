import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { relocateSchool, renameSchool, type SchoolFacts } from './change.ts';
import { closeSchool, type EndingSchool, mergeSchools, splitSchool } from './reorganize.ts';

const today = '2026-09-01';
const asking = { bureauLevels: ['county'] as const, today };
const school: EndingSchool = {
  id: 'sch_1',
  name: '甲小学',
  kind: 'primary',
  sector: 'basic',
  regionCode: '140105201',
  centralSchoolId: null,
  teachingPoints: 0,
  hasTeachers: true,
};
const into: SchoolFacts = { ...school, id: 'sch_2', name: '乙小学' };
const central: EndingSchool = { ...school, kind: 'central', teachingPoints: 2 };

describe('mergeSchools', () => {
  const merge = (from: EndingSchool, to: SchoolFacts = into, effectiveOn = today) =>
    mergeSchools({ effectiveOn }, { schools: [from], into: to }, asking);

  test('REG-05: the school that goes keeps its record, and names who took its people', () => {
    expect(merge(school)).toMatchObject({
      accepted: true,
      outcome: [
        {
          schoolId: 'sch_1',
          kind: 'merged',
          successors: ['sch_2'],
          written: { state: 'merged', since: today, past: [{ name: '甲小学', to: today }] },
        },
      ],
    });
  });

  test.each([
    ['2026-08-31', []],
    [today, []],
    ['2026-09-02', ['SCHOOL_CHANGE_IN_FUTURE']],
  ])('REG-05: on %s: %j', (effectiveOn, refusals) => {
    expect(codesOf(merge(school, into, effectiveOn))).toEqual(refusals);
  });

  test.each([
    ['2026-08-30', []],
    [today, ['SCHOOL_CHANGE_TOO_EARLY']],
  ])('REG-05: after a change on %s: %j', (since, refusals) => {
    expect(codesOf(merge({ ...school, since }))).toEqual(refusals);
  });

  test('REG-05: not into itself, not into a closed one, not a closed one', () => {
    expect(codesOf(merge(school, { ...school }))).toEqual(['SCHOOL_INTO_ITSELF']);
    expect(codesOf(merge(school, { ...into, state: 'closed' }))).toEqual(['SCHOOL_NOT_OPEN']);
    expect(codesOf(merge({ ...school, state: 'merged' }))).toEqual(['SCHOOL_NOT_OPEN']);
  });

  test('REG-02: a county merges no vocational schools, nor schools of two sectors', () => {
    const vocational = { ...school, sector: 'vocational', kind: 'vocational' } as const;
    expect(codesOf(merge(vocational, { ...into, sector: 'vocational' }))).toEqual([
      'SCHOOL_SECTOR_WITHOUT_LEVEL',
    ]);
    expect(codesOf(merge(school, { ...into, sector: 'vocational' }))).toEqual([
      'SCHOOL_SECTOR_DIFFERS',
    ]);
  });

  test('REG-04: teaching points of a central school go to another one of their township only', () => {
    const other = { ...into, kind: 'central' } as const;
    expect(codesOf(merge(central, other))).toEqual([]);
    expect(codesOf(merge(central, { ...other, regionCode: '140105200' }))).toEqual([
      'CENTRAL_SCHOOL_IN_USE',
    ]);
    expect(codesOf(merge(central, into))).toEqual(['CENTRAL_SCHOOL_IN_USE']);
    expect(codesOf(merge({ ...central, teachingPoints: 0 }, into))).toEqual([]);
  });
});

describe('splitSchool', () => {
  const facts = { school, parts: [into], staffIds: new Set(['tch_1', 'tch_2']) };
  const split = (teacherIds: readonly string[], goesOn: boolean, ending: EndingSchool = school) =>
    splitSchool(
      { effectiveOn: today, goesOn, parts: [{ schoolId: 'sch_2', teacherIds }] },
      { ...facts, school: ending },
      asking,
    );

  test('REG-05: a school that goes on is not written; one that ends is', () => {
    expect(split(['tch_1'], true)).toMatchObject({ outcome: [{ kind: 'split', written: null }] });
    expect(split(['tch_1'], false)).toMatchObject({ outcome: [{ written: { state: 'split' } }] });
  });

  test('REG-05: every teacher named is at the school, and named once', () => {
    expect(codesOf(split(['tch_3'], true))).toEqual(['TEACHER_NOT_AT_SCHOOL']);
    expect(codesOf(split(['tch_1', 'tch_1'], true))).toEqual(['TEACHER_NAMED_TWICE']);
  });

  test('REG-04: a central school with teaching points may lose people, but not end', () => {
    expect(codesOf(split([], true, central))).toEqual([]);
    expect(codesOf(split([], false, central))).toEqual(['CENTRAL_SCHOOL_IN_USE']);
  });
});

describe('closeSchool', () => {
  test('REG-05: only a school without teachers is closed', () => {
    const close = (hasTeachers: boolean) =>
      codesOf(closeSchool({ effectiveOn: today }, { ...school, hasTeachers }, asking));
    expect(close(true)).toEqual(['SCHOOL_HAS_TEACHERS']);
    expect(close(false)).toEqual([]);
  });

  test('REG-04: a central school is not closed while a teaching point belongs to it', () => {
    const close = (teachingPoints: number) =>
      codesOf(
        closeSchool(
          { effectiveOn: today },
          { ...central, hasTeachers: false, teachingPoints },
          asking,
        ),
      );
    expect(close(1)).toEqual(['CENTRAL_SCHOOL_IN_USE']);
    expect(close(0)).toEqual([]);
  });
});

describe('relocateSchool', () => {
  const point: SchoolFacts = { ...into, kind: 'teaching_point', centralSchoolId: 'sch_c' };
  const facts = {
    school: point,
    regionKnown: true,
    centralSchool: { kind: 'central', regionCode: '140105201' } as const,
    teachingPoints: 0,
  };
  const command = { regionCode: '140105201', centralSchoolId: 'sch_d', effectiveOn: today };

  test('REG-04: another central school of the same township takes the teaching point over', () => {
    expect(relocateSchool(command, facts, asking)).toMatchObject({
      accepted: true,
      outcome: { centralSchoolId: 'sch_d', past: [{ centralSchoolId: 'sch_c' }] },
    });
  });

  test('REG-04: one of the neighbouring township does not, nor one that has been merged', () => {
    const elsewhere = { ...facts.centralSchool, regionCode: '140105200' };
    expect(
      codesOf(relocateSchool(command, { ...facts, centralSchool: elsewhere }, asking)),
    ).toEqual(['CENTRAL_SCHOOL_ELSEWHERE']);
    const gone = { ...facts.centralSchool, state: 'merged' };
    expect(codesOf(relocateSchool(command, { ...facts, centralSchool: gone }, asking))).toEqual([
      'CENTRAL_SCHOOL_NOT_OPEN',
    ]);
  });

  test('REG-04: a teaching point that moves into another township needs a central school there', () => {
    const move = { ...command, regionCode: '140105200' };
    expect(codesOf(relocateSchool(move, facts, asking))).toEqual(['CENTRAL_SCHOOL_ELSEWHERE']);
    const there = { ...facts.centralSchool, regionCode: '140105200' };
    expect(codesOf(relocateSchool(move, { ...facts, centralSchool: there }, asking))).toEqual([]);
  });

  test('REG-04: a central school does not leave its teaching points behind', () => {
    const move = { regionCode: '140105200', centralSchoolId: null, effectiveOn: today };
    const leaving = (teachingPoints: number) =>
      codesOf(
        relocateSchool(
          move,
          { school: central, regionKnown: true, centralSchool: null, teachingPoints },
          asking,
        ),
      );
    expect(leaving(1)).toEqual(['CENTRAL_SCHOOL_IN_USE']);
    expect(leaving(0)).toEqual([]);
  });

  test('REG-01: an unknown region is refused, and no move at all too', () => {
    const nowhere = { ...command, regionCode: '149999' };
    expect(codesOf(relocateSchool(nowhere, { ...facts, regionKnown: false }, asking))).toEqual([
      'SCHOOL_REGION_UNKNOWN',
      'CENTRAL_SCHOOL_ELSEWHERE',
    ]);
    expect(
      codesOf(relocateSchool({ ...command, centralSchoolId: 'sch_c' }, facts, asking)),
    ).toEqual(['SCHOOL_PLACE_SAME']);
  });
});

test('REG-05: a renaming keeps the old name on record; the same name is no change', () => {
  const rename = (name: string) => renameSchool({ name, effectiveOn: today }, school, asking);
  expect(rename('丙小学')).toMatchObject({
    accepted: true,
    outcome: { name: '丙小学', since: today, past: [{ name: '甲小学', from: null, to: today }] },
  });
  expect(codesOf(rename('甲小学'))).toEqual(['SCHOOL_NAME_SAME']);
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
