/** Where a teacher stands: hours held against the floors of the policy, and what is missing. [CRD-04, CRD-05] */
import type { PolicyFigures } from '@shixun/kernel';
import {
  type Amount,
  type Balances,
  type Category,
  categories,
  channels,
  dimensionsOf,
  levels,
  nothing,
  sumOf,
} from '../ledger/account.ts';

export type Sector = 'basic' | 'vocational' | 'higher';

/** Calendar years of a cycle 周期, both included. */
export type Cycle = { readonly from: number; readonly to: number };

/** Held over required; a null floor means that the school's own rule holds (higher education). */
export type Measure = Amount & {
  readonly floorCenti: number | null;
  readonly missingCenti: number;
  readonly satisfied: boolean;
};

export type Share<Name> = Amount & { readonly name: Name };

export type Standing = {
  readonly year: Measure & { readonly year: number };
  readonly cycle: Measure & Cycle & { readonly missingCategories: readonly Category[] };
  readonly byCategory: readonly Share<Category>[];
  readonly byChannel: readonly Share<string>[];
  readonly byLevel: readonly Share<string>[];
  /** Year, cycle's hours and cycle's categories all satisfied. */
  readonly satisfied: boolean;
};

export type StandingFacts = {
  readonly year: number;
  readonly sector: Sector;
  readonly figures: PolicyFigures;
  /** Balances by calendar year, at least of the years of the cycle; a year that is absent holds nothing. */
  readonly balancesByYear: ReadonlyMap<number, Balances>;
};

/** Cycles follow the national five-year plans: 2021–2025, 2026–2030; the documents name the length, the start is ours. */
const firstCycleFrom = 2021;

/** The cycle that a calendar year lies in. */
export function cycleOf(year: number, cycleYears: number): Cycle {
  const from = year - modulo(year - firstCycleFrom, cycleYears);
  return { from, to: from + cycleYears - 1 };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

export function standingOf({ year, sector, figures, balancesByYear }: StandingFacts): Standing {
  const cycle = cycleOf(year, figures.cycleYears);
  const years = Array.from({ length: figures.cycleYears }, (_, index) => cycle.from + index);
  const own = heldAccounts(balancesByYear.get(year) ?? {});
  const ofCycle = years.flatMap((each) => heldAccounts(balancesByYear.get(each) ?? {}));
  const floors = floorsOf(sector, figures);
  const yearMeasure = measure(sumOf(own), floors.yearCenti);
  const cycleMeasure = measure(sumOf(ofCycle), floors.cycleCenti);
  const missingCategories = figures.cycleRequiredCategories.filter(
    (category) => sumOf(ofCycle.filter((held) => held.category === category)).hoursCenti <= 0,
  );
  return {
    year: { year, ...yearMeasure },
    cycle: { ...cycle, ...cycleMeasure, missingCategories },
    byCategory: shares(categories, own, (held) => held.category),
    byChannel: shares(channels, own, (held) => held.channel),
    byLevel: shares(levels, own, (held) => held.level),
    satisfied: yearMeasure.satisfied && cycleMeasure.satisfied && missingCategories.length === 0,
  };
}

/** Yearly and cycle floors of a sector; null where the policy leaves it to the school. [CRD-04] */
export function floorsOf(
  sector: Sector,
  figures: PolicyFigures,
): { readonly yearCenti: number | null; readonly cycleCenti: number | null } {
  const [yearCenti, cycleCenti] = {
    basic: [figures.yearlyHoursMinBasicCenti, figures.cycleHoursMinBasicCenti],
    vocational: [figures.yearlyHoursMinVocationalCenti, figures.cycleHoursMinVocationalCenti],
    higher: [figures.yearlyHoursMinHigherCenti, figures.cycleHoursMinHigherCenti],
  }[sector] as [number, number];
  return { yearCenti: yearCenti || null, cycleCenti: cycleCenti || null };
}

function measure(held: Amount, floorCenti: number | null): Measure {
  const missingCenti = Math.max(0, (floorCenti ?? 0) - held.hoursCenti);
  return { ...held, floorCenti, missingCenti, satisfied: missingCenti === 0 };
}

type Held = Amount & NonNullable<ReturnType<typeof dimensionsOf>>;

function heldAccounts(balances: Balances): Held[] {
  return Object.entries(balances).flatMap(([account, amount]) => {
    const dimensions = dimensionsOf(account);
    return dimensions === null ? [] : [{ ...nothing, ...amount, ...dimensions }];
  });
}

/** One row per name, also where nothing is held: what is missing must be seen. */
function shares<Name extends string>(
  names: readonly Name[],
  held: readonly Held[],
  nameOf: (held: Held) => string,
): Share<Name>[] {
  return names.map((name) => ({ name, ...sumOf(held.filter((each) => nameOf(each) === name)) }));
}
