import { describe, expect, test } from '@jest/globals';
import type { Decision, RegionLevel } from '@shixun/kernel';
import type { MoveRecord, QualificationRecord } from '../institutions/institution.ts';
import { type AppealFacts, type AppealState, decideAppeal, lodgeAppeal } from './appeal.ts';

const qualification: QualificationRecord = {
  state: 'suspended',
  levels: ['county'],
  stages: ['primary'],
  subjects: ['chinese'],
  modalities: ['blended'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  termDays: 365,
  run: [],
};
const suspend: MoveRecord = {
  move: 'suspend',
  from: 'probation',
  to: 'suspended',
  reason: '',
  gradeIds: ['grd_1'],
};
const facts: AppealFacts = {
  qualification,
  application: null,
  appealedMove: suspend,
  latest: true,
  earlier: null,
};
const refused = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('lodgeAppeal', () => {
  test('REG-09: the superior of the bureau of the scope decides about a move that grades made', () => {
    expect(lodgeAppeal(facts)).toMatchObject({ outcome: { decidedByLevel: 'city' } });
  });

  test.each([
    ['county', 'city'],
    ['city', 'province'],
    ['province', 'province'],
  ] as const)(
    'REG-09: a move that the %s made is decided by the %s',
    (bureauLevel, decidedByLevel) => {
      const appealedMove = { ...suspend, move: 'revoke', to: 'revoked', bureauLevel } as const;
      const revoked = { ...qualification, state: 'revoked' } as const;
      expect(lodgeAppeal({ ...facts, qualification: revoked, appealedMove })).toMatchObject({
        accepted: true,
        outcome: { decidedByLevel },
      });
    },
  );

  test.each(['lodged', 'upheld', 'dismissed'] as const)(
    'REG-09: one appeal: a second one is refused, whether the first is %s or not',
    (state) => {
      expect(refused(lodgeAppeal({ ...facts, earlier: { state } }))).toEqual(['APPEAL_TWICE']);
    },
  );

  test('REG-09: only what led to the present state can be appealed', () => {
    expect(refused(lodgeAppeal({ ...facts, latest: false }))).toEqual(['MOVE_NOT_APPEALABLE']);
    const grant = { ...suspend, move: 'grant', from: 'under_review', to: 'qualified' } as const;
    const qualified = { ...qualification, state: 'qualified' } as const;
    expect(
      refused(lodgeAppeal({ ...facts, appealedMove: grant, qualification: qualified })),
    ).toEqual(['MOVE_NOT_APPEALABLE']);
  });
});

describe('decideAppeal', () => {
  const decided = (
    verdict: 'upheld' | 'dismissed',
    bureauLevels: readonly RegionLevel[] = ['city'],
    change: Partial<AppealFacts> = {},
    state: AppealState = 'lodged',
  ) =>
    decideAppeal(
      { verdict, reason: '成绩录入有误' },
      { ...facts, ...change, appeal: { state, decidedByLevel: 'city' }, bureauLevels },
    );

  test('REG-09: upheld, the institution is back where the move found it, with the results behind it', () => {
    expect(decided('upheld')).toMatchObject({
      outcome: {
        qualification: { state: 'probation' },
        moves: [{ move: 'reinstate', from: 'suspended', to: 'probation', gradeIds: ['grd_1'] }],
      },
    });
  });

  test('REG-09: dismissed, nothing moves', () => {
    expect(decided('dismissed')).toMatchObject({
      outcome: { qualification: { state: 'suspended' }, moves: [] },
    });
  });

  test('REG-09: the bureau that made the move cannot decide about itself, its superiors can', () => {
    expect(refused(decided('upheld', ['county']))).toEqual(['APPEAL_OF_OWN_DECISION']);
    expect(refused(decided('upheld', ['city']))).toEqual([]);
    expect(refused(decided('upheld', ['county', 'province']))).toEqual([]);
    expect(refused(decided('upheld', []))).toEqual(['APPEAL_OF_OWN_DECISION']);
  });

  test('REG-09: it is decided once', () => {
    expect(refused(decided('upheld', ['city'], {}, 'dismissed'))).toEqual(['APPEAL_DECIDED']);
  });

  test('REG-09: an appeal that a later move has overtaken takes nothing back', () => {
    const revoked = { ...qualification, state: 'revoked' } as const;
    expect(decided('upheld', ['city'], { latest: false, qualification: revoked })).toMatchObject({
      outcome: { qualification: { state: 'revoked' }, moves: [] },
    });
  });
});
