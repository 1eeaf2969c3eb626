import { expect, test } from '@jest/globals';
import { majorOf } from './java.ts';

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "25.0.2" 2026-01-20 LTS', 25],
  ['java version "21" 2023-09-19', 21],
  ['java version "1.8.0_402"', 8],
  ['', 0],
])('%s is Java %i', (said, major) => {
  expect(majorOf(said)).toBe(major);
});
