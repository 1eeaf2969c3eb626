import { expect, test } from '@jest/globals';
import { readAhead } from './read-ahead.ts';

async function* counting(made: number[], until: number): AsyncGenerator<number> {
  try {
    for (let n = 1; n <= until; n += 1) {
      made.push(n);
      yield n;
    }
    if (until > 2) throw new Error('cut off');
  } finally {
    made.push(0);
  }
}

test('REG-06: one item is made ahead and no more, in order', async () => {
  const made: number[] = [];
  const seen: string[] = [];
  for await (const each of readAhead(counting(made, 2))) seen.push(`${each}: ${made.join()}`);
  expect(seen).toEqual(['1: 1,2', '2: 1,2,0']);
});

test('REG-06: who stops early ends the reading; a failure comes after the items before it', async () => {
  const made: number[] = [];
  for await (const each of readAhead(counting(made, 9))) if (each === 2) break;
  expect(made).toEqual([1, 2, 3, 0]);
  const seen: number[] = [];
  const all = async () => {
    for await (const each of readAhead(counting([], 3))) seen.push(each);
  };
  await expect(all()).rejects.toThrow('cut off');
  expect(seen).toEqual([1, 2, 3]);
});
