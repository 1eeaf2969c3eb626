/** The shape of one rule of the catalogue. */

/** REG registry, PLN planning, CRS courses, CRD credits, EVL evaluation, GOV across all, INT third parties. */
export type RuleArea = 'REG' | 'PLN' | 'CRS' | 'CRD' | 'EVL' | 'GOV' | 'INT';

/**
 * What a rule does. BLOCK: the command is refused. FLAG: it goes through and a finding 问题 opens.
 * INDICATOR: a figure is kept and reported. FEATURE: a capability that must exist.
 */
export type RuleEffect = 'BLOCK' | 'FLAG' | 'INDICATOR' | 'FEATURE';

/** Words in both languages. */
export type Bilingual = { readonly zh: string; readonly en: string };

/** A rule as its area's file writes it down. */
export type RuleEntry = {
  readonly number: `${RuleArea}-${string}`;
  readonly effects: readonly [RuleEffect, ...RuleEffect[]];
  readonly title: Bilingual;
  /** What the rule asks, with its figures. */
  readonly text: Bilingual;
  /** Document and section, e.g. `ZJ 三`; null when no document asks for it. */
  readonly source: string | null;
  /** A figure stands in its document as 原则上: it may be waived for one project with a published reason. */
  readonly inPrinciple?: true;
  /** A figure of it is our own default: no document gives it. */
  readonly ownDefault?: true;
};
