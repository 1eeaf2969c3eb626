import { describe, expect, test } from '@jest/globals';
import { Sealing } from './sealing.ts';

const key = Buffer.alloc(32, 7);
const owner = { personId: 'tch_1', field: 'identity_number' } as const;
const number = '11010519491231002X';

describe('Sealing', () => {
  test('REG-05: what was sealed opens to the same text, and shows nothing of it', () => {
    const sealed = new Sealing(key).seal(number, owner);
    expect(new Sealing(key).open(sealed, owner)).toBe(number);
    expect(sealed).not.toContain('1949');
    expect(Buffer.from(sealed.split('.').at(2) ?? '', 'base64url').toString()).not.toContain(
      '1949',
    );
  });

  test('REG-05: the same text sealed twice differs', () => {
    const sealing = new Sealing(key);
    expect(sealing.seal(number, owner)).not.toBe(sealing.seal(number, owner));
  });

  test.each([
    ['another person', { ...owner, personId: 'tch_2' }],
    ['another field', { ...owner, field: 'phone' as const }],
  ])('REG-05: a sealed value does not open for %s', (_, other) => {
    const sealing = new Sealing(key);
    expect(() => sealing.open(sealing.seal(number, owner), other)).toThrow();
  });

  test('REG-05: an altered value or another key does not open', () => {
    const sealing = new Sealing(key);
    const sealed = sealing.seal(number, owner);
    const last = sealed.endsWith('A') ? 'Q' : 'A';
    expect(() => sealing.open(`${sealed.slice(0, -1)}${last}`, owner)).toThrow();
    expect(() => new Sealing(Buffer.alloc(32, 8)).open(sealed, owner)).toThrow();
  });

  test('REG-05: the blind index is equal for equal numbers and differs by field and key', () => {
    const sealing = new Sealing(key);
    expect(sealing.blindIndex(number, 'identity_number')).toBe(
      new Sealing(key).blindIndex(number, 'identity_number'),
    );
    expect(sealing.blindIndex(number, 'identity_number')).not.toBe(
      sealing.blindIndex(number, 'phone'),
    );
    expect(sealing.blindIndex(number, 'identity_number')).not.toBe(
      new Sealing(Buffer.alloc(32, 8)).blindIndex(number, 'identity_number'),
    );
  });

  test('REG-05: a key that is not 32 bytes is refused', () => {
    expect(() => new Sealing(Buffer.alloc(16))).toThrow('32 bytes');
  });
});
