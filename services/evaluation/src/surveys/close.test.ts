import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type ClosingFacts, closeSurvey } from './close.ts';

const facts: ClosingFacts = {
  survey: {
    id: 'svy_1',
    projectId: 'prj_1',
    state: 'open',
    closesOn: '2026-10-14',
    classIds: ['cls_1'],
  },
  classes: [{ id: 'cls_1', standing: 'ended' }],
  traineesCount: 50,
  answersCount: 40,
  ballotsCount: 45,
  spoiledCount: 0,
  figures: { evaluationCoverageShareMin: { numerator: 4, denominator: 5 } },
};
const within = '2026-10-14';
const after = '2026-10-15';

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
}

describe('EVL-01: when a survey may be counted', () => {
  test('before its last day is over: at exactly 80 % of the trainees, not at one answer less', () => {
    expect(closeSurvey(facts, within)).toMatchObject({
      accepted: true,
      outcome: { traineesCount: 50, answersCount: 40 },
    });
    const decision = closeSurvey({ ...facts, answersCount: 39 }, within);
    expect(decision).toMatchObject({
      faults: [{ figures: { required: '80 %', actual: '78 %', lastDay: '2026-10-14' } }],
    });
    expect(faultsOf(decision)).toEqual(['COVERAGE_BELOW_FLOOR']);
  });

  test('after its last day, however few have answered', () => {
    expect(closeSurvey({ ...facts, answersCount: 0 }, after).accepted).toBe(true);
  });

  test('not while a class is still ahead: its trainees could not answer', () => {
    const classes = [...facts.classes, { id: 'cls_2', standing: 'ahead' } as const];
    expect(faultsOf(closeSurvey({ ...facts, classes }, after))).toEqual(['CLASSES_RUNNING']);
    const cancelled = [...facts.classes, { id: 'cls_2', standing: 'cancelled' } as const];
    expect(closeSurvey({ ...facts, classes: cancelled }, after).accepted).toBe(true);
  });

  test('once: what was counted never moves again', () => {
    const survey = { ...facts.survey, state: 'counted' } as const;
    expect(faultsOf(closeSurvey({ ...facts, survey }, after))).toEqual(['SURVEY_COUNTED']);
  });
});

describe('EVL-02: forged ballots are noticed', () => {
  test('envelopes that do not open stop no count, but become a finding', () => {
    expect(closeSurvey(facts, within)).toMatchObject({ flags: [] });
    expect(closeSurvey({ ...facts, spoiledCount: 1 }, within)).toMatchObject({
      accepted: true,
      flags: [{ code: { name: 'ENVELOPES_SPOILED' }, figures: { actual: 1 } }],
    });
  });

  test('as many answers as ballots are counted, one more is not', () => {
    expect(closeSurvey({ ...facts, ballotsCount: 40 }, within).accepted).toBe(true);
    expect(faultsOf(closeSurvey({ ...facts, ballotsCount: 39 }, within))).toEqual([
      'ANSWERS_EXCEED_BALLOTS',
    ]);
  });
});
