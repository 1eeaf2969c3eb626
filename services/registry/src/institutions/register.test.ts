import { describe, expect, test } from '@jest/globals';
import { applyForQualification } from './apply.ts';
import { nextMoves } from './life-cycle.ts';
import { codesOf, qualified, scope, today, wider } from './qualification.example.ts';
import type { AskedScope } from './qualification-scope.ts';
import { registerInstitution } from './register.ts';

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
