import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Sealing } from './sealing.ts';

const master = Buffer.alloc(32, 7);
const number = '11010519491231002X';

describe('Sealing', () => {
  test('REG-05: what was sealed opens to the same text, and shows nothing of it', () => {
    const { key, wrapped } = new Sealing(master).newKey('tch_1');
    const sealed = key.seal(number, 'identity_number');
    const again = new Sealing(master).unwrap('tch_1', wrapped);
    expect(again.open(sealed, 'identity_number')).toBe(number);
    for (const part of sealed.split('.')) {
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain('1949');
    }
  });

  test('REG-05: the same text sealed twice differs', () => {
    const { key } = new Sealing(master).newKey('tch_1');
    expect(key.seal(number, 'identity_number')).not.toBe(key.seal(number, 'identity_number'));
  });

  test('REG-05: a sealed value does not open for another person or another field', () => {
    const sealing = new Sealing(master);
    const one = sealing.newKey('tch_1');
    const sealed = one.key.seal(number, 'identity_number');
    expect(() => sealing.newKey('tch_2').key.open(sealed, 'identity_number')).toThrow();
    expect(() => one.key.open(sealed, 'phone')).toThrow();
    // Not even a key moved to another person's row opens anything.
    expect(() => sealing.unwrap('tch_2', one.wrapped)).toThrow();
  });

  test('REG-05: an altered value does not open', () => {
    const { key } = new Sealing(master).newKey('tch_1');
    const sealed = key.seal(number, 'identity_number');
    const at = sealed.length - 3;
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const altered = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
    expect(() => key.open(altered, 'identity_number')).toThrow();
  });

  test('REG-05: the index is equal for equal numbers, and differs by field and by key', () => {
    const sealing = new Sealing(master);
    const index = sealing.blindIndex(number, 'identity_number');
    expect(new Sealing(master).blindIndex(number, 'identity_number')).toBe(index);
    expect(sealing.blindIndex(number, 'phone')).not.toBe(index);
    expect(new Sealing(randomBytes(32)).blindIndex(number, 'identity_number')).not.toBe(index);
  });

  test('GOV-03: a new master key opens what the former wrapped, until the former is gone', () => {
    const next = randomBytes(32);
    const before = new Sealing(master);
    const during = new Sealing(Buffer.concat([next, master]));
    const after = new Sealing(next);
    const { key, wrapped } = before.newKey('tch_1');
    const sealed = key.seal(number, 'identity_number');
    expect(during.unwrap('tch_1', wrapped).open(sealed, 'identity_number')).toBe(number);
    expect(() => after.unwrap('tch_1', wrapped)).toThrow(before.masterId);
    const rewrapped = during.rewrap('tch_1', wrapped);
    expect(rewrapped.masterId).toBe(after.masterId);
    expect(after.unwrap('tch_1', rewrapped).open(sealed, 'identity_number')).toBe(number);
    const indexes = during.blindIndexes(number, 'identity_number');
    expect(indexes).toEqual([
      after.blindIndex(number, 'identity_number'),
      before.blindIndex(number, 'identity_number'),
    ]);
  });

  test.each([0, 31, 33, 63])('a key of %i bytes stops the start', (length) => {
    expect(() => new Sealing(Buffer.alloc(length))).toThrow('PERSONAL_DATA_KEY');
  });
});
