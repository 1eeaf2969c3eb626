export type RuleNumber = 'REG-01';
export type Rule = { readonly number: RuleNumber; readonly source: string };
export function ruleByNumber(number: RuleNumber): Rule | undefined {
  return number === 'REG-01' ? { number, source: 'SX 三(一)' } : undefined;
}
