/** Reads the ledger in step with its books and hands both to the pure comparison; never holds a province. [CRD-01] */
import type { Database } from '@shixun/runtime';
import type { ClientSession } from 'mongoose';
import { type Amount, heldIn, sumOf } from './account.ts';
import { type AccountBook, accountBooks, type LedgerEntry, ledgerEntries } from './store.ts';
import { bookDifference, chainDifference, type Difference, entryDifference } from './verify.ts';

export type LedgerReport = {
  readonly entries: number;
  readonly books: number;
  /** What all teachers hold together. */
  readonly held: Amount;
  readonly difference: Difference | null;
};

/** How many books one snapshot covers: a snapshot must not grow old. */
const booksPerSnapshot = 2_000;

/** Everything of one teacher: small, whatever the province. */
export function teacherDifference(
  entries: readonly LedgerEntry[],
  books: readonly AccountBook[],
): Difference | null {
  for (const entry of entries) {
    const difference = entryDifference(entry);
    if (difference !== null) return difference;
  }
  for (const chain of Map.groupBy(entries, (entry) => entry.causeId).values()) {
    const difference = chainDifference(chain.toSorted((a, b) => a.number - b.number));
    if (difference !== null) return difference;
  }
  const postings = Map.groupBy(entries, (entry) => entry.bookId);
  const stored = new Map(books.map((book) => [book._id, book.accounts]));
  for (const bookId of new Set([...stored.keys(), ...postings.keys()])) {
    if (bookId === null) continue;
    const ofBook = (postings.get(bookId) ?? []).flatMap((entry) => entry.postings);
    const difference = bookDifference(bookId, stored.get(bookId) ?? {}, ofBook);
    if (difference !== null) return difference;
  }
  return null;
}

/** Checks the books of one teacher. */
export async function checkTeacher(db: Database, teacherId: string): Promise<LedgerReport> {
  return db.connection.transaction(
    (session) => checkRange(db, { $gte: teacherId, $lte: teacherId }, session),
    { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
  );
}

/** Checks the whole ledger, a snapshot for every 2,000 books, and stops at the first difference. */
export async function checkLedger(
  db: Database,
  onProgress: (report: LedgerReport) => void = () => {},
): Promise<LedgerReport> {
  let report: LedgerReport = { entries: 0, books: 0, held: sumOf([]), difference: null };
  let after: string | null = '';
  while (after !== null && report.difference === null) {
    const from: string = after;
    const last = await lastOfSnapshot(db, from);
    const range = last === null ? { $gt: from } : { $gt: from, $lte: last };
    const part = await db.connection.transaction((session) => checkRange(db, range, session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
    });
    report = {
      entries: report.entries + part.entries,
      books: report.books + part.books,
      held: sumOf([report.held, part.held]),
      difference: part.difference,
    };
    onProgress(report);
    after = last;
  }
  return report;
}

/** The teacher whose books end the next snapshot; null when the rest fits into it. */
async function lastOfSnapshot(db: Database, after: string): Promise<string | null> {
  const [book] = await books(db)
    .find({ teacherId: { $gt: after } })
    .sort({ teacherId: 1, year: 1 })
    .skip(booksPerSnapshot - 1)
    .limit(1)
    .toArray();
  return book?.teacherId ?? null;
}

async function checkRange(
  db: Database,
  teacherId: Readonly<Record<string, string>>,
  session: ClientSession,
): Promise<LedgerReport> {
  const stored = await books(db).find({ teacherId }, { session }).toArray();
  const booksOf = Map.groupBy(stored, (book) => book.teacherId);
  const held = sumOf(stored.map((book) => heldIn(book.accounts)));
  let entries = 0;
  let difference: Difference | null = null;
  for await (const ofTeacher of entriesByTeacher(db, teacherId, session)) {
    const [first] = ofTeacher;
    if (first === undefined) continue;
    entries += ofTeacher.length;
    difference ??= teacherDifference(ofTeacher, booksOf.get(first.teacherId) ?? []);
    booksOf.delete(first.teacherId);
    if (difference !== null) break;
  }
  // What is left are books without a single entry.
  for (const orphans of booksOf.values()) {
    difference ??= teacherDifference([], orphans);
  }
  return { entries, books: stored.length, held, difference };
}

async function* entriesByTeacher(
  db: Database,
  teacherId: Readonly<Record<string, string>>,
  session: ClientSession,
): AsyncGenerator<LedgerEntry[]> {
  const cursor = db
    .model(ledgerEntries)
    .collection.find<LedgerEntry>({ teacherId } as never, { session })
    .sort({ teacherId: 1, postedAt: -1, _id: -1 });
  let ofTeacher: LedgerEntry[] = [];
  for await (const entry of cursor) {
    if (ofTeacher[0] !== undefined && ofTeacher[0].teacherId !== entry.teacherId) {
      yield ofTeacher;
      ofTeacher = [];
    }
    ofTeacher.push(entry);
  }
  if (ofTeacher.length > 0) yield ofTeacher;
}

function books(db: Database) {
  return db.connection.collection<AccountBook>(accountBooks.name);
}
