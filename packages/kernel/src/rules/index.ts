export * from './catalogue.ts';
export type { Bilingual, RuleArea, RuleEffect } from './rule.ts';
