import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { addMonths, answerTracking, partiesOf, roundsDue, trackingPlanOf } from './due.ts';

const plan = trackingPlanOf(
  {
    _id: 'cmp_1',
    enrollmentId: 'enr_1',
    classId: 'cls_1',
    projectId: 'prj_1',
    teacherId: 'tch_1',
    schoolId: 'sch_1',
    ownerRegionCode: '140105',
    institutionId: 'ins_1',
    completedOn: '2026-07-31',
  },
  national.figures,
);

describe('CRS-58: tracking after training', () => {
  test('is due 3 and 6 months after completion, not a day before', () => {
    const months = (today: string) => roundsDue(plan, today).due.map((round) => round.months);
    expect(months('2026-10-30')).toEqual([]);
    expect(months('2026-10-31')).toEqual([3]);
    expect(months('2027-01-30')).toEqual([3]);
    expect(months('2027-01-31')).toEqual([3, 6]);
    expect(roundsDue(plan, '2026-10-31').rest).toEqual({
      rounds: [{ months: 6, dueOn: '2027-01-31' }],
      nextDueOn: '2027-01-31',
    });
  });
  test('a month without that day ends on its last', () => {
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(addMonths('2027-11-30', 3)).toBe('2028-02-29');
    expect(addMonths('2026-12-15', 6)).toBe('2027-06-15');
  });
  test('asks trainee and school, and the institution where there is one', () => {
    expect(partiesOf(plan)).toEqual(['trainee', 'school', 'institution']);
    expect(partiesOf({ institutionId: null })).toEqual(['trainee', 'school']);
  });
  test('is answered once; on the last day in time, the day after late', () => {
    const row = { state: 'open', answerBy: '2026-11-14' } as const;
    expect(answerTracking({}, row, '2026-11-14')).toMatchObject({ outcome: { late: false } });
    expect(answerTracking({}, row, '2026-11-15')).toMatchObject({ outcome: { late: true } });
    expect(answerTracking({}, { ...row, state: 'answered' }, '2026-11-14').accepted).toBe(false);
  });
});
