import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import { applyForQualification, type QualificationMovedTo } from './apply.ts';
import { afterPeriod } from './expire.ts';
import { afterGrade } from './grade.ts';
import type { InstitutionQualification, QualificationRecord } from './institution.ts';
import { nextMoves } from './life-cycle.ts';
import type { AskedScope } from './qualification-scope.ts';
import { registerInstitution } from './register.ts';
import { reviewQualification, type Verdict } from './review.ts';

const today = '2026-09-01';
const scope: AskedScope = {
  levels: ['county'],
  stages: ['primary'],
  subjects: ['chinese'],
  modalities: ['blended'],
  validFrom: '2026-09-01',
  validTo: '2027-08-31',
};
const applied: QualificationRecord = { ...scope, state: 'applied', termDays: 365, run: [] };
const first: InstitutionQualification = { qualification: applied, application: null };
const qualified: InstitutionQualification = {
  qualification: { ...applied, state: 'qualified' },
  application: null,
};
const wider: AskedScope = { ...scope, levels: ['county', 'city'] };

describe('registerInstitution', () => {
  const command = {
    name: '小店区教师发展中心',
    kind: 'development_centre',
    regionCode: '140105',
    parentInstitutionId: null,
    scope,
  } as const;

  test('REG-08: the life of an institution begins as applied, for the scope it asks', () => {
    expect(registerInstitution(command, { regionKnown: true, parent: null }, today)).toMatchObject({
      accepted: true,
      outcome: { qualification: { state: 'applied', levels: ['county'], termDays: 365 } },
    });
  });

  test('REG-01: a region that is not in the table is refused', () => {
    expect(
      codesOf(registerInstitution(command, { regionKnown: false, parent: null }, today)),
    ).toEqual(['INSTITUTION_REGION_UNKNOWN']);
  });

  test.each([
    [{ levels: [] }, ['SCOPE_EMPTY']],
    [{ stages: [], subjects: [], modalities: [] }, ['SCOPE_EMPTY', 'SCOPE_EMPTY', 'SCOPE_EMPTY']],
    [{ validFrom: '2027-08-31' }, ['PERIOD_REVERSED']],
    [{ validFrom: '2025-09-01', validTo: '2026-08-31' }, ['PERIOD_OVER']],
    [{ validFrom: '2025-09-01', validTo: '2026-09-01' }, []],
    [{ validTo: '2031-08-31' }, []],
    [{ validTo: '2031-09-01' }, ['PERIOD_TOO_LONG']],
  ])('REG-08: a scope with %j is refused with %j', (change, refusals) => {
    const asked = { ...command, scope: { ...scope, ...change } };
    expect(codesOf(registerInstitution(asked, { regionKnown: true, parent: null }, today))).toEqual(
      refusals,
    );
  });
});

const lacking: readonly (readonly [
  levels: AskedScope['levels'],
  stages: AskedScope['stages'],
  refused: readonly string[],
])[] = [
  [['county'], ['junior', 'vocational'], ['SCOPE_STAGE_WITHOUT_LEVEL 1']],
  [['city', 'county'], ['vocational'], ['SCOPE_LEVEL_WITHOUT_STAGE 1']],
  [['city'], ['vocational', 'junior'], []],
  [['national'], ['higher'], ['SCOPE_STAGE_WITHOUT_LEVEL 0', 'SCOPE_LEVEL_WITHOUT_STAGE 0']],
  [['provincial', 'school'], ['higher'], []],
];

test.each(lacking)('REG-02: a scope of levels %j and stages %j: %j', (levels, stages, refused) => {
  const asked = {
    ...{ name: '小店区教师发展中心', regionCode: '140105', parentInstitutionId: null },
    kind: 'development_centre' as const,
    scope: { ...scope, levels, stages },
  };
  const decision = registerInstitution(asked, { regionKnown: true, parent: null }, today);
  const faults = decision.accepted ? [] : decision.faults;
  expect(faults.map(({ code, path }) => `${code.name} ${path.at(-1)}`)).toEqual(refused);
});

describe('parts of a university', () => {
  const college = {
    name: '山西大学教师教育学院',
    kind: 'university',
    regionCode: '140105',
    parentInstitutionId: 'ins_university',
    scope: null,
  } as const;
  const university = { kind: 'university', parentInstitutionId: null } as const;

  test('REG-17: a college is recorded as a part of its university, in a state from which nothing leads on', () => {
    const decision = registerInstitution(college, { regionKnown: true, parent: university }, today);
    expect(decision).toMatchObject({
      accepted: true,
      outcome: { qualification: { state: 'none' } },
    });
    expect(nextMoves('none')).toEqual([]);
  });

  test.each([
    ['a university itself', { parentInstitutionId: null, scope }, university, []],
    ['a college that asks for a scope', { scope }, university, ['UNIVERSITY_PART']],
    [
      'a part of an online provider',
      {},
      { kind: 'online_provider', parentInstitutionId: null },
      ['PARENT_NOT_A_UNIVERSITY'],
    ],
    [
      'a part of a part',
      {},
      { kind: 'university', parentInstitutionId: 'ins_2' },
      ['PARENT_NOT_A_UNIVERSITY'],
    ],
    ['a part of nothing', {}, null, ['PARENT_NOT_A_UNIVERSITY']],
    [
      'an institution that asks for nothing',
      { parentInstitutionId: null },
      null,
      ['SCOPE_MISSING'],
    ],
  ] as const)('REG-17: registering %s', (_, change, parent, refusals) => {
    expect(
      codesOf(registerInstitution({ ...college, ...change }, { regionKnown: true, parent }, today)),
    ).toEqual(refusals);
  });

  test('REG-17: a college cannot apply, its university can', () => {
    const record = (parentInstitutionId: string | null) => ({ ...qualified, parentInstitutionId });
    const apply = (parent: string | null) =>
      codesOf(
        applyForQualification({ institutionId: 'ins_1', scope: wider }, record(parent), today),
      );
    expect(apply('ins_university')).toEqual(['UNIVERSITY_PART']);
    expect(apply(null)).toEqual([]);
  });
});

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

function review(
  record: InstitutionQualification,
  verdict: Verdict,
  reason = '',
  bureauLevels: readonly ('province' | 'city' | 'county')[] = ['county'],
): Decision<QualificationMovedTo> {
  return reviewQualification(
    { institutionId: 'ins_1', verdict, reason, findingIds: verdict === 'revoke' ? ['fnd_1'] : [] },
    { ...record, bureauLevels },
    today,
  );
}

function outcomeOf(decision: Decision<QualificationMovedTo>): QualificationMovedTo {
  if (!decision.accepted) throw new Error(codesOf(decision).join());
  return decision.outcome;
}

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
