import { expect, test } from '@jest/globals';
import { percentText } from './exact.ts';

const half = { numerator: 50, denominator: 100 };

test('a share is cut to a tenth of a percent; told its limit, it is the nearest tenth on its own side of it', () => {
  expect(percentText(44, 90)).toBe('48.8 %');
  expect(percentText(44, 90, half)).toBe('48.9 %');
  expect(percentText(1, 2, half)).toBe('50 %');
  expect(percentText(0, 0, half)).toBe('0 %');
});

test('a share a hair below its limit is never shown as the limit, nor one a hair above it', () => {
  expect(percentText(49_999, 100_000, half)).toBe('49.9 %');
  expect(percentText(50_001, 100_000, half)).toBe('50.1 %');
  expect(percentText(1, 3, { numerator: 1, denominator: 3 })).toBe('33.3 %');
  expect(percentText(1, 3, { numerator: 333, denominator: 1000 })).toBe('33.4 %');
});
