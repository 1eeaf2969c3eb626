import { describe, expect, test } from '@jest/globals';
import { fault } from './decision.ts';
import { common, explain } from './refusal.ts';
import { inChinese } from './terms.ts';

describe('GOV-01: a Chinese message speaks Chinese', () => {
  test('codes are words in it, and stay codes in English and in the fields', () => {
    const figures = { required: 'open / running', actual: 'draft' };
    expect(explain(fault(common.WRONG_STATE, [], figures))).toMatchObject({
      messageZh: '当前状态为草稿，此操作要求开放报名、实施中。',
      messageEn: 'The present state is draft; this needs open / running.',
      required: 'open / running',
      actual: 'draft',
    });
  });

  test.each([
    ['basic', '基础教育'],
    ['provincial, city', '省、市'],
    ['2026-06-01T00:00:03.120Z', '2026-06-01 08:00（北京时间）'],
    [
      '2026-05-31T16:00:00Z – 2026-06-02T15:59:00Z',
      '2026-06-01 00:00（北京时间） – 2026-06-02 23:59（北京时间）',
    ],
    ['48.9 %', '48.9 %'],
    ['cls_open', 'cls_open'],
    ['open and shut', 'open and shut'],
    ['open, 3', 'open, 3'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('%j → %s', (text, chinese) => {
    expect(inChinese(text)).toBe(chinese);
  });
});
