import { describe, expect, test } from '@jest/globals';
import { askCorrection, decideCorrection } from './correct.ts';
import { disclose, erase, holdsNumber } from './disclose.ts';

type Decided = {
  readonly accepted: boolean;
  readonly faults?: readonly { code: { name: string } }[];
};
const codesOf = (decision: unknown) =>
  ((decision as Decided).faults ?? []).map((each) => each.code.name);

const today = '2026-11-22';
const number = '11010519491231002X';
const nothing = { name: null, identityNumber: null, phone: null, reason: '户口本有误' };
const free = { erased: false, open: null, identityNumberTaken: false };

describe('a purpose', () => {
  test.each(['核验 2026 年职称材料', '123456', 'to check 2 papers of 2026'])(
    '"%s" is one',
    (text) => {
      expect(holdsNumber(text)).toBe(false);
    },
  );
  test.each(['1234567', number, '１３８ ０００１ ２３４５', '138-0001-2345'])(
    'GOV-03: "%s" holds somebody’s number',
    (text) => {
      expect(holdsNumber(text)).toBe(true);
      const command = { field: 'phone', purpose: text } as const;
      expect(codesOf(disclose(command, { erased: false, recorded: true }))).toEqual([
        'PURPOSE_HOLDS_NUMBER',
      ]);
    },
  );
});

test('GOV-03: what was erased is neither read nor erased again', () => {
  const command = { field: 'phone', purpose: '联系参训' } as const;
  expect(disclose(command, { erased: false, recorded: true }).accepted).toBe(true);
  expect(codesOf(disclose(command, { erased: true, recorded: false }))).toEqual([
    'PERSONAL_DATA_ERASED',
  ]);
  expect(codesOf(disclose(command, { erased: false, recorded: false }))).toEqual([
    'PHONE_NOT_RECORDED',
  ]);
  expect(erase({ reason: '本人申请删除' }, { erased: false }).accepted).toBe(true);
  expect(codesOf(erase({ reason: '本人申请删除' }, { erased: true }))).toEqual([
    'PERSONAL_DATA_ERASED',
  ]);
});

describe('a correction', () => {
  test('GOV-03: names what is to stand in the record, in its normal form', () => {
    const asked = {
      ...nothing,
      identityNumber: '１１０１０５ 19491231002x',
      phone: '+86 138 0001 2345',
    };
    expect(askCorrection(asked, free, today)).toMatchObject({
      outcome: { name: null, identityNumber: number, phone: '13800012345' },
    });
  });

  test('GOV-03: every fault is named at once', () => {
    expect(codesOf(askCorrection(nothing, free, today))).toEqual(['CORRECTION_EMPTY']);
    const asked = {
      name: null,
      identityNumber: '110105194912310021',
      phone: '12345',
      reason: `我的号码是${number}`,
    };
    const facts = { erased: false, open: 'cor_1', identityNumberTaken: true };
    expect(codesOf(askCorrection(asked, facts, today))).toEqual([
      'CORRECTION_OPEN',
      'IDENTITY_NUMBER_CHECK_DIGIT',
      'IDENTITY_NUMBER_TAKEN',
      'PHONE_INVALID',
      'PURPOSE_HOLDS_NUMBER',
    ]);
  });

  test('GOV-03: is decided once, and not onto a number that somebody else holds by now', () => {
    const command = { accept: true, note: '已核对原件' };
    const facts = { state: 'requested', erased: false, identityNumberTaken: false } as const;
    expect(decideCorrection(command, facts).accepted).toBe(true);
    expect(codesOf(decideCorrection(command, { ...facts, state: 'applied' }))).toEqual([
      'CORRECTION_DECIDED',
    ]);
    const taken = { ...facts, identityNumberTaken: true };
    expect(codesOf(decideCorrection(command, taken))).toEqual(['IDENTITY_NUMBER_TAKEN']);
    expect(decideCorrection({ ...command, accept: false }, taken).accepted).toBe(true);
  });
});
