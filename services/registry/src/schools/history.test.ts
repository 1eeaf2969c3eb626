import { describe, expect, test } from '@jest/globals';
import { changedOn, schoolHistory, schoolOn } from './history.ts';

const school = {
  name: '甲小学',
  kind: 'primary',
  regionCode: '140105001',
  centralSchoolId: null,
} as const;
const renamed = { ...school, ...changedOn(school, '2024-09-01', { name: '乙小学' }) };
const closed = {
  ...renamed,
  ...changedOn(renamed, '2026-09-01', { state: 'closed' as const }),
};

describe('REG-05: what a school was on a date', () => {
  test.each([
    ['1990-01-01', '甲小学', 'open'],
    ['2024-08-31', '甲小学', 'open'],
    ['2024-09-01', '乙小学', 'open'],
    ['2026-08-31', '乙小学', 'open'],
    ['2026-09-01', '乙小学', 'closed'],
  ])('on %s it was %s, %s', (date, name, state) => {
    expect(schoolOn(closed, date)).toMatchObject({ name, state });
  });

  test('versions join without a gap', () => {
    const history = schoolHistory(closed);
    expect(history.map(({ from, to }) => [from, to])).toEqual([
      [null, '2024-09-01'],
      ['2024-09-01', '2026-09-01'],
      ['2026-09-01', null],
    ]);
  });
});
