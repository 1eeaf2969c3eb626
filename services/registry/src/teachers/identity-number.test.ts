import { describe, expect, test } from '@jest/globals';
import {
  checkDigit,
  identityNumberFaults,
  maskIdentityNumber,
  normalizeIdentityNumber,
} from './identity-number.ts';

const today = '2026-09-01';
/** The example of GB 11643 itself. */
const valid = '11010519491231002X';

describe('identityNumberFaults', () => {
  test('REG-05: the example of GB 11643 is valid', () => {
    expect(identityNumberFaults(valid, today)).toEqual([]);
  });

  test.each([
    ['１１０１０５１９４９１２３１００２Ｘ', 'full-width digits'],
    ['11010519491231002x', 'a lower-case x'],
    [' 110105 19491231 002X ', 'spaces'],
  ])('REG-05: %s (%s) is the same number', (typed) => {
    expect(normalizeIdentityNumber(typed)).toBe(valid);
  });

  test('REG-05: the old number of 15 digits is the same person’s; 14 and 16 digits are nobody’s', () => {
    expect(normalizeIdentityNumber('110105491231002')).toBe(valid);
    expect(identityNumberFaults(normalizeIdentityNumber('110105491231002'), today)).toEqual([]);
    expect(identityNumberFaults(normalizeIdentityNumber('110105490229002'), today)).toEqual([
      'birth_date',
    ]);
    for (const wrong of ['11010549123100', '1101054912310021']) {
      expect(identityNumberFaults(normalizeIdentityNumber(wrong), today)).toEqual(['length']);
    }
  });

  test.each([
    ['1101051949123100', 'length'],
    ['11010519491231002X0', 'length'],
    ['1101051949123100XX', 'characters'],
    ['110105194912310029', 'check_digit'],
    [withCheckDigit('99010519491231002'), 'address'],
    [withCheckDigit('11010519490229002'), 'birth_date'],
    [withCheckDigit('11010518991231002'), 'birth_date'],
    [withCheckDigit('11010520260902002'), 'birth_date'],
  ])('REG-05: %s is refused for its %s', (text, part) => {
    expect(identityNumberFaults(text, today)).toEqual([part]);
  });

  test('REG-05: someone born today has a valid number', () => {
    expect(identityNumberFaults(withCheckDigit('11010520260901002'), today)).toEqual([]);
  });

  test('REG-05: any single wrong digit changes the check digit', () => {
    for (const index of Array.from({ length: 17 }, (_, i) => i)) {
      const wrong = (Number(valid.charAt(index)) + 1) % 10;
      const text = `${valid.slice(0, index)}${wrong}${valid.slice(index + 1)}`;
      expect(identityNumberFaults(text, today)).toContain('check_digit');
    }
  });

  test('REG-05: several wrong parts are all named', () => {
    expect(identityNumberFaults('990105194902290029', today)).toEqual([
      'address',
      'birth_date',
      'check_digit',
    ]);
  });
});

test('REG-05: a masked number shows the first three and the last four', () => {
  expect(maskIdentityNumber(valid)).toBe('110***********002X');
});

function withCheckDigit(first17: string): string {
  return `${first17}${checkDigit(first17)}`;
}
