import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { answerOffer } from './answer-offer.ts';
import { type WithdrawFacts, withdrawEnrollment } from './withdraw.ts';

const closesAt = new Date('2026-06-06T00:00:00Z');
const before = new Date(closesAt.getTime() - 1);
const facts: WithdrawFacts = {
  state: 'confirmed',
  classState: 'open',
  closesAt,
  freeWithdrawalUntil: null,
  byOwner: false,
};
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const withdraw = (change: Partial<WithdrawFacts>, now: Date, reason: string | null = null) =>
  withdrawEnrollment({ reason }, { ...facts, ...change }, now);

describe('CRS-44: withdrawal', () => {
  test('is free until the window closes, and not from that instant on', () => {
    expect(withdraw({}, before)).toMatchObject({ outcome: { free: true, promotes: true } });
    expect(codesOf(withdraw({}, closesAt))).toEqual(['WITHDRAWAL_NEEDS_CONSENT']);
  });
  test('CRS-19: a major change opens it again: free a millisecond before the end of its window, at the end no more', () => {
    const freeWithdrawalUntil = new Date('2026-07-20T09:30:00Z');
    const last = new Date(freeWithdrawalUntil.getTime() - 1);
    const again = { freeWithdrawalUntil, classState: 'running' } as const;
    expect(withdraw(again, last)).toMatchObject({ outcome: { free: true, promotes: false } });
    expect(codesOf(withdraw(again, freeWithdrawalUntil))).toEqual(['WITHDRAWAL_NEEDS_CONSENT']);
    // A window that ends before the menu's takes nothing away.
    const earlier = new Date(closesAt.getTime() - 86_400_000);
    expect(withdraw({ freeWithdrawalUntil: earlier }, before).accepted).toBe(true);
  });
  test('later needs the owner and a reason', () => {
    expect(codesOf(withdraw({ byOwner: true }, closesAt))).toEqual(['WITHDRAWAL_NEEDS_REASON']);
    expect(codesOf(withdraw({ byOwner: true }, closesAt, '  '))).toEqual([
      'WITHDRAWAL_NEEDS_REASON',
    ]);
    expect(withdraw({ byOwner: true }, closesAt, '病假')).toMatchObject({
      outcome: { free: false },
    });
  });
  test('passes the place on only until the class runs', () => {
    const late = withdraw({ byOwner: true, classState: 'running' }, closesAt, '病假');
    expect(late).toMatchObject({ outcome: { freesPlace: true, promotes: false } });
  });
  test('from the waitlist frees no place and is free at any time', () => {
    const left = withdraw({ state: 'waitlisted' }, closesAt);
    expect(left).toMatchObject({ outcome: { free: true, freesPlace: false } });
  });
  test('twice is refused', () => {
    expect(codesOf(withdraw({ state: 'withdrawn' }, before))).toEqual(['WITHDRAWAL_NOT_POSSIBLE']);
  });
});

describe('CRS-42: the offered place', () => {
  const offer = { state: 'offered', respondBy: closesAt } as const;
  test('can be taken or declined until its response time is over', () => {
    expect(answerOffer({ accept: true }, offer, before)).toMatchObject({
      outcome: { state: 'confirmed' },
    });
    expect(answerOffer({ accept: false }, offer, before)).toMatchObject({
      outcome: { state: 'declined' },
    });
    expect(codesOf(answerOffer({ accept: true }, offer, closesAt))).toEqual(['OFFER_LAPSED']);
  });
  test('is nobody’s without an offer', () => {
    const waiting = { state: 'waitlisted', respondBy: null } as const;
    expect(codesOf(answerOffer({ accept: true }, waiting, before))).toEqual(['NO_OFFER']);
  });
});
