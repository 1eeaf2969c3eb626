import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type RegisterSchool, type RegisterSchoolFacts, registerSchool } from './register.ts';

const teachingPoint: RegisterSchool = {
  code: '2114000001',
  name: '刘家堡乡东贾教学点',
  kind: 'teaching_point',
  regionCode: '140105201',
  rural: true,
  centralSchoolId: 'sch_central',
};
const facts: RegisterSchoolFacts = {
  regionKnown: true,
  codeTaken: false,
  centralSchool: { kind: 'central', regionCode: '140105201' },
  bureauLevels: ['county'],
};
const primary: RegisterSchool = { ...teachingPoint, kind: 'primary', centralSchoolId: null };

describe('registerSchool', () => {
  test('REG-04: a teaching point with the central school of its township is registered', () => {
    expect(registerSchool(teachingPoint, facts)).toMatchObject({
      accepted: true,
      outcome: { sector: 'basic', centralSchoolId: 'sch_central' },
    });
  });

  test('REG-04: without a central school it is refused', () => {
    expect(codesOf(registerSchool(teachingPoint, { ...facts, centralSchool: null }))).toEqual([
      'CENTRAL_SCHOOL_MISSING',
    ]);
  });

  test('REG-04: the central school of the neighbouring township is refused', () => {
    const centralSchool = { kind: 'central', regionCode: '140105200' } as const;
    expect(codesOf(registerSchool(teachingPoint, { ...facts, centralSchool }))).toEqual([
      'CENTRAL_SCHOOL_ELSEWHERE',
    ]);
  });

  test('REG-04: a county code names no township, so "the same township" does not hold', () => {
    const centralSchool = { kind: 'central', regionCode: '140105' } as const;
    const command = { ...teachingPoint, regionCode: '140105' };
    expect(codesOf(registerSchool(command, { ...facts, centralSchool }))).toEqual([
      'CENTRAL_SCHOOL_ELSEWHERE',
    ]);
  });

  test('REG-04: another school of the same township is no central school; a village school is treated alike', () => {
    const centralSchool = { kind: 'primary', regionCode: '140105201' } as const;
    const village = { ...teachingPoint, kind: 'village' } as const;
    expect(codesOf(registerSchool(village, { ...facts, centralSchool }))).toEqual([
      'CENTRAL_SCHOOL_KIND',
    ]);
  });

  test('REG-04: a school of another kind belongs to no central school', () => {
    expect(registerSchool(primary, { ...facts, centralSchool: null }).accepted).toBe(true);
    expect(codesOf(registerSchool({ ...primary, centralSchoolId: 'sch_central' }, facts))).toEqual([
      'CENTRAL_SCHOOL_NOT_ASKED',
    ]);
  });

  test('REG-02: a county cannot register a vocational school, its city can', () => {
    const vocational = { ...primary, kind: 'vocational', code: '3614000001' } as const;
    expect(codesOf(registerSchool(vocational, facts))).toEqual(['SCHOOL_SECTOR_WITHOUT_LEVEL']);
    expect(registerSchool(vocational, { ...facts, bureauLevels: ['city'] }).accepted).toBe(true);
  });

  test('REG-02: a city cannot register a university, its province can', () => {
    const higher = { ...primary, kind: 'higher', code: '4114000001' } as const;
    expect(codesOf(registerSchool(higher, { ...facts, bureauLevels: ['city'] }))).toEqual([
      'SCHOOL_SECTOR_WITHOUT_LEVEL',
    ]);
    expect(registerSchool(higher, { ...facts, bureauLevels: ['province'] }).accepted).toBe(true);
  });

  test.each([
    ['211400000', ['SCHOOL_CODE_LENGTH']],
    ['21140000011', ['SCHOOL_CODE_LENGTH']],
    ['21140000O1', ['SCHOOL_CODE_LENGTH']],
    ['3114000001', ['SCHOOL_CODE_CLASS']],
    ['2133000001', ['SCHOOL_CODE_PROVINCE']],
    ['3133000001', ['SCHOOL_CODE_CLASS', 'SCHOOL_CODE_PROVINCE']],
  ])('the school code %s of a primary school in Shanxi is refused as %j', (code, refusals) => {
    expect(codesOf(registerSchool({ ...primary, code }, facts))).toEqual(refusals);
  });

  test('REG-01: an unknown region and a code that is taken are both named', () => {
    const command = { ...primary, regionCode: '149999' };
    expect(
      codesOf(registerSchool(command, { ...facts, regionKnown: false, codeTaken: true })),
    ).toEqual(['SCHOOL_REGION_UNKNOWN', 'SCHOOL_CODE_TAKEN']);
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
