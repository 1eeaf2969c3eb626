import { type CivilDate, centiText, civilDateOf, yearOf } from '@shixun/kernel';
import type { GraphContext, ResolverTable } from '@shixun/runtime';
import { type Amount, type Balances, balancesOf, heldIn, sumOf } from '../ledger/account.ts';
import { accountBooks, ledgerEntries } from '../ledger/store.ts';
import { identitiesOf, type TeacherPlace } from '../projections/teacher-place.ts';
import { type Measure, type Share, type Standing, standingOf } from './standing.ts';

type Asked = { readonly year?: number | null; readonly on?: CivilDate | null };
type Answered = Standing & { readonly on: CivilDate; readonly policyVersion: string };

const hours = ({ hoursCenti }: Amount) => centiText(hoursCenti);
const credits = ({ creditsCenti }: Amount) => centiText(creditsCenti);
const hoursRequired = ({ floorCenti }: Measure) =>
  floorCenti === null ? null : centiText(floorCenti);
const hoursMissing = ({ missingCenti }: Measure) => centiText(missingCenti);

/** Stored balances of all of a person's books, by calendar year. */
async function storedBalances(context: GraphContext, id: string): Promise<Map<number, Balances>> {
  const ids = await identitiesOf(context, id);
  const books = await Promise.all(
    ids.map((each) => context.loadMany(accountBooks, 'teacherId', each)),
  );
  const byYear = new Map<number, Balances>();
  for (const { year, accounts } of books.flat()) {
    byYear.set(year, merged(byYear.get(year) ?? {}, accounts));
  }
  return byYear;
}

function merged(left: Balances, right: Balances): Balances {
  const accounts = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries(
    [...accounts].map((account) => [
      account,
      sumOf([left[account], right[account]].filter((amount) => amount !== undefined)),
    ]),
  );
}

/** The same recomputed from the entries that were posted up to a civil date. [CRD-01] */
async function balancesOn(
  context: GraphContext,
  id: string,
  on: CivilDate,
): Promise<Map<number, Balances>> {
  const ids = await identitiesOf(context, id);
  const entries = await Promise.all(
    ids.map((each) => context.loadMany(ledgerEntries, 'teacherId', each)),
  );
  const posted = entries.flat().filter((entry) => entry.year !== null && entry.postedOn <= on);
  const byYear = Map.groupBy(posted, (entry) => entry.year ?? 0);
  return new Map(
    [...byYear].map(([year, ofYear]) => [
      year,
      Object.fromEntries(balancesOf(ofYear.flatMap((entry) => entry.postings))),
    ]),
  );
}

async function creditStanding(
  teacher: TeacherPlace,
  { year: askedYear, on: askedOn }: Asked,
  context: GraphContext,
): Promise<Answered | null> {
  const { sector, regionCode } = teacher;
  if (sector === null || regionCode === null) return null;
  const on = askedOn ?? civilDateOf(context.now);
  const year = askedYear ?? yearOf(on);
  const balancesByYear = askedOn
    ? await balancesOn(context, teacher.id, askedOn)
    : await storedBalances(context, teacher.id);
  // A year is measured by the policy of its own last day, or of the date asked while it still runs.
  const lastDay = `${year}-12-31`;
  const policy = context.policies.effective(regionCode, on < lastDay ? on : lastDay);
  const standing = standingOf({ year, sector, figures: policy.figures, balancesByYear });
  return { ...standing, on, policyVersion: policy.versionId };
}

export const standingResolvers: ResolverTable = {
  Teacher: {
    creditStanding,
    creditsByYear: async (teacher: TeacherPlace, _args, context) => {
      const byYear = await storedBalances(context, teacher.id);
      return [...byYear]
        .map(([year, balances]) => ({ year, ...heldIn(balances) }))
        .sort((a, b) => b.year - a.year);
    },
  },
  YearCredits: { hours, credits },
  CreditStanding: {
    year: (standing: Answered) => standing.year.year,
    hours: (standing: Answered) => hours(standing.year),
    credits: (standing: Answered) => credits(standing.year),
    hoursRequired: (standing: Answered) => hoursRequired(standing.year),
    hoursMissing: (standing: Answered) => hoursMissing(standing.year),
    yearSatisfied: (standing: Answered) => standing.year.satisfied,
    byCategory: ({ byCategory }: Answered) =>
      byCategory.map((share) => ({ ...share, category: share.name })),
  },
  CycleStanding: {
    hours,
    credits,
    hoursRequired,
    hoursMissing,
    satisfied: ({ satisfied, missingCategories }: Standing['cycle']) =>
      satisfied && missingCategories.length === 0,
  },
  ChannelAmount: { channel: ({ name }: Share<string>) => name, hours, credits },
  LevelAmount: { level: ({ name }: Share<string>) => name, hours, credits },
};
