/**
 * Where the ledger lies. Entries are only ever inserted: this file is the one place that writes them, and it knows
 * no update and no removal; the database role of the service has neither on `entries` (see the service's README).
 */
import { credits } from '@shixun/contracts';
import { type CivilDate, civilDateOf } from '@shixun/kernel';
import { defineCollection, type Unit } from '@shixun/runtime';
import { type Amount, balancesOf, dimensionsOf, type Posting } from './account.ts';
import { type Chain, type Entry, entryIdOf } from './entry.ts';

/** An entry as it lies in the ledger. */
export type LedgerEntry = Entry & {
  readonly postedAt: Date;
  /** The civil date of the posting: what "the balance on a date" goes by. */
  readonly postedOn: CivilDate;
  /** The person whose command posted it, or `event:<id>`. */
  readonly postedBy: string;
};

/** A teacher's book of one calendar year with the stored balance of each account. */
export type AccountBook = {
  /** `<teacher>/<year>` */
  readonly _id: string;
  readonly teacherId: string;
  readonly year: number;
  readonly accounts: Readonly<Record<string, Amount>>;
  /** How many entries were posted to it. */
  readonly entries: number;
};

const required = { required: true };

export const ledgerEntries = defineCollection<LedgerEntry>(
  'entries',
  {
    kind: { type: String, ...required },
    teacherId: { type: String, ...required },
    year: Number,
    bookId: String,
    causeId: { type: String, ...required },
    number: { type: Number, ...required },
    postings: { type: [Object], ...required },
    hoursCenti: { type: Number, ...required },
    creditsCenti: { type: Number, ...required },
    hoursPlannedCenti: Number,
    creditRate: Object,
    completedOn: String,
    policyVersion: String,
    reverses: String,
    reversalCause: String,
    reason: String,
    postedAt: { type: Date, ...required },
    postedOn: { type: String, ...required },
    postedBy: { type: String, ...required },
  },
  [{ keys: { teacherId: 1, postedAt: -1, _id: -1 } }],
);

export const accountBooks = defineCollection<AccountBook>(
  'books',
  {
    teacherId: { type: String, ...required },
    year: { type: Number, ...required },
    accounts: { type: Object, ...required },
    entries: { type: Number, ...required },
  },
  [{ keys: { teacherId: 1, year: 1 } }],
);

/** An entry and who caused it. */
export type PostedBy = { readonly entry: Entry; readonly postedBy: string };

/**
 * Appends entries, moves the stored balances by exactly their postings and tells each of them. One account that
 * several entries of the unit touch is summed first, so that a book is written once. [CRD-01]
 */
export function appendEntries(posted: readonly PostedBy[], unit: Unit): readonly LedgerEntry[] {
  // Books go first: two units that meet in a book find out before they have written anything else.
  for (const ofBook of Map.groupBy(posted, ({ entry }) => entry.bookId).values()) {
    moveBook(
      ofBook.map(({ entry }) => entry),
      unit,
    );
  }
  const postedOn = civilDateOf(unit.now);
  return posted.map(({ entry, postedBy }) => {
    const row = { ...entry, postedAt: unit.now, postedOn, postedBy };
    unit.insert(ledgerEntries, row);
    tell(row, unit);
    return row;
  });
}

function moveBook(entries: readonly Entry[], unit: Unit): void {
  const [first] = entries;
  if (first === undefined || first.bookId === null) return;
  const { bookId, teacherId, year } = first;
  const moves = movesOf(entries.flatMap((entry) => entry.postings));
  unit.upsert(
    accountBooks,
    { _id: bookId },
    { $inc: { entries: entries.length, ...moves }, $setOnInsert: { teacherId, year } },
  );
}

function movesOf(postings: readonly Posting[]): Record<string, number> {
  const moves: Record<string, number> = {};
  for (const [account, { hoursCenti, creditsCenti }] of balancesOf(postings)) {
    moves[`accounts.${account}.hoursCenti`] = hoursCenti;
    moves[`accounts.${account}.creditsCenti`] = creditsCenti;
  }
  return moves;
}

function tell(entry: Entry, unit: Unit): void {
  const { kind, year, policyVersion } = entry;
  if (kind === 'void' || year === null || policyVersion === null) return;
  unit.emit(credits.entryPosted, entry.teacherId, {
    entryId: entry._id,
    teacherId: entry.teacherId,
    kind,
    hoursCenti: entry.hoursCenti,
    creditsCenti: entry.creditsCenti,
    byCategory: entry.postings.flatMap(({ account, hoursCenti, creditsCenti }) => {
      const category = dimensionsOf(account)?.category;
      return category === undefined ? [] : [{ category, hoursCenti, creditsCenti }];
    }),
    reversesEntryId: entry.reverses,
    year,
    causeId: entry.causeId,
    policyVersion,
  });
}

/** The first entry of each cause that has one: enough to know which completions are counted already. */
export async function firstEntriesOf(
  causeIds: readonly string[],
  unit: Unit,
): Promise<Map<string, LedgerEntry>> {
  const ids = causeIds.map((causeId) => entryIdOf(causeId, 1));
  const found = await unit.find(ledgerEntries, { _id: { $in: ids } });
  return new Map(found.map((entry) => [entry.causeId, entry]));
}

/** How many numbers of a chain are read at a time; hardly any chain has more. */
const chainStep = 4;

/** The whole chain of each cause, by its business keys: no index but that of the ids is needed. */
export async function chainsOf(
  causeIds: readonly string[],
  unit: Unit,
): Promise<Map<string, Chain>> {
  const chains = new Map<string, LedgerEntry[]>(causeIds.map((causeId) => [causeId, []]));
  let open = [...chains.keys()];
  for (let from = 1; open.length > 0; from += chainStep) {
    const numbers = Array.from({ length: chainStep }, (_, index) => from + index);
    const ids = open.flatMap((causeId) => numbers.map((number) => entryIdOf(causeId, number)));
    for (const entry of await unit.find(ledgerEntries, { _id: { $in: ids } })) {
      chains.get(entry.causeId)?.push(entry);
    }
    open = open.filter((causeId) => chains.get(causeId)?.length === from + chainStep - 1);
  }
  for (const chain of chains.values()) chain.sort((a, b) => a.number - b.number);
  return chains;
}
