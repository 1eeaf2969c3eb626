import { expect, test } from '@jest/globals';
import { isPhone, maskPhone, normalizePhone } from './phone.ts';

test.each(['13800138000', '１３８００１３８０００', '+86 138-0013-8000', '0086138 0013 8000'])(
  'REG-05: %s is the mobile number 13800138000',
  (typed) => {
    expect(normalizePhone(typed)).toBe('13800138000');
    expect(isPhone(normalizePhone(typed))).toBe(true);
  },
);

test.each(['12800138000', '1380013800', '138001380000', '0351-7040000', ''])(
  'REG-05: %s is no mobile number',
  (typed) => {
    expect(isPhone(normalizePhone(typed))).toBe(false);
  },
);

test('REG-05: a masked phone number shows the first three and the last four', () => {
  expect(maskPhone('13800138000')).toBe('138****8000');
});
