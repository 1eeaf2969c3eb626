import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { absenceBudget, warningsDue } from './absence-budget.ts';
import { emptyParticipation, type Leave } from './participation.ts';

/** 90 hours of 45 minutes: 4,050 in all, 810 may be missed; half is 405, four fifths 648. */
const trainingClass = {
  hoursCenti: 90_00,
  minutesPerHour: 45,
  modality: 'concentrated' as const,
  sessions: Array.from({ length: 5 }, (_, n) => ({ _id: `ses_${n}`, minutes: 810 })),
};
const record = (missed: number, leaves: readonly Leave[] = []) => ({
  ...emptyParticipation('enr_1', 'cls_1'),
  leaves,
  attendance: [
    {
      sessionId: 'ses_0',
      presentMinutes: 810 - missed,
      source: 'class_head' as const,
      recordedAt: new Date(0),
      recordedBy: '',
      reason: null,
      earlier: [],
    },
  ],
});
const due = (missed: number, change = {}) => {
  const asked = { ...trainingClass, ...change };
  return warningsDue(
    asked,
    absenceBudget(asked, record(missed), national.figures),
    national.figures,
  );
};

describe('CRS-52: the live absence budget', () => {
  test('says what is used, what is left and the limit of exactly one fifth', () => {
    expect(absenceBudget(trainingClass, record(300), national.figures)).toMatchObject({
      usedMinutes: 300,
      limitMinutes: 810,
      leftMinutes: 510,
    });
    expect(absenceBudget(trainingClass, record(810), national.figures).leftMinutes).toBe(0);
  });
  test.each([
    [404, 0],
    [405, 1],
    [647, 1],
    [648, 2],
    [809, 2],
    [810, 3],
    [811, 4],
  ])('%i minutes missed of 810: %i warnings are due', (missed, warnings) => {
    expect(due(missed)).toBe(warnings);
  });
  test('nothing is warned of where the limit does not hold: below 90 hours, or online', () => {
    expect(due(810, { hoursCenti: 89_99 })).toBe(0);
    expect(due(810, { modality: 'online' })).toBe(0);
  });
  test('a class whose hours have no whole half is warned at the first minute above it', () => {
    // 90.05 hours: 4,052.25 minutes, a fifth is 810.45, half of it 405.225.
    expect(due(405, { hoursCenti: 90_05 })).toBe(0);
    expect(due(406, { hoursCenti: 90_05 })).toBe(1);
    expect(due(810, { hoursCenti: 90_05 })).toBe(2);
    expect(due(811, { hoursCenti: 90_05 })).toBe(4);
  });
});

test('CRS-51: minutes with leave granted are told apart from minutes without, and both are used up', () => {
  const leave = (state: Leave['state']): Leave => ({
    _id: 'lve_1',
    sessionIds: ['ses_0'],
    reason: '病假',
    state,
    askedAt: new Date(0),
    decidedAt: null,
    decidedBy: null,
  });
  const of = (state: Leave['state']) =>
    absenceBudget(trainingClass, record(100, [leave(state)]), national.figures);
  expect(of('granted')).toMatchObject({
    usedMinutes: 100,
    onLeaveMinutes: 100,
    withoutLeaveMinutes: 0,
  });
  expect(of('asked')).toMatchObject({
    usedMinutes: 100,
    onLeaveMinutes: 0,
    withoutLeaveMinutes: 100,
  });
  expect(of('refused')).toMatchObject({
    usedMinutes: 100,
    onLeaveMinutes: 0,
    withoutLeaveMinutes: 100,
  });
});
