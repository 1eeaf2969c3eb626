/** What a teacher lacks in the running year and cycle, and what of a menu would fill it. [CRS-45] */
import type { CreditCategory, PolicyFigures } from '@shixun/kernel';
import { cycleOf } from '../enrollment/eligibility.ts';

export type Studied = {
  /** Calendar year of completion. */
  readonly year: number;
  readonly hoursCenti: number;
  readonly hoursByCategory: readonly { readonly category: string; readonly hoursCenti: number }[];
};

export type GapFigures = Pick<
  PolicyFigures,
  | 'cycleYears'
  | 'cycleRequiredCategories'
  | 'yearlyHoursMinBasicCenti'
  | 'yearlyHoursMinVocationalCenti'
  | 'yearlyHoursMinHigherCenti'
>;

export type GapFacts = {
  readonly sector: string;
  readonly year: number;
  /** Completions that stand. */
  readonly studied: readonly Studied[];
  readonly figures: GapFigures;
};

export type Gaps = {
  readonly yearHoursCenti: number;
  readonly cycleHoursCenti: number;
  /** Hours short of the year's floor; 0 when it is reached. */
  readonly shortCenti: number;
  /** Required categories of which the cycle has no hour. */
  readonly missing: readonly CreditCategory[];
};

export function gapsOf({ sector, year, studied, figures }: GapFacts): Gaps {
  const cycle = cycleOf(year, figures.cycleYears);
  const inCycle = studied.filter((each) => each.year >= cycle.first && each.year <= cycle.last);
  const yearHoursCenti = sum(inCycle.filter((each) => each.year === year));
  const taken = new Set(
    inCycle.flatMap(({ hoursByCategory }) =>
      hoursByCategory.filter(({ hoursCenti }) => hoursCenti > 0).map(({ category }) => category),
    ),
  );
  return {
    yearHoursCenti,
    cycleHoursCenti: sum(inCycle),
    shortCenti: Math.max(0, yearFloor(sector, figures) - yearHoursCenti),
    missing: figures.cycleRequiredCategories.filter((category) => !taken.has(category)),
  };
}

function sum(studied: readonly Studied[]): number {
  return studied.reduce((all, { hoursCenti }) => all + hoursCenti, 0);
}

function yearFloor(sector: string, figures: GapFigures): number {
  if (sector === 'vocational') return figures.yearlyHoursMinVocationalCenti;
  return sector === 'higher' ? figures.yearlyHoursMinHigherCenti : figures.yearlyHoursMinBasicCenti;
}

/** Why an item fits: it has a category that is missing, hours that are short, or what the teacher's colleagues asked for. */
export type FitReason = 'missing_category' | 'hours_short' | 'asked_for';
export type Fit = { readonly reason: FitReason; readonly about: string };

export type Offered = {
  readonly categories: readonly string[];
  readonly hoursCenti: number;
  readonly stage: string;
  readonly subject: string;
  readonly title: string;
};

export type Need = {
  readonly stage: string | null;
  readonly subject: string | null;
  readonly zh: string;
};

/** The reasons for which an item fits a teacher; none: it is not shown. */
export function fitsOf(gaps: Gaps, offered: Offered, needs: readonly Need[]): readonly Fit[] {
  const missing = gaps.missing
    .filter((category) => offered.categories.includes(category))
    .map((about): Fit => ({ reason: 'missing_category', about }));
  const hours: Fit[] =
    gaps.shortCenti > 0 && offered.hoursCenti > 0
      ? [{ reason: 'hours_short', about: String(gaps.shortCenti) }]
      : [];
  const asked = needs
    .filter(
      ({ stage, subject, zh }) =>
        (stage === null || stage === offered.stage) &&
        (subject === null || subject === offered.subject) &&
        offered.title.includes(zh),
    )
    .map(({ zh }): Fit => ({ reason: 'asked_for', about: zh }));
  return [...missing, ...hours, ...asked];
}
