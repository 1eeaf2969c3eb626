import { expect, test } from '@jest/globals';
import { type Counted, KeptCounts } from './readers-kept.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 0, 0, second));

/** Counts how often it is counted; each count answers its own number. */
function counting(change: Partial<Counted<number>> = {}) {
  const kept = new KeptCounts<number>();
  let counts = 0;
  const ask = (key: string, version: string, second: number) =>
    kept.of({ key, version, now: at(second) }, async () => {
      counts += 1;
      return { counts, version, from: at(second), until: at(60), ...change };
    });
  return { kept, ask };
}

test('CRS-40: counts hold from the instant they were counted at until the one at which something closes', async () => {
  const { ask } = counting();
  expect(await ask('a', '1', 30)).toBe(1);
  expect(await ask('a', '1', 30)).toBe(1);
  expect(await ask('a', '1', 59)).toBe(1);
  expect(await ask('a', '1', 60)).toBe(2);
  expect(await ask('a', '1', 29)).toBe(3);
  expect(await ask('a', '1', 59)).toBe(3);
});

test('CRS-40: where nothing counted ever closes, only another version makes it count again; each question by itself', async () => {
  const { ask } = counting({ until: null });
  expect(await ask('a', '1', 30)).toBe(1);
  expect(await ask('b', '1', 30)).toBe(2);
  expect(await ask('a', '1', 3_600)).toBe(1);
  expect(await ask('a', '2', 3_600)).toBe(3);
  expect(await ask('a', '1', 3_600)).toBe(4);
  expect(await ask('b', '1', 30)).toBe(2);
});

test('CRS-40: who asks at the same time is counted for once, before and after a change', async () => {
  const { ask } = counting();
  const all = (version: string) =>
    Promise.all(Array.from({ length: 50 }, () => ask('a', version, 30)));
  expect(new Set(await all('1'))).toEqual(new Set([1]));
  expect(new Set(await all('2'))).toEqual(new Set([2]));
});

test('CRS-40: who has read a newer version than a count that is under way does not take its answer', async () => {
  const kept = new KeptCounts<string>();
  const { promise, resolve } = Promise.withResolvers<Counted<string>>();
  const now = at(30);
  const before = kept.of({ key: 'a', version: '1', now }, () => promise);
  const count = async () => ({ counts: 'new', version: '2', from: now, until: null });
  const after = kept.of({ key: 'a', version: '2', now }, count);
  resolve({ counts: 'old', version: '1', from: now, until: null });
  expect([await before, await after]).toEqual(['old', 'new']);
});

test('CRS-40: a count that met a newer version is kept under that one', async () => {
  const { ask } = counting({ version: '2' });
  expect(await ask('a', '1', 30)).toBe(1);
  expect(await ask('a', '2', 30)).toBe(1);
});

test('CRS-40: a count that failed is told and counted again by the next', async () => {
  const { kept, ask } = counting();
  const asked = { key: 'a', version: '1', now: at(30) };
  await expect(kept.of(asked, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await ask('a', '1', 30)).toBe(1);
});

test('CRS-40: of more questions than memory has room for, the latest are kept', async () => {
  const { ask } = counting();
  for (let n = 0; n < 600; n += 1) await ask(`q${n}`, '1', 30);
  expect(await ask('q599', '1', 30)).toBe(600);
  expect(await ask('q0', '1', 30)).toBe(601);
});
