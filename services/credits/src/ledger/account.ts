/**
 * The accounts of the ledger. Every teacher has one book 账簿 per calendar year; a book holds the teacher's own
 * accounts, one for each category × channel × level (CRD-05), and the contra accounts of whoever issued the hours.
 * Contra accounts are kept per teacher on purpose: every book sums to zero by itself, so the whole does, and no row
 * is written by all of the province at once.
 */

/** Whole hundredths of hours and of credits; both are kept, never one derived from the other later. [CRD-02] */
export type Amount = { readonly hoursCenti: number; readonly creditsCenti: number };

/** What a training counts for. [CRD-05] */
export const categories = [
  'ethics',
  'professional_standards',
  'it',
  'subject',
  'management',
  'other',
] as const;
export type Category = (typeof categories)[number];

/** How the teacher came into it: own choice 自主选学 or dispatch 选派. [CRD-05] */
export const channels = ['self_selected', 'dispatched'] as const;
export type Channel = (typeof channels)[number];

/** Whose training it was: 国培 省培 市培 县培 校本. [CRD-05] */
export const levels = ['national', 'provincial', 'city', 'county', 'school'] as const;
export type Level = (typeof levels)[number];

/** What hours can be issued for; later sources (degree study, platforms) get contra accounts of their own. */
export type Source = 'completion';

/** A teacher's own account within a book, e.g. `held:subject:dispatched:county`. */
export type HeldAccount = `held:${Category}:${Channel}:${Level}`;
/** The other side: what that source has issued to the teacher, always zero or negative. */
export type IssuedAccount = `issued:${Source}`;
export type Account = HeldAccount | IssuedAccount;

/** One line of an entry: so much onto this account (negative: off it). */
export type Posting = Amount & { readonly account: Account };

/** Stored balances of a book, by account. */
export type Balances = Readonly<Record<string, Amount>>;

/** Where hours of that kind are held. */
export function heldAccount(category: Category, channel: Channel, level: Level): HeldAccount {
  return `held:${category}:${channel}:${level}`;
}

/** The contra account of a source. */
export function issuedAccount(source: Source): IssuedAccount {
  return `issued:${source}`;
}

/** The book of a teacher's calendar year: `tch_…/2026`. */
export function bookIdOf(teacherId: string, year: number): string {
  return `${teacherId}/${year}`;
}

/** The dimensions of a teacher's own account; null for a contra account. */
export function dimensionsOf(
  account: string,
): { readonly category: Category; readonly channel: Channel; readonly level: Level } | null {
  const [side, category, channel, level] = account.split(':');
  if (side !== 'held') return null;
  return { category: category as Category, channel: channel as Channel, level: level as Level };
}

export const nothing: Amount = { hoursCenti: 0, creditsCenti: 0 };

/** Adds amounts exactly: they are whole numbers. */
export function sumOf(amounts: Iterable<Amount>): Amount {
  let hoursCenti = 0;
  let creditsCenti = 0;
  for (const amount of amounts) {
    hoursCenti += amount.hoursCenti;
    creditsCenti += amount.creditsCenti;
  }
  return { hoursCenti, creditsCenti };
}

/** True when the postings cancel out in hours and in credits: the law of the ledger. [CRD-01] */
export function balanced(postings: Iterable<Amount>): boolean {
  const { hoursCenti, creditsCenti } = sumOf(postings);
  return hoursCenti === 0 && creditsCenti === 0;
}

/** The balances that postings lead to; one account appearing twice is summed. */
export function balancesOf(postings: Iterable<Posting>): Map<Account, Amount> {
  const balances = new Map<Account, Amount>();
  for (const posting of postings) {
    balances.set(posting.account, sumOf([balances.get(posting.account) ?? nothing, posting]));
  }
  return balances;
}

/** What the teacher holds in a book, over all own accounts. */
export function heldIn(balances: Balances): Amount {
  return sumOf(
    Object.entries(balances)
      .filter(([account]) => dimensionsOf(account) !== null)
      .map(([, amount]) => amount),
  );
}
