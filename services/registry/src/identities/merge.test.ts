import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { commonRegion, likenessTexts, pairId, sharedLikeness } from './likeness.ts';
import { type MergeFacts, mergeTeachers, unmergeTeacher } from './merge.ts';

const facts: MergeFacts = {
  teacher: { id: 'tch_b', status: 'active', sector: 'basic' },
  survivor: { id: 'tch_a', status: 'active', sector: 'basic' },
  inArea: true,
};

describe('mergeTeachers', () => {
  test('REG-16: the old record redirects, and keeps what an unmerge gives back', () => {
    expect(mergeTeachers(facts)).toMatchObject({
      accepted: true,
      outcome: { status: 'merged', mergedInto: 'tch_a', beforeMerge: 'active' },
    });
  });

  test.each([
    ['active', 'active', []],
    ['left', 'active', []],
    ['retired', 'left', []],
    ['active', 'left', ['SURVIVOR_NOT_ACTIVE']],
    ['merged', 'active', ['MERGED_ALREADY']],
    ['active', 'merged', ['MERGED_ALREADY']],
  ] as const)('REG-16: one who is %s into one who is %s: %j', (from, to, refusals) => {
    const teacher = { ...facts.teacher, status: from };
    const survivor = { ...facts.survivor, status: to };
    expect(codesOf(mergeTeachers({ ...facts, teacher, survivor }))).toEqual(refusals);
  });

  test('REG-16: not into itself, not by a bureau of one of them only, not across sectors', () => {
    expect(codesOf(mergeTeachers({ ...facts, survivor: facts.teacher }))).toEqual([
      'MERGE_INTO_ITSELF',
    ]);
    expect(codesOf(mergeTeachers({ ...facts, inArea: false }))).toEqual(['MERGE_OUT_OF_AREA']);
    const survivor = { ...facts.survivor, sector: 'higher' };
    expect(codesOf(mergeTeachers({ ...facts, survivor }))).toEqual(['MERGE_SECTORS_DIFFER']);
  });

  test('REG-16: an unmerge gives the record back as it was; what was never merged has none', () => {
    const merged = { status: 'merged', beforeMerge: 'retired' } as const;
    expect(unmergeTeacher({ teacher: merged })).toMatchObject({
      accepted: true,
      outcome: { status: 'retired', mergedInto: null },
    });
    expect(codesOf(unmergeTeacher({ teacher: { status: 'active' } }))).toEqual(['NOT_MERGED']);
  });
});

describe('likeness', () => {
  const person = { name: '古丽·某', birthDate: '1990-01-01', phone: '13800138000' };

  test('REG-16: the same name in another writing is the same; another birth date is not', () => {
    expect(likenessTexts({ ...person, name: ' 古丽 ・ 某' })).toEqual(likenessTexts(person));
    const [birth] = likenessTexts({ ...person, birthDate: '1990-01-02' });
    expect(likenessTexts(person)).not.toContainEqual(birth);
  });

  test('REG-16: without a phone only name and birth date are compared', () => {
    expect(likenessTexts({ ...person, phone: null }).map(([kind]) => kind)).toEqual(['birth_date']);
  });

  test('REG-16: what is shared is named', () => {
    expect(sharedLikeness(['birth_date:x', 'phone:y'], ['phone:y', 'birth_date:z'])).toEqual([
      'phone',
    ]);
    expect(sharedLikeness(['birth_date:x'], ['birth_date:z'])).toEqual([]);
  });

  test.each([
    ['140105001', '140105201', '140105'],
    ['140105001', '140105001', '140105001'],
    ['140105001', '140106001', '140100'],
    ['140105001', '140200', '140000'],
    ['140105001', '130105001', null],
  ])('REG-16: a pair in %s and %s is the business of %s', (one, other, region) => {
    expect(commonRegion(one, other)).toBe(region);
  });

  test('REG-16: a pair is one pair from either side', () => {
    expect(pairId('tch_b', 'tch_a')).toBe(pairId('tch_a', 'tch_b'));
  });
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
