import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { applyForQualification } from './apply.ts';
import { afterPeriod } from './expire.ts';
import { afterGrade } from './grade.ts';
import {
  applied,
  codesOf,
  first,
  outcomeOf,
  qualified,
  review,
  scope,
  today,
  wider,
} from './qualification.example.ts';
import { reviewQualification } from './review.ts';

describe('afterPeriod', () => {
  test('REG-08: on its last day it stands, the day after it is expired, once', () => {
    expect(afterPeriod(qualified, '2027-08-31')).toBeNull();
    const ended = afterPeriod(qualified, '2027-09-01');
    expect(ended).toMatchObject({
      qualification: { state: 'expired' },
      moves: [{ move: 'expire', from: 'qualified', to: 'expired' }],
    });
    expect(ended === null ? 'ended' : afterPeriod(ended, '2027-09-02')).toBeNull();
  });
});

describe('applyForQualification', () => {
  test('REG-08: a correction before the review replaces what was asked', () => {
    const decision = applyForQualification({ institutionId: 'ins_1', scope: wider }, first, today);
    expect(decision).toMatchObject({
      accepted: true,
      outcome: {
        qualification: { state: 'applied', levels: ['county', 'city'] },
        application: null,
        moves: [{ move: 'amend', from: 'applied', to: 'applied' }],
      },
    });
  });

  test('REG-08: what stands goes on standing while a wider scope is asked for', () => {
    const decision = applyForQualification(
      { institutionId: 'ins_1', scope: wider },
      qualified,
      today,
    );
    expect(decision).toMatchObject({
      accepted: true,
      outcome: {
        qualification: { state: 'qualified', levels: ['county'] },
        application: { state: 'applied', levels: ['county', 'city'] },
        moves: [{ move: 'apply', from: null, to: 'applied' }],
      },
    });
  });

  test('REG-08: nothing is changed while it is reviewed', () => {
    const reviewed = outcomeOf(review(first, 'take_up'));
    expect(
      codesOf(applyForQualification({ institutionId: 'ins_1', scope }, reviewed, today)),
    ).toEqual(['UNDER_REVIEW']);
  });
});

describe('reviewQualification', () => {
  test('REG-08: applied, taken up, granted', () => {
    const reviewed = outcomeOf(review(first, 'take_up'));
    expect(reviewed.qualification.state).toBe('under_review');
    expect(outcomeOf(review(reviewed, 'grant'))).toMatchObject({
      qualification: { state: 'qualified', termDays: 365 },
      application: null,
      moves: [{ move: 'grant', from: 'under_review', to: 'qualified' }],
    });
  });

  test('REG-08: what was returned may be corrected and taken up again', () => {
    const reviewed = outcomeOf(review(first, 'take_up'));
    const returned = outcomeOf(review(reviewed, 'return', '缺少师资名单'));
    expect(returned.qualification.state).toBe('applied');
    expect(outcomeOf(review(returned, 'take_up')).qualification.state).toBe('under_review');
  });

  test('REG-08: granting a wider scope takes the place of what stood', () => {
    const asked = outcomeOf(
      applyForQualification({ institutionId: 'ins_1', scope: wider }, qualified, today),
    );
    const reviewed = outcomeOf(review(asked, 'take_up', '', ['city']));
    expect(reviewed.qualification.state).toBe('qualified');
    expect(outcomeOf(review(reviewed, 'grant', '', ['city']))).toMatchObject({
      qualification: { state: 'qualified', levels: ['county', 'city'] },
      application: null,
      moves: [
        { move: 'supersede', from: 'qualified', to: 'expired' },
        { move: 'grant', from: 'under_review', to: 'qualified' },
      ],
    });
  });

  test.each([
    ['grant', first],
    ['return', first],
    ['take_up', qualified],
    ['revoke', first],
  ] as const)('REG-08: %s is refused where the life cycle has no such row', (verdict, record) => {
    expect(codesOf(review(record, verdict, 'x'))).toEqual(['MOVE_NOT_POSSIBLE']);
  });

  test.each([
    ['county', ['county'], []],
    ['city', ['county'], ['REVIEWER_LEVEL']],
    ['city', ['city'], []],
    ['provincial', ['city'], ['REVIEWER_LEVEL']],
    ['national', ['province'], []],
  ] as const)('REG-08: a scope up to %s level reviewed by %j: %j', (level, bureau, refusals) => {
    const record = { ...first, qualification: { ...applied, levels: [level, 'school'] as const } };
    expect(codesOf(review(record, 'take_up', '', bureau))).toEqual(refusals);
  });

  test('REG-08: a return and a revocation need a reason', () => {
    const reviewed = outcomeOf(review(first, 'take_up'));
    expect(codesOf(review(reviewed, 'return'))).toEqual(['REASON_MISSING']);
    expect(codesOf(review(qualified, 'revoke'))).toEqual(['REASON_MISSING']);
  });

  test('REG-09: what stands may be revoked for a stated reason', () => {
    expect(outcomeOf(review(qualified, 'revoke', '弄虚作假'))).toMatchObject({
      qualification: { state: 'revoked' },
      moves: [
        {
          move: 'revoke',
          from: 'qualified',
          to: 'revoked',
          reason: '弄虚作假',
          findingIds: ['fnd_1'],
          bureauLevel: 'county',
        },
      ],
    });
  });

  test('REG-09: a revocation without a serious-quality finding behind it is refused', () => {
    const command = { institutionId: 'ins_1', verdict: 'revoke', reason: '弄虚作假' } as const;
    const facts = { ...qualified, bureauLevels: ['county'] } as const;
    const codesWith = (findingIds: readonly string[]) =>
      codesOf(reviewQualification({ ...command, findingIds }, facts, today));
    expect(codesWith([])).toEqual(['FINDING_MISSING']);
    expect(codesWith(['fnd_1'])).toEqual([]);
  });

  test('REG-08: on the last day of the period it may still be granted, the day after not', () => {
    const reviewed = outcomeOf(review(first, 'take_up'));
    const on = (date: string) =>
      codesOf(
        reviewQualification(
          { institutionId: 'ins_1', verdict: 'grant', reason: '', findingIds: [] },
          { ...reviewed, bureauLevels: ['county'] },
          date,
        ),
      );
    expect(on('2027-08-31')).toEqual([]);
    expect(on('2027-09-01')).toEqual(['PERIOD_OVER']);
  });
});

describe('afterGrade', () => {
  const grade = (gradeId: string, value: 'A' | 'C') => ({ gradeId, grade: value });

  test('REG-09: a renewal adds the days that were granted, without an application', () => {
    const once = afterGrade(qualified, grade('grd_1', 'A'), national.figures);
    expect(once.qualification.validTo).toBe('2027-08-31');
    const twice = afterGrade(once, grade('grd_2', 'A'), national.figures);
    expect(twice).toMatchObject({
      qualification: { state: 'qualified', validTo: '2028-08-30', run: [] },
      moves: [{ move: 'renew', gradeIds: ['grd_1', 'grd_2'] }],
    });
  });

  test('REG-09: a move to probation leaves scope and period as they are', () => {
    const once = afterGrade(qualified, grade('grd_1', 'C'), national.figures);
    const twice = afterGrade(once, grade('grd_2', 'C'), national.figures);
    expect(twice.qualification).toEqual({
      ...qualified.qualification,
      state: 'probation',
      run: [],
    });
  });
});
