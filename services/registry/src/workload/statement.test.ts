import { describe, expect, test } from '@jest/globals';
import { closeWorkloadStatement, type GivenSession, workloadLines } from './statement.ts';
import { daysOfTerm, isTerm, termOf } from './term.ts';

const session: GivenSession = {
  trainerId: 'trn_1',
  date: '2026-09-10',
  minutes: 90,
  level: 'county',
};
const trainer = { _id: 'trn_1', kind: 'frontline_teacher', fullTime: false };
const given = (sessions: readonly GivenSession[], change: Partial<typeof trainer> = {}) =>
  workloadLines([{ ...trainer, ...change }], sessions, { asOf: '2026-09-10', minutesPerHour: 45 });

describe('workloadLines', () => {
  test('REG-12: sessions count from the day on which they are given', () => {
    expect(given([session, { ...session, date: '2026-09-11' }])).toEqual([
      { trainerId: 'trn_1', sessions: 1, minutes: 90, hoursCenti: 2_00 },
    ]);
  });

  test('REG-12: the school’s own project is no commissioned session', () => {
    const of = (level: string) => given([{ ...session, level }])[0]?.sessions;
    expect(of('school')).toBe(0);
    expect(of('county')).toBe(1);
    expect(of('national')).toBe(1);
  });

  test('REG-12: only front-line part-time trainers have a line, with nothing when they gave nothing', () => {
    expect(given([session], { fullTime: true })).toEqual([]);
    expect(given([session], { kind: 'teaching_researcher' })).toEqual([]);
    expect(given([])).toEqual([{ trainerId: 'trn_1', sessions: 0, minutes: 0, hoursCenti: 0 }]);
  });
});

describe('terms', () => {
  test.each([
    ['2026-08-31', '2026-spring'],
    ['2026-09-01', '2026-autumn'],
    ['2027-01-31', '2026-autumn'],
    ['2027-02-01', '2027-spring'],
  ])('REG-12: %s lies in %s', (date, term) => {
    expect(termOf(date)).toBe(term);
    const { from, to } = daysOfTerm(term);
    expect(from <= date && date <= to).toBe(true);
    expect(isTerm(term)).toBe(true);
  });

  test('REG-12: a statement is closed the day after the term, once', () => {
    const close = (today: string, closed = false) => {
      const decision = closeWorkloadStatement({ closed, lines: [] }, '2026-autumn', today);
      return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
    };
    expect(close('2027-01-31')).toEqual(['TERM_RUNNING']);
    expect(close('2027-02-01')).toEqual([]);
    expect(close('2027-02-01', true)).toEqual(['STATEMENT_CLOSED']);
    expect(isTerm('2026-summer')).toBe(false);
  });
});
