import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { reviewHomework, submitHomework } from './homework.ts';
import { askForLeave, decideLeave } from './leave.ts';
import { type AttendanceFacts, recordAttendance } from './record-attendance.ts';

const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('CRS-50: attendance', () => {
  const facts: AttendanceFacts = {
    classState: 'running',
    session: { date: '2026-07-13', minutes: 135 },
    trainees: new Map([
      ['enr_1', { decided: false }],
      ['enr_2', { decided: true }],
    ]),
    sheetThere: true,
  };
  const take = (
    presentMinutes: number,
    change: Partial<AttendanceFacts> = {},
    today = '2026-07-13',
    enrollmentId = 'enr_1',
  ) =>
    recordAttendance(
      {
        classId: 'cls_1',
        sessionId: 'ses_1',
        sheetUploadId: null,
        marks: [{ enrollmentId, presentMinutes }],
      },
      { ...facts, ...change },
      today,
    );

  test('minutes lie between none and the whole session', () => {
    expect(codesOf(take(0))).toEqual([]);
    expect(codesOf(take(135))).toEqual([]);
    expect(codesOf(take(-1))).toEqual(['MINUTES_OUT_OF_RANGE']);
    expect(codesOf(take(136))).toEqual(['MINUTES_OUT_OF_RANGE']);
  });
  test('is taken on the day of the session or later, not the day before', () => {
    expect(codesOf(take(135, {}, '2026-07-14'))).toEqual([]);
    expect(codesOf(take(135, {}, '2026-07-12'))).toEqual(['SESSION_NOT_YET']);
  });
  test('of trainees of the class alone, and not after completion is decided', () => {
    expect(codesOf(take(135, {}, '2026-07-13', 'enr_9'))).toEqual(['NOT_A_TRAINEE']);
    expect(codesOf(take(135, {}, '2026-07-13', 'enr_2'))).toEqual(['DECIDED_ALREADY']);
  });
  test('needs a class that runs and a session of its schedule', () => {
    expect(codesOf(take(135, { classState: 'open' }))).toEqual(['CLASS_NOT_RUNNING']);
    expect(codesOf(take(135, { session: undefined }))).toEqual(['SESSION_UNKNOWN']);
  });
});

describe('CRS-51: leave', () => {
  const facts = {
    classState: 'running',
    sessionIds: new Set(['ses_1', 'ses_2']),
    recorded: new Set(['ses_1']),
  } as const;
  const ask = (sessionIds: string[], change = {}) =>
    askForLeave({ sessionIds, reason: '病假' }, { ...facts, ...change });

  test('is asked for before the session, of the own class', () => {
    expect(codesOf(ask(['ses_2']))).toEqual([]);
    expect(codesOf(ask(['ses_1', 'ses_9']))).toEqual(['LEAVE_TOO_LATE', 'SESSION_UNKNOWN']);
    expect(codesOf(ask(['ses_2'], { classState: 'closed' }))).toEqual(['CLASS_NOT_RUNNING']);
  });
  test('is decided once, and not after the class is archived', () => {
    const decideIt = (change = {}) =>
      decideLeave({ granted: true }, { state: 'asked', classState: 'running', ...change });
    expect(decideIt()).toMatchObject({ outcome: { state: 'granted' } });
    expect(codesOf(decideIt({ state: 'refused' }))).toEqual(['LEAVE_NOT_ASKED']);
    expect(codesOf(decideIt({ classState: 'open' }))).toEqual([]);
    expect(codesOf(decideIt({ classState: 'closing' }))).toEqual([]);
    expect(codesOf(decideIt({ classState: 'closed' }))).toEqual(['CLASS_NOT_RUNNING']);
  });
});

describe('CRS-55: homework', () => {
  const facts = { classState: 'running', asked: true, state: undefined } as const;
  test('is handed in where it is asked for, again after a return, not after acceptance', () => {
    expect(codesOf(submitHomework({}, facts))).toEqual([]);
    expect(codesOf(submitHomework({}, { ...facts, state: 'returned' }))).toEqual([]);
    expect(codesOf(submitHomework({}, { ...facts, state: 'accepted' }))).toEqual([
      'HOMEWORK_ACCEPTED_ALREADY',
    ]);
    expect(codesOf(submitHomework({}, { ...facts, asked: false }))).toEqual(['NO_HOMEWORK_ASKED']);
  });
  test('is reviewed when it waits for review', () => {
    expect(codesOf(reviewHomework({}, { ...facts, state: 'submitted' }))).toEqual([]);
    expect(codesOf(reviewHomework({}, { ...facts, state: 'accepted' }))).toEqual([
      'NO_HOMEWORK_SUBMITTED',
    ]);
  });
});
