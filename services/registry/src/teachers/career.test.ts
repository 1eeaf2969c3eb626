import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type EndServiceFacts, endService, type ReturnFacts, returnTeacher } from './career.ts';

const today = '2026-09-01';
const posting = { schoolId: 'sch_1', regionCode: '140105001', from: '2020-09-01', to: null };
const facts: EndServiceFacts = {
  teacher: { status: 'active', sector: 'basic', postings: [posting] },
  actsForSchool: false,
  bureauLevels: ['county'],
};

describe('endService', () => {
  test.each(['left', 'retired'] as const)(
    'REG-05: who has %s has an ended posting on record',
    (status) => {
      expect(endService({ status, effectiveOn: today }, facts, today)).toMatchObject({
        accepted: true,
        outcome: { status, postings: [{ ...posting, to: today }] },
      });
    },
  );

  test.each([
    ['2020-09-01', ['TRANSFER_BEFORE_POSTING']],
    ['2020-09-02', []],
    [today, []],
    ['2026-09-02', ['TRANSFER_IN_FUTURE']],
  ])('REG-05: leaving on %s: %j', (effectiveOn, refusals) => {
    expect(codesOf(endService({ status: 'left', effectiveOn }, facts, today))).toEqual(refusals);
  });

  test('REG-05: only who is in service leaves', () => {
    const gone = { ...facts, teacher: { ...facts.teacher, status: 'retired' as const } };
    expect(codesOf(endService({ status: 'left', effectiveOn: today }, gone, today))).toEqual([
      'TEACHER_NOT_IN_SERVICE',
    ]);
  });

  test('REG-02: a county has no say over a vocational teacher; the school itself and the city have', () => {
    const vocational = { ...facts, teacher: { ...facts.teacher, sector: 'vocational' as const } };
    const leave = { status: 'left', effectiveOn: today } as const;
    expect(codesOf(endService(leave, vocational, today))).toEqual(['TEACHER_SECTOR_WITHOUT_LEVEL']);
    expect(codesOf(endService(leave, { ...vocational, bureauLevels: ['city'] }, today))).toEqual(
      [],
    );
    expect(codesOf(endService(leave, { ...vocational, actsForSchool: true }, today))).toEqual([]);
  });
});

describe('returnTeacher', () => {
  const away: ReturnFacts = {
    ...facts,
    teacher: {
      status: 'left',
      stage: 'primary',
      sector: 'basic',
      postings: [{ ...posting, to: '2026-03-01' }],
    },
    school: { id: 'sch_2', sector: 'basic', regionCode: '140105201', rural: true },
  };
  const command = { effectiveOn: today, stage: null };

  test('REG-05: a return adds a posting; the time away stays a gap', () => {
    expect(returnTeacher(command, away, today)).toMatchObject({
      accepted: true,
      outcome: {
        status: 'active',
        schoolId: 'sch_2',
        rural: true,
        postings: [{ to: '2026-03-01' }, { schoolId: 'sch_2', from: today, to: null }],
      },
    });
  });

  test.each([
    ['2026-02-28', ['RETURN_BEFORE_LEAVING']],
    ['2026-03-01', []],
    ['2026-09-02', ['TRANSFER_IN_FUTURE']],
  ])('REG-05: a return on %s: %j', (effectiveOn, refusals) => {
    expect(codesOf(returnTeacher({ ...command, effectiveOn }, away, today))).toEqual(refusals);
  });

  test.each([
    ['left', []],
    ['retired', []],
    ['active', ['TEACHER_NOT_AWAY']],
    ['merged', ['TEACHER_NOT_AWAY']],
  ] as const)('REG-05: who is %s returns: %j', (status, refusals) => {
    const teacher = { ...away.teacher, status };
    expect(codesOf(returnTeacher(command, { ...away, teacher }, today))).toEqual(refusals);
  });

  test('REG-05: a closed school takes nobody', () => {
    const school = { ...away.school, state: 'closed' };
    expect(codesOf(returnTeacher(command, { ...away, school }, today))).toEqual([
      'SCHOOL_TAKES_NOBODY',
    ]);
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
