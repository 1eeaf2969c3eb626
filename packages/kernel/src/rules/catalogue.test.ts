import { describe, expect, test } from '@jest/globals';
import { areaOf, type RuleNumber, ruleByNumber, rules } from './index.ts';

/** Every number that the domain names, written out by hand so that none can be lost unnoticed. */
const numbers: Record<string, readonly number[]> = {
  REG: range(1, 18),
  PLN: range(1, 9),
  CRS: [1, 2, ...range(10, 20), ...range(30, 35), ...range(40, 46), ...range(50, 59)],
  CRD: [...range(1, 7), ...range(20, 23), ...range(30, 33)],
  EVL: range(1, 14),
  GOV: range(1, 6),
  INT: range(1, 4),
};

const clause =
  /^(M13|M16(-[1-4](…[1-4])?)?|SX|ZJ)( [一二三四五六七八九]\S*(, [一二三四五六]\S*)*)?$/;

describe('the catalogue of rules', () => {
  test('holds every number, each once, in order', () => {
    const expected = Object.entries(numbers).flatMap(([area, all]) =>
      all.map((number) => `${area}-${String(number).padStart(2, '0')}`),
    );
    expect(rules.map((rule) => rule.number)).toEqual(expected);
  });

  test.each(rules.map((rule) => [rule.number, rule] as const))(
    '%s says what it asks in both languages, with its effect and source',
    (number, rule) => {
      expect(rule.area).toBe(areaOf(number));
      expect(new Set(rule.effects).size).toBe(rule.effects.length);
      for (const words of [rule.title, rule.text]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u);
        expect(words.en).toMatch(/^[^\p{Script=Han}]+$/u);
      }
      expect(rule.text.zh).toMatch(/。$/);
      expect(rule.text.en).toMatch(/\.$/);
      for (const part of rule.source?.split('; ') ?? []) expect(part).toMatch(clause);
    },
  );

  test('names the rules that no document asks for, and no others', () => {
    const withoutSource = rules.filter((rule) => rule.source === null).map((rule) => rule.number);
    expect(withoutSource).toEqual([
      'REG-05',
      'REG-06',
      ...['CRS-41', 'CRS-42', 'CRS-44', 'CRS-46', 'CRS-59'],
      ...['CRD-01', 'CRD-06', 'CRD-07', 'CRD-22', 'CRD-23', 'CRD-30', 'CRD-32', 'CRD-33'],
      ...rules.filter(({ area }) => area === 'GOV' || area === 'INT').map(({ number }) => number),
    ]);
  });

  test('marks what stands as 原则上 in its document', () => {
    const waivable = rules.filter((rule) => rule.inPrinciple).map((rule) => rule.number);
    expect(waivable).toEqual(['REG-11', 'CRS-30', 'CRS-33']);
    for (const number of waivable) expect(ruleByNumber(number)?.text.zh).toContain('原则上');
  });

  test('is found by number, and a number that does not exist is not', () => {
    expect(ruleByNumber('CRS-52')?.title.zh).toContain('五分之一');
    expect(ruleByNumber('CRS-60')).toBeUndefined();
    // @ts-expect-error a misspelt number is no RuleNumber
    const misspelt: RuleNumber = 'CRS-99';
    expect(ruleByNumber(misspelt)).toBeUndefined();
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
