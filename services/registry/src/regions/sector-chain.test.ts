import { expect, test } from '@jest/globals';
import { bureauLevelsOf, hasSay } from './sector-chain.ts';

test.each([
  ['basic', 'county', true],
  ['basic', 'township', false],
  ['vocational', 'city', true],
  ['vocational', 'county', false],
  ['higher', 'province', true],
  ['higher', 'city', false],
] as const)('REG-02: in the %s sector the %s has a say: %s', (sector, level, say) => {
  expect(hasSay(sector, [level])).toBe(say);
});

test('REG-02: one level that has a say is enough', () => {
  expect(hasSay('higher', ['county', 'province'])).toBe(true);
  expect(hasSay('higher', [])).toBe(false);
});

test('REG-01: a bureau acts in its own subtree only', () => {
  const caller = {
    grants: [
      { role: 'CountyAdmin', regionCode: '140105' },
      { role: 'CityAdmin', regionCode: '140200' },
      { role: 'Teacher' },
    ],
  };
  expect(bureauLevelsOf(caller, '140105001')).toEqual(['county']);
  expect(bureauLevelsOf(caller, '140106')).toEqual([]);
  expect(bureauLevelsOf(caller, '140212')).toEqual(['city']);
  expect(bureauLevelsOf(null, '140105')).toEqual([]);
});
