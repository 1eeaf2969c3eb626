/** Everything in the demo province follows from its number: the same number, the same row, on every machine. */
import { createHash } from 'node:crypto';
import { type Id, type IdKind, idPrefixes } from '@shixun/kernel';

/** A number from 0 to 2³²−1 that follows from `n` and the salt and looks random. */
export function mixed(n: number, salt: number): number {
  let h = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One of the list. */
export function pick<T>(list: readonly [T, ...T[]], n: number, salt: number): T {
  return list[mixed(n, salt) % list.length] ?? list[0];
}

/** True for about that many of a hundred numbers. */
export function chance(percent: number, n: number, salt: number): boolean {
  return mixed(n, salt) % 100 < percent;
}

/** The id of the n-th thing of its kind: a UUID (version 8) that follows from kind and number. */
export function idOf<Kind extends IdKind>(kind: Kind, n: number): Id<Kind> {
  const hex = createHash('sha256').update(`shixun-demo-shanxi/${kind}/${n}`).digest('hex');
  const uuid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
  return `${idPrefixes[kind]}_${uuid}` as Id<Kind>;
}
