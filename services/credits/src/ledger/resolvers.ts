import { centiText } from '@shixun/kernel';
import { connection, type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { identitiesOf, type TeacherPlace, teacherPlace } from '../projections/teacher-place.ts';
import { teachers } from '../projections/teachers.ts';
import { type Amount, dimensionsOf } from './account.ts';
import { correctEntryCommand, reverseEntryCommand } from './commands.ts';
import { entryIdOf } from './entry.ts';
import { type PlacedEntry, placed } from './place.ts';
import { ledgerCheckers, ledgerReaders } from './readers.ts';
import { checkTeacher, type LedgerReport } from './readers-check.ts';
import { ledgerEntries } from './store.ts';

const hours = ({ hoursCenti }: Amount) => centiText(hoursCenti);
const credits = ({ creditsCenti }: Amount) => centiText(creditsCenti);

async function entryWithPlace(context: GraphContext, id: string): Promise<PlacedEntry | null> {
  const entry = await context.loadOne(ledgerEntries, id);
  if (entry === null) return null;
  const place = placed(entry, await context.loadOne(teachers, entry.teacherId));
  // What is out of scope is answered like what doesn't exist.
  return may(context.caller, ledgerReaders, { ...place, personId: entry.teacherId }) ? place : null;
}

type Page = { readonly first?: number; readonly after?: string; readonly year?: number };

export const ledgerResolvers: ResolverTable = {
  Query: {
    ledgerEntry: (_parent, { id }: { id: string }, context) => entryWithPlace(context, id),
    ledgerCheck: async (_parent, { teacherId }: { teacherId: string }, context) => {
      const place = await teacherPlace(context, teacherId);
      if (!may(context.caller, ledgerCheckers, { ...place, personId: teacherId })) return null;
      return { place, report: await checkTeacher(context.db, teacherId) };
    },
  },
  Mutation: {
    reverseEntry: mutation(reverseEntryCommand, 'entry'),
    correctEntry: mutation(correctEntryCommand, 'entry'),
  },
  Teacher: {
    ledgerEntries: async (teacher: TeacherPlace, { first, after, year }: Page, context) => {
      const ids = await identitiesOf(context, teacher.id);
      const filter = { teacherId: { $in: ids }, ...(year == null ? {} : { year }) };
      const page = await connection(context.db.model(ledgerEntries), {
        filter,
        sort: [
          ['postedAt', -1],
          ['_id', -1],
        ],
        first,
        after,
      });
      const { schoolId, regionCode } = teacher;
      const edges = page.edges.map(({ cursor, node }) => ({
        cursor,
        node: { ...node, schoolId, regionCode },
      }));
      return { ...page, edges };
    },
  },
  LedgerEntry: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      entryWithPlace(context, id),
    id: (entry: PlacedEntry) => entry._id,
    teacher: (entry: PlacedEntry, _args, context) => teacherPlace(context, entry.teacherId),
    completion: (entry: PlacedEntry) => ({ id: entry.causeId }),
    hours,
    credits,
    byCategory: (entry: PlacedEntry) =>
      entry.postings.flatMap((posting) => {
        const category = dimensionsOf(posting.account)?.category;
        return category === undefined ? [] : [{ ...posting, category }];
      }),
    hoursPlanned: ({ hoursPlannedCenti }: PlacedEntry) =>
      hoursPlannedCenti === null ? null : centiText(hoursPlannedCenti),
    creditRate: ({ creditRate }: PlacedEntry) =>
      creditRate === null ? null : `${creditRate.numerator}/${creditRate.denominator}`,
    reverses: ({ reverses }: PlacedEntry, _args, context) =>
      reverses === null ? null : entryWithPlace(context, reverses),
    reversedBy: (entry: PlacedEntry, _args, context) =>
      entry.kind === 'award'
        ? entryWithPlace(context, entryIdOf(entry.causeId, entry.number + 1))
        : null,
  },
  CategoryAmount: { hours, credits },
  LedgerPosting: { hours, credits },
  LedgerCheck: {
    teacher: ({ place }: { place: TeacherPlace }) => place,
    entriesCount: ({ report }: { report: LedgerReport }) => report.entries,
    booksCount: ({ report }: { report: LedgerReport }) => report.books,
    agrees: ({ report }: { report: LedgerReport }) => report.difference === null,
    difference: ({ report }: { report: LedgerReport }) => report.difference,
  },
};
