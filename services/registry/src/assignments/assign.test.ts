import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type AssignTeachingFacts, assignTeaching, isGraduating } from './assign.ts';

const facts: AssignTeachingFacts = {
  teacher: { status: 'active', stage: 'junior', graduatingClass: false },
  schoolStages: ['junior', 'senior'],
};
const one = (grade: number) => ({ subject: 'mathematics', grade, weeklyHours: 12 });
const assign = (grade: number, schoolYear = 2026, today = '2026-09-01', change = {}) =>
  assignTeaching({ schoolYear, assignments: [one(grade)] }, { ...facts, ...change }, today);

describe('assignTeaching', () => {
  test.each([
    [8, false],
    [9, true],
    [10, false],
    [11, false],
    [12, true],
  ])('REG-07: grade %i is a graduating class: %s', (grade, graduatingClass) => {
    expect(assign(grade)).toMatchObject({
      outcome: { graduatingClass, assignments: [{ graduatingClass }] },
    });
  });

  test('REG-07: the last year of a primary school and of vocational education is none', () => {
    expect(isGraduating(6, ['primary'])).toBe(false);
    expect(isGraduating(3, ['vocational'])).toBe(false);
    expect(isGraduating(9, ['primary', 'junior'])).toBe(true);
  });

  test.each([
    ['2026-08-31', false],
    ['2026-09-01', true],
    ['2027-08-31', true],
    ['2027-09-01', false],
  ])('REG-07: grade 9 of 2026/27 makes the flag true on %s: %s', (today, graduatingClass) => {
    expect(assign(9, 2026, today)).toMatchObject({ outcome: { graduatingClass } });
  });

  test('REG-07: another school year leaves the flag as it is', () => {
    const teacher = { ...facts.teacher, graduatingClass: true };
    expect(assign(8, 2025, '2026-09-01', { teacher })).toMatchObject({
      outcome: { graduatingClass: true },
    });
    expect(assign(8, 2026, '2026-09-01', { teacher })).toMatchObject({
      outcome: { graduatingClass: false },
    });
  });

  test.each([
    [2027, []],
    [2028, ['SCHOOL_YEAR_TOO_FAR']],
  ])('REG-07: in 2026/27 the school year %i is refused with %j', (schoolYear, refusals) => {
    expect(codesOf(assign(9, schoolYear))).toEqual(refusals);
  });

  test.each([
    [6, ['GRADE_NOT_AT_SCHOOL']],
    [7, []],
    [12, []],
    [13, ['GRADE_NOT_AT_SCHOOL']],
  ])('REG-07: grade %i at a complete secondary school: %j', (grade, refusals) => {
    expect(codesOf(assign(grade))).toEqual(refusals);
  });

  test('REG-07: who has left is not assigned; nothing stands twice', () => {
    const teacher = { ...facts.teacher, status: 'left' };
    expect(codesOf(assign(9, 2026, '2026-09-01', { teacher }))).toEqual(['ASSIGNEE_NOT_ACTIVE']);
    const twice = { schoolYear: 2026, assignments: [one(9), one(9)] };
    expect(codesOf(assignTeaching(twice, facts, '2026-09-01'))).toEqual(['ASSIGNMENT_TWICE']);
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
