import { expect, test } from '@jest/globals';
import { idPrefixes, isId } from './ids.ts';

test('an id names one kind of thing: no prefix is two kinds’', () => {
  const kinds = Map.groupBy(Object.entries(idPrefixes), ([, prefix]) => prefix);
  expect([...kinds].filter(([, of]) => of.length > 1)).toEqual([]);
  expect(isId('appeal', 'apl_2026_x')).toBe(false);
});
