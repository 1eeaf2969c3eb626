import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import {
  decideYear,
  type EntryCommand,
  type EntryFacts,
  isJudged,
  judgeYear,
  recordEntry,
  shortfalls,
} from './trainer-year.ts';

const short = (studyHoursCenti: number, schoolDays: number) =>
  shortfalls({ studyHoursCenti, schoolDays }, national.figures).map(({ what }) => what);
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('the year of a full-time trainer', () => {
  test('REG-11: 100 hours and 60 days are enough; 99.99 hours or 59 days are not', () => {
    expect(short(100_00, 60)).toEqual([]);
    expect(short(99_99, 60)).toEqual(['study']);
    expect(short(100_00, 59)).toEqual(['school_days']);
    expect(short(99_99, 59)).toEqual(['study', 'school_days']);
    expect(short(100_01, 61)).toEqual([]);
  });

  test('REG-11: short at year’s end, not being reconfirmed is proposed, unless there is a waiver', () => {
    const missing = shortfalls({ studyHoursCenti: 99_99, schoolDays: 60 }, national.figures);
    expect(judgeYear('open', missing)).toBe('proposed');
    expect(judgeYear('waived', missing)).toBe('waived');
    expect(judgeYear('open', [])).toBe('met');
  });

  test('REG-11: only who was there on the first of January is judged', () => {
    expect(isJudged('2026-01-01', 2026)).toBe(true);
    expect(isJudged('2026-01-02', 2026)).toBe(false);
  });

  test('REG-11: a waiver is possible before the year is judged and after, with a reason', () => {
    const decided = (verdict: 'waived' | 'not_reconfirmed', state: 'open' | 'proposed' | 'met') =>
      codesOf(decideYear({ verdict, reason: '援疆一年' }, { state }));
    expect(decided('waived', 'open')).toEqual([]);
    expect(decided('waived', 'proposed')).toEqual([]);
    expect(decided('waived', 'met')).toEqual(['YEAR_NOT_DECIDABLE']);
    expect(decided('not_reconfirmed', 'proposed')).toEqual([]);
    expect(decided('not_reconfirmed', 'open')).toEqual(['YEAR_NOT_DECIDABLE']);
    expect(codesOf(decideYear({ verdict: 'waived', reason: '' }, { state: 'open' }))).toEqual([
      'WAIVER_REASON',
    ]);
  });
});

describe('recordEntry', () => {
  const days: EntryCommand = {
    kind: 'school_days',
    from: '2026-03-02',
    to: '2026-03-06',
    hoursCenti: null,
    schoolId: 'sch_1',
    evidence: '驻校日志',
  };
  const facts: EntryFacts = { fullTime: true, schoolKnown: true, state: 'open', schoolDays: [] };
  const entered = (command: Partial<EntryCommand>, change: Partial<EntryFacts> = {}) =>
    recordEntry({ ...days, ...command }, { ...facts, ...change }, '2026-12-31');

  test('REG-11: first and last day both count', () => {
    expect(entered({})).toMatchObject({
      outcome: { year: 2026, schoolDays: 5, studyHoursCenti: 0 },
    });
    expect(entered({ to: '2026-03-02' })).toMatchObject({ outcome: { schoolDays: 1 } });
  });

  test('REG-11: a day counts once, the day after counts again', () => {
    const schoolDays = [{ from: '2026-03-06', to: '2026-03-10' }];
    expect(codesOf(entered({}, { schoolDays }))).toEqual(['ENTRY_DAYS_TWICE']);
    expect(codesOf(entered({ to: '2026-03-05' }, { schoolDays }))).toEqual([]);
  });

  test('REG-11: nothing across the turn of the year, in the future, into a judged year or for part-timers', () => {
    const across = { from: '2025-12-31', to: '2026-01-01' };
    expect(codesOf(entered(across))).toEqual(['ENTRY_DAYS_INVALID']);
    expect(codesOf(entered({ from: '2027-01-01', to: '2027-01-01' }))).toEqual([
      'ENTRY_DAYS_INVALID',
    ]);
    expect(codesOf(entered({}, { state: 'met', fullTime: false, schoolKnown: false }))).toEqual([
      'NOT_FULL_TIME',
      'YEAR_JUDGED',
      'ENTRY_SCHOOL_MISSING',
    ]);
    expect(codesOf(entered({ kind: 'study', hoursCenti: 0 }))).toEqual(['ENTRY_HOURS_MISSING']);
  });
});
