import { type Rule, ruleByNumber, rules } from '@shixun/kernel';
import type { ResolverTable } from '@shixun/runtime';

/** Inside, enum values are lower case; the catalogue writes its areas and effects as the documents do. */
export const ruleResolvers: ResolverTable = {
  Query: {
    rules: (_parent, { area }: { area?: string | null }) =>
      area ? rules.filter((rule) => rule.area.toLowerCase() === area) : rules,
    rule: (_parent, { number }: { number: string }) => ruleByNumber(number),
  },
  Rule: {
    __resolveReference: ({ number }: { number: string }) => ruleByNumber(number) ?? null,
    number: ({ number }: Pick<Rule, 'number'>) => number,
    area: (rule: Pick<Rule, 'number'>) => whole(rule).area.toLowerCase(),
    effects: (rule: Pick<Rule, 'number'>) =>
      whole(rule).effects.map((effect) => effect.toLowerCase()),
    titleZh: (rule: Pick<Rule, 'number'>) => whole(rule).title.zh,
    titleEn: (rule: Pick<Rule, 'number'>) => whole(rule).title.en,
    textZh: (rule: Pick<Rule, 'number'>) => whole(rule).text.zh,
    textEn: (rule: Pick<Rule, 'number'>) => whole(rule).text.en,
    source: (rule: Pick<Rule, 'number'>) => whole(rule).source,
    inPrinciple: (rule: Pick<Rule, 'number'>) => whole(rule).inPrinciple,
    ownDefault: (rule: Pick<Rule, 'number'>) => whole(rule).ownDefault,
  },
};

/** A figure of a policy names its rule by number alone. */
function whole({ number }: Pick<Rule, 'number'>): Rule {
  const rule = ruleByNumber(number);
  if (rule === undefined) throw new Error(`the catalogue has no rule ${number}`);
  return rule;
}
