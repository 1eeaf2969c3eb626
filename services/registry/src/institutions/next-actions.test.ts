import { describe, expect, test } from '@jest/globals';
import { national, type QualificationState } from '@shixun/kernel';
import type { QualificationRecord } from './institution.ts';
import { type NextActionFacts, nextActions } from './next-actions.ts';

const record: QualificationRecord = {
  state: 'qualified',
  levels: ['city', 'county'],
  stages: ['primary'],
  subjects: ['chinese'],
  modalities: ['blended'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  termDays: 365,
  run: [],
};
const on = (
  state: QualificationState,
  change: Partial<NextActionFacts> = {},
  run: QualificationRecord['run'] = [],
) =>
  nextActions(
    { qualification: { ...record, state, run }, application: null, appealed: null, ...change },
    '2026-06-01',
    national.figures,
  );
const moves = (...args: Parameters<typeof on>) => on(...args).map(({ move }) => move);

describe('nextActions', () => {
  test('REG-08: an applied institution may amend, its bureau take up; the level of the scope says which bureau', () => {
    expect(on('applied')).toEqual([
      expect.objectContaining({ move: 'amend', by: 'institution', bureauLevel: null, ready: true }),
      expect.objectContaining({ move: 'take_up', by: 'bureau', bureauLevel: 'city', ready: true }),
    ]);
  });

  test('REG-09: what is missing for probation and renewal counts the grades there are', () => {
    const missing = (run: QualificationRecord['run']) =>
      Object.fromEntries(on('qualified', {}, run).map((row) => [row.move, row.missingEn]));
    expect(missing([])).toMatchObject({
      warn: 'a grade D, or 2 more C running',
      renew: '2 more A running',
    });
    expect(missing([{ gradeId: 'grd_1', grade: 'C' }]).warn).toBe('a grade D, or 1 more C running');
    expect(missing([{ gradeId: 'grd_1', grade: 'A' }]).renew).toBe('1 more A running');
  });

  test('REG-09: a reinstatement is there only for the state from which the appealed move came', () => {
    expect(moves('suspended')).toEqual(['revoke', 'supersede', 'apply']);
    const appealed = {
      move: 'suspend',
      from: 'probation',
      to: 'suspended',
      reason: '',
      gradeIds: ['grd_1'],
    } as const;
    expect(on('suspended', { appealed }).find(({ move }) => move === 'reinstate')).toMatchObject({
      to: 'probation',
      by: 'superior',
      bureauLevel: 'province',
      ready: true,
    });
  });

  test('REG-17: for a part of a university nothing may happen', () => {
    expect(moves('none', { parentInstitutionId: 'ins_university' })).toEqual([]);
  });

  test.each([
    ['revoked', ['apply']],
    ['expired', ['apply']],
    ['under_review', ['return', 'grant']],
  ] as const)('REG-08: from %s there is %j', (state, expected) => {
    expect(moves(state)).toEqual(expected);
  });
});
