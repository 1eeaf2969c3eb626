/** What one figure of the policy means, in which unit, and which way is tighter. */
import type { RuleNumber } from '../rules/index.ts';
import type { Bilingual } from '../rules/rule.ts';

/** Unit and shape of a figure. monthDay is a text, 07-10; all but ratio, switch and categories are whole numbers. */
export type FigureUnit =
  | 'ratio'
  | 'studyHoursCenti'
  | 'pointsCenti'
  | 'cents'
  | 'percent'
  | 'minutes'
  | 'clockHours'
  | 'days'
  | 'months'
  | 'years'
  | 'people'
  | 'count'
  | 'monthDay'
  | 'switch'
  | 'categories'
  | 'budgetCategories';

/**
 * Which way a lower level may go. higher: up; lower: down; required: from no to yes; more: by adding;
 * exact: not at all, the province's word holds in all of it.
 */
export type Tighter = 'higher' | 'lower' | 'required' | 'more' | 'exact';

export type FigureDescription = {
  readonly rule: RuleNumber;
  readonly unit: FigureUnit;
  readonly tighter: Tighter;
  /** The clause that gives the figure; null when it is our own default. */
  readonly source: string | null;
  /** Stands in its document as 原则上: may be waived for one project with a published reason. */
  readonly inPrinciple: boolean;
  /** No document gives it: say so wherever it is shown. */
  readonly ownDefault: boolean;
  readonly description: Bilingual;
};

/** Writes one row of the table of figures; `source` null means our own default. */
export function figure(
  rule: RuleNumber,
  [unit, tighter]: readonly [FigureUnit, Tighter],
  source: string | null,
  description: Bilingual,
): FigureDescription {
  const ownDefault = source === null;
  return { rule, unit, tighter, source, inPrinciple: false, ownDefault, description };
}

/** The same for a figure that its document gives 原则上 (in principle). */
export function inPrinciple(description: FigureDescription): FigureDescription {
  return { ...description, inPrinciple: true };
}
