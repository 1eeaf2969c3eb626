import { describe, expect, test } from '@jest/globals';
import { endedOn, movedTo, postingsOn } from './postings.ts';

const here = { schoolId: 'sch_1', regionCode: '140105001' };
const there = { schoolId: 'sch_2', regionCode: '140105201' };
const first = { ...here, from: '2020-09-01', to: null };

describe('REG-05: who was where on a date', () => {
  const moved = movedTo([first], there, '2026-03-01');

  test.each([
    ['2020-08-31', []],
    ['2020-09-01', ['sch_1']],
    ['2026-02-28', ['sch_1']],
    ['2026-03-01', ['sch_2']],
    ['2030-01-01', ['sch_2']],
  ])('on %s: %j', (date, schools) => {
    expect(postingsOn(moved, date).map(({ schoolId }) => schoolId)).toEqual(schools);
  });

  test('who has left is nowhere from that day on', () => {
    const left = endedOn(moved, '2026-07-01');
    expect(postingsOn(left, '2026-06-30')).toHaveLength(1);
    expect(postingsOn(left, '2026-07-01')).toEqual([]);
    expect(postingsOn(movedTo(left, here, '2026-09-01'), '2026-08-31')).toEqual([]);
    expect(postingsOn(movedTo(left, here, '2026-09-01'), '2026-09-01')).toHaveLength(1);
  });

  test('who came on the very day of the move, or later, was never at the old school', () => {
    expect(movedTo([first], there, '2020-09-01')).toEqual([
      { ...there, from: '2020-09-01', to: null },
    ]);
    expect(movedTo([first], there, '2020-08-01')).toEqual([
      { ...there, from: '2020-09-01', to: null },
    ]);
    expect(movedTo([first], there, '2020-09-02')).toHaveLength(2);
  });
});
