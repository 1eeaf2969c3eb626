import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type TransferTeacher, type TransferTeacherFacts, transferTeacher } from './transfer.ts';

const today = '2026-09-01';
const command: TransferTeacher = {
  teacherId: 'tch_1',
  toSchoolId: 'sch_2',
  effectiveOn: today,
  stage: null,
};
const first = { schoolId: 'sch_1', regionCode: '140105001', from: '2020-09-01', to: null };
const facts: TransferTeacherFacts = {
  teacher: { status: 'active', stage: 'primary', schoolId: 'sch_1', postings: [first] },
  school: { sector: 'basic', regionCode: '140105201', rural: true },
  inArea: true,
};

describe('transferTeacher', () => {
  test('REG-05: the old posting ends on the day the new one begins, and stays on record', () => {
    expect(transferTeacher(command, facts, today)).toMatchObject({
      accepted: true,
      outcome: {
        schoolId: 'sch_2',
        regionCode: '140105201',
        rural: true,
        stage: 'primary',
        postings: [
          { ...first, to: today },
          { schoolId: 'sch_2', regionCode: '140105201', from: today, to: null },
        ],
      },
    });
  });

  test.each([
    ['2020-09-01', ['TRANSFER_BEFORE_POSTING']],
    ['2020-09-02', []],
    [today, []],
    ['2026-09-02', ['TRANSFER_IN_FUTURE']],
  ])('REG-05: a transfer on %s is refused with %j', (effectiveOn, refusals) => {
    expect(codesOf(transferTeacher({ ...command, effectiveOn }, facts, today))).toEqual(refusals);
  });

  test.each(['left', 'retired', 'merged'] as const)(
    'REG-05: who is %s is not transferred',
    (status) => {
      const teacher = { ...facts.teacher, status };
      expect(codesOf(transferTeacher(command, { ...facts, teacher }, today))).toEqual([
        'TEACHER_NOT_ACTIVE',
      ]);
    },
  );

  test('REG-01: the new school must lie in the area of the bureau that transfers', () => {
    expect(codesOf(transferTeacher(command, { ...facts, inArea: false }, today))).toEqual([
      'TRANSFER_OUT_OF_AREA',
    ]);
  });

  test('a transfer to the school where the teacher is does nothing', () => {
    expect(codesOf(transferTeacher({ ...command, toSchoolId: 'sch_1' }, facts, today))).toEqual([
      'ALREADY_AT_SCHOOL',
    ]);
  });

  test('REG-02: into another sector only with a stage of that sector', () => {
    const school = { ...facts.school, sector: 'vocational' } as const;
    expect(codesOf(transferTeacher(command, { ...facts, school }, today))).toEqual([
      'STAGE_OUTSIDE_SECTOR',
    ]);
    const moved = transferTeacher({ ...command, stage: 'vocational' }, { ...facts, school }, today);
    expect(moved).toMatchObject({ accepted: true, outcome: { stage: 'vocational' } });
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
