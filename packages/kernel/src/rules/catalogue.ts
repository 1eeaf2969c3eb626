/** The catalogue: every rule as data. A rule's number is its name in errors, findings and tests. */
import { crd } from './crd.ts';
import { crsDelivery } from './crs-delivery.ts';
import { crsEnrollment } from './crs-enrollment.ts';
import { crsModalities } from './crs-modalities.ts';
import { crsPlans } from './crs-plans.ts';
import { evl } from './evl.ts';
import { gov, int } from './gov-int.ts';
import { pln } from './pln.ts';
import { reg } from './reg.ts';
import type { RuleArea, RuleEntry } from './rule.ts';

const entries = [
  ...reg,
  ...pln,
  ...crsPlans,
  ...crsModalities,
  ...crsEnrollment,
  ...crsDelivery,
  ...crd,
  ...evl,
  ...gov,
  ...int,
] as const;

/** Every number of the catalogue, as a union: a misspelt rule doesn't compile. */
export type RuleNumber = (typeof entries)[number]['number'];

/** One rule, complete. */
export type Rule = Omit<Required<RuleEntry>, 'number' | 'inPrinciple' | 'ownDefault'> & {
  readonly number: RuleNumber;
  readonly area: RuleArea;
  /** The document says 原则上: the level that owns the project may waive it with a published reason. */
  readonly inPrinciple: boolean;
  /** A figure of it is our own default: say so wherever it is shown. */
  readonly ownDefault: boolean;
};

/** All rules, by area and number. */
export const rules: readonly Rule[] = entries.map((entry: RuleEntry & { number: RuleNumber }) => ({
  ...entry,
  area: areaOf(entry.number),
  inPrinciple: entry.inPrinciple ?? false,
  ownDefault: entry.ownDefault ?? false,
}));

const byNumber: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.number, rule]));

/** The rule of that number; undefined when there is none. */
export function ruleByNumber(number: string): Rule | undefined {
  return byNumber.get(number);
}

/** REG-05 → REG. */
export function areaOf(number: RuleNumber): RuleArea {
  return number.slice(0, 3) as RuleArea;
}
