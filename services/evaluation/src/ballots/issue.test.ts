import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type BallotFacts, issueBallot } from './issue.ts';

const facts: BallotFacts = {
  survey: {
    id: 'svy_1',
    projectId: 'prj_1',
    state: 'open',
    closesOn: '2026-10-15',
    classIds: ['cls_1'],
  },
  traineeOf: ['cls_1'],
  issuedFor: null,
  blindedMessage: 'abc',
  blindedMessageBytes: 256,
};

function issue(change: Partial<BallotFacts>, today = '2026-10-10') {
  return issueBallot({ ...facts, ...change }, today);
}

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
}

describe('EVL-02: one ballot per person', () => {
  test('a trainee gets a ballot', () => {
    expect(issue({})).toMatchObject({ accepted: true, outcome: { first: true } });
  });

  test('the same blinded message is signed again, so that a lost reply loses no vote', () => {
    expect(issue({ issuedFor: 'abc' })).toMatchObject({
      accepted: true,
      outcome: { blindedMessage: 'abc', first: false },
    });
  });

  test('another blinded message is refused: it would be a second ballot', () => {
    expect(faultsOf(issue({ issuedFor: 'xyz' }))).toEqual(['BALLOT_ALREADY_ISSUED']);
  });

  test('a blinded message that is no number below the modulus is refused', () => {
    expect(faultsOf(issue({ blindedMessage: null }))).toEqual(['BLINDED_MESSAGE_INVALID']);
  });
});

describe('EVL-01: trainees evaluate their project', () => {
  test('whoever took no part gets no ballot', () => {
    expect(faultsOf(issue({ traineeOf: [] }))).toEqual(['NOT_A_TRAINEE']);
  });

  test('the trainee of a class that still runs waits for its end', () => {
    expect(faultsOf(issue({ traineeOf: ['cls_2'] }))).toEqual(['CLASS_STILL_RUNNING']);
    expect(issue({ traineeOf: ['cls_2', 'cls_1'] }).accepted).toBe(true);
  });

  test('ballots are issued through the last day, and not on the next', () => {
    expect(issue({}, '2026-10-15').accepted).toBe(true);
    expect(faultsOf(issue({}, '2026-10-16'))).toEqual(['SURVEY_CLOSED']);
  });

  test('a counted survey issues none, whatever the day', () => {
    expect(faultsOf(issue({ survey: { ...facts.survey, state: 'counted' } }))).toEqual([
      'SURVEY_CLOSED',
    ]);
  });

  test('GOV-01: everything that speaks against it is named at once', () => {
    const decision = issue({ traineeOf: [], blindedMessage: null }, '2026-10-16');
    expect(faultsOf(decision)).toEqual([
      'SURVEY_CLOSED',
      'NOT_A_TRAINEE',
      'BLINDED_MESSAGE_INVALID',
    ]);
  });
});
