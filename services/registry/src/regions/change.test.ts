import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type ChangeRegions, changeRegions, type KnownRegion } from './change.ts';

const today = '2026-09-01';
const region = (code: string, name: string, parentCode: string | null): KnownRegion => ({
  code,
  name,
  level: code.length === 9 ? 'township' : code.endsWith('00') ? 'city' : 'county',
  parentCode,
  from: null,
  abolishedOn: null,
});
const known = new Map(
  [
    region('140400', '长治市', '140000'),
    region('140402', '城区', '140400'),
    region('140411', '郊区', '140400'),
    region('140421', '长治县', '140400'),
    region('140421100', '韩店镇', '140421'),
    { ...region('140410', '旧区', '140400'), abolishedOn: '1990-01-01' },
  ].map((each) => [each.code, each]),
);
const facts = { known, childCodes: [] };
const command = (changes: ChangeRegions['changes'], effectiveOn = today): ChangeRegions => ({
  provinceCode: '140000',
  effectiveOn,
  basis: '国函',
  changes,
});
const luzhou = { code: '140403', name: '潞州区' };
const merge = command([
  { code: '140402', successors: [luzhou] },
  { code: '140411', successors: [luzhou] },
]);

describe('changeRegions', () => {
  test('REG-01: two districts merge into a new one, and both stay resolvable', () => {
    expect(changeRegions(merge, facts, today)).toMatchObject({
      accepted: true,
      outcome: {
        past: [
          { code: '140402', name: '城区', to: today, successors: ['140403'] },
          { code: '140411', name: '郊区', to: today, successors: ['140403'] },
        ],
        created: [luzhou],
        renamed: [],
        abolished: [{ code: '140402' }, { code: '140411' }],
      },
    });
  });

  test('REG-01: a renaming keeps the code; the same name is no change', () => {
    const rename = (name: string) =>
      changeRegions(
        command([{ code: '140421', successors: [{ code: '140421', name }] }]),
        facts,
        today,
      );
    expect(rename('上党县')).toMatchObject({
      accepted: true,
      outcome: { renamed: [{ code: '140421', name: '上党县' }], abolished: [], created: [] },
    });
    expect(codesOf(rename('长治县'))).toEqual(['REGION_NOTHING_CHANGES']);
  });

  test('REG-01: a split names several; one of them may be the old code', () => {
    const split = command([
      { code: '140402', successors: [{ code: '140402', name: '城区' }, luzhou] },
    ]);
    expect(changeRegions(split, facts, today)).toMatchObject({
      accepted: true,
      outcome: { created: [luzhou], renamed: [], abolished: [] },
    });
  });

  test('REG-01: who abolishes a county says where its townships go', () => {
    const below = { known, childCodes: ['140421100'] };
    const county = { code: '140421', successors: [{ code: '140404', name: '上党区' }] };
    expect(codesOf(changeRegions(command([county]), below, today))).toEqual([
      'REGION_CHILDREN_LEFT',
    ]);
    const township = { code: '140421100', successors: [{ code: '140404001', name: '韩店街道' }] };
    expect(codesOf(changeRegions(command([county, township]), below, today))).toEqual([]);
    const nowhere = { code: '140421100', successors: [{ code: '140405001', name: '韩店街道' }] };
    expect(codesOf(changeRegions(command([county, nowhere]), below, today))).toEqual([
      'REGION_PARENT_MISSING',
    ]);
  });

  test.each([
    ['2026-08-31', []],
    [today, []],
    ['2026-09-02', ['REGION_CHANGE_IN_FUTURE']],
  ])('REG-01: on %s: %j', (effectiveOn, refusals) => {
    expect(codesOf(changeRegions({ ...merge, effectiveOn }, facts, today))).toEqual(refusals);
  });

  test.each([
    ['2018-06-19', ['REGION_CHANGE_TOO_EARLY']],
    ['2018-06-20', []],
  ])('REG-01: a version from 2018-06-19 on, changed on %s: %j', (effectiveOn, refusals) => {
    const since = new Map(known).set('140421', {
      ...region('140421', '长治县', '140400'),
      from: '2018-06-19',
    });
    const rename = command([{ code: '140421', successors: [{ code: '140421', name: '上党县' }] }]);
    expect(
      codesOf(changeRegions({ ...rename, effectiveOn }, { known: since, childCodes: [] }, today)),
    ).toEqual(refusals);
  });

  test.each([
    ['an unknown code', '140499', luzhou, ['REGION_NOT_IN_FORCE']],
    ['an abolished code', '140410', luzhou, ['REGION_NOT_IN_FORCE']],
    ['a code used before', '140402', { code: '140410', name: '新区' }, ['REGION_CODE_USED']],
    [
      'another level',
      '140402',
      { code: '140403001', name: '街道' },
      ['REGION_LEVEL_DIFFERS', 'REGION_PARENT_MISSING'],
    ],
    [
      'another province',
      '140402',
      { code: '130402', name: '某区' },
      ['REGION_OTHER_PROVINCE', 'REGION_PARENT_MISSING'],
    ],
    [
      'a wrong name of what stands',
      '140402',
      { code: '140411', name: '近郊区' },
      ['REGION_NAME_DIFFERS'],
    ],
  ])('REG-01: %s is refused', (_what, code, successor, refusals) => {
    expect(
      codesOf(changeRegions(command([{ code, successors: [successor] }]), facts, today)),
    ).toEqual(refusals);
  });

  test('REG-01: one code stands in a change once', () => {
    const twice = command([...merge.changes, ...merge.changes.slice(0, 1)]);
    expect(codesOf(changeRegions(twice, facts, today))).toEqual(['REGION_NAMED_TWICE']);
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
