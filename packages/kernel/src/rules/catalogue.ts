/** Placeholder of the catalogue's types; the data of every rule follows in one file per area. */
type Two = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10';
export type RuleNumber =
  | `REG-${Two | '11' | '12' | '13' | '14' | '15' | '16' | '17' | '18'}`
  | `PLN-${Exclude<Two, '10'>}`
  | `CRS-${'01' | '02' | '10' | '11' | '12' | '13' | '14' | '15' | '16' | '17' | '18' | '19' | '20'}`
  | `CRS-${'30' | '31' | '32' | '33' | '34' | '35'}`
  | `CRS-${'40' | '41' | '42' | '43' | '44' | '45' | '46'}`
  | `CRS-${'50' | '51' | '52' | '53' | '54' | '55' | '56' | '57' | '58' | '59'}`
  | `CRD-${'01' | '02' | '03' | '04' | '05' | '06' | '07' | '20' | '21' | '22' | '23' | '30' | '31' | '32' | '33'}`
  | `EVL-${Two | '11' | '12' | '13' | '14'}`
  | `GOV-${'01' | '02' | '03' | '04' | '05' | '06'}`
  | `INT-${'01' | '02' | '03' | '04'}`;

export type RuleEffect = 'BLOCK' | 'FLAG' | 'INDICATOR' | 'FEATURE';

export type Rule = {
  readonly number: RuleNumber;
  readonly area: string;
  readonly effects: readonly RuleEffect[];
  readonly title: { readonly zh: string; readonly en: string };
  readonly text: { readonly zh: string; readonly en: string };
  /** The clause of the policy document; null when no document asks for it. */
  readonly source: string | null;
  /** The document says 原则上: the level that owns a project may waive it with a published reason. */
  readonly inPrinciple: boolean;
  /** A figure of it is our own default: no document gives it. */
  readonly ownDefault: boolean;
};

export const rules: readonly Rule[] = [];

export function ruleByNumber(number: RuleNumber): Rule | undefined {
  return rules.find((rule) => rule.number === number);
}
