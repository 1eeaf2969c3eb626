import { expect, test } from '@jest/globals';
import { FileRefused } from '@shixun/runtime';
import { SharedStrings } from './shared-strings.ts';

test('REG-06: shared texts are found again by their number, over every block and growth', () => {
  const strings = new SharedStrings();
  const textOf = (n: number) => `${'张三'.repeat(n % 400)}${n}`;
  for (let n = 0; n < 9_000; n += 1) strings.add(textOf(n));
  for (let n = 0; n < 9_000; n += 7) expect(strings.at(n)).toBe(textOf(n));
  strings.add('');
  expect([9_000, 9_001, Number.NaN].map((n) => strings.at(n))).toEqual(['', '', '']);
});

test('REG-06: more than is held of them is refused, in a few long texts or many empty ones', () => {
  const long = 'x'.repeat(32_767);
  const of = (text: string, count: number) => () => {
    const strings = new SharedStrings(2 ** 20);
    for (let n = 0; n < count; n += 1) strings.add(text);
  };
  expect(of(long, 32)).not.toThrow();
  expect(of(long, 33)).toThrow(FileRefused);
  expect(of('', 2 ** 16)).not.toThrow();
  expect(of('', 2 ** 16 + 1)).toThrow(FileRefused);
});
