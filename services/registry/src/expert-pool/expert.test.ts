import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import { decideAdjustment, type ExpertYear, proposeAdjustment } from './adjust.ts';
import { nominateExpert, reviewNomination, termEnd, termOver } from './expert.ts';

const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('nomination and term', () => {
  test('REG-10: nobody is nominated twice into one pool while nominated or admitted', () => {
    const nominate = (open: { state: string } | null) =>
      codesOf(nominateExpert({ stages: ['primary'] }, { regionKnown: true, open }));
    expect(nominate(null)).toEqual([]);
    expect(nominate({ state: 'nominated' })).toEqual(['EXPERT_ALREADY']);
  });

  test('REG-10: admission is for the policy’s term; the last day still counts', () => {
    const { poolTermYears: termYears } = national.figures;
    const decision = reviewNomination(
      { verdict: 'admit', reason: '' },
      { state: 'nominated', termYears },
      '2026-09-01',
    );
    expect(decision).toMatchObject({
      outcome: { state: 'admitted', admittedOn: '2026-09-01', termEndsOn: '2029-08-31' },
    });
    expect(termOver('2029-08-31', '2029-08-31')).toBe(false);
    expect(termOver('2029-08-31', '2029-09-01')).toBe(true);
    expect(termEnd('2028-02-29', 3)).toBe('2031-02-27');
  });

  test('REG-10: a refusal needs a reason, and only a nomination is reviewed', () => {
    const review = (reason: string, state: 'nominated' | 'ended') =>
      codesOf(
        reviewNomination({ verdict: 'refuse', reason }, { state, termYears: 3 }, '2026-09-01'),
      );
    expect(review('', 'nominated')).toEqual(['POOL_REASON_MISSING']);
    expect(review('专业不符', 'nominated')).toEqual([]);
    expect(review('专业不符', 'ended')).toEqual(['NOT_NOMINATED']);
  });
});

describe('yearly adjustment', () => {
  const year: ExpertYear = { sessions: 1, ratingCenti: 60_00, breaches: 0 };
  const grounds = (change: Partial<ExpertYear>) =>
    proposeAdjustment({ ...year, ...change }, national.figures).reasons.map(({ ground }) => ground);

  test('REG-10: at the floors an expert is kept, below each of them removal is proposed with its reason', () => {
    expect(proposeAdjustment(year, national.figures)).toEqual({ proposal: 'keep', reasons: [] });
    expect(grounds({ ratingCenti: 59_99 })).toEqual(['rating']);
    expect(grounds({ ratingCenti: null })).toEqual([]);
    expect(grounds({ sessions: 0 })).toEqual(['workload']);
    expect(grounds({ breaches: 1 })).toEqual(['discipline']);
    expect(grounds({ ratingCenti: 0, sessions: 0, breaches: 2 })).toHaveLength(3);
  });

  test('REG-10: the bureau decides each line once; a rejection needs a reason', () => {
    const decided = (verdict: 'confirmed' | 'rejected', reason: string, state = 'proposed') =>
      codesOf(decideAdjustment({ verdict, reason }, { state }));
    expect(decided('confirmed', '')).toEqual([]);
    expect(decided('rejected', '')).toEqual(['POOL_REASON_MISSING']);
    expect(decided('rejected', '产假')).toEqual([]);
    expect(decided('confirmed', '', 'rejected')).toEqual(['ADJUSTMENT_DECIDED']);
  });
});
