import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type RegisterTeacher, type RegisterTeacherFacts, registerTeacher } from './register.ts';

const today = '2026-09-01';
const command: RegisterTeacher = {
  name: '王一一',
  identityNumber: '１１０１０５１９４９１２３１００２x',
  phone: '+86 138-0013-8000',
  schoolId: 'sch_1',
  since: '2020-09-01',
  stage: 'primary',
  subjects: ['chinese'],
  title: 'first_grade',
  careerStage: 'backbone',
  rural: false,
  minorityBilingual: false,
  dualQualified: false,
  principal: false,
  graduatingClass: false,
};
const facts: RegisterTeacherFacts = {
  school: { sector: 'basic', regionCode: '140105001' },
  identityNumberTaken: false,
  actsForSchool: true,
  bureauLevels: [],
};

describe('registerTeacher', () => {
  test('REG-05: number and phone are kept in their normal form', () => {
    expect(registerTeacher(command, facts, today)).toMatchObject({
      accepted: true,
      outcome: { identityNumber: '11010519491231002X', phone: '13800138000', sector: 'basic' },
    });
  });

  test.each([
    ['11010519491231002', ['IDENTITY_NUMBER_LENGTH']],
    ['1101051949123100XX', ['IDENTITY_NUMBER_CHARACTERS']],
    ['110105194912310021', ['IDENTITY_NUMBER_CHECK_DIGIT']],
    [
      '990105194902290029',
      ['IDENTITY_NUMBER_ADDRESS', 'IDENTITY_NUMBER_BIRTH_DATE', 'IDENTITY_NUMBER_CHECK_DIGIT'],
    ],
  ])('REG-05: %s is refused with %j, and the refusal does not repeat it', (number, refusals) => {
    const decision = registerTeacher({ ...command, identityNumber: number }, facts, today);
    expect(codesOf(decision)).toEqual(refusals);
    expect(JSON.stringify(decision)).not.toContain(number);
  });

  test('REG-05: a number that is taken is refused', () => {
    expect(
      codesOf(registerTeacher(command, { ...facts, identityNumberTaken: true }, today)),
    ).toEqual(['IDENTITY_NUMBER_TAKEN']);
  });

  test('REG-05: the phone may be left out, but not be wrong', () => {
    expect(registerTeacher({ ...command, phone: null }, facts, today).accepted).toBe(true);
    expect(codesOf(registerTeacher({ ...command, phone: '12345' }, facts, today))).toEqual([
      'PHONE_INVALID',
    ]);
  });

  test('REG-02: a county registers no vocational teacher; the city and the school itself do', () => {
    const school = { sector: 'vocational', regionCode: '140105001' } as const;
    const vocational = { ...command, stage: 'vocational' } as const;
    const by = (actsForSchool: boolean, ...bureauLevels: RegisterTeacherFacts['bureauLevels']) =>
      codesOf(
        registerTeacher(vocational, { ...facts, school, actsForSchool, bureauLevels }, today),
      );
    expect(by(false, 'county')).toEqual(['TEACHER_SECTOR_WITHOUT_LEVEL']);
    expect(by(false, 'city')).toEqual([]);
    expect(by(true)).toEqual([]);
  });

  test('REG-02: the stage must belong to the sector of the school', () => {
    expect(codesOf(registerTeacher({ ...command, stage: 'higher' }, facts, today))).toEqual([
      'STAGE_OUTSIDE_SECTOR',
    ]);
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
