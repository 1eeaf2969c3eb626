import { centiFrom } from '@shixun/kernel';
import {
  type CommandContext,
  defineCommand,
  type NotFound,
  notFound,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { type Teacher, teachers } from '../projections/teachers.ts';
import { categories } from './account.ts';
import { type CorrectEntry, correctEntry } from './correct.ts';
import type { Entry } from './entry.ts';
import { type PlacedEntry, placed } from './place.ts';
import { type ReversalFacts, type ReverseEntry, reverseEntry } from './reverse.ts';
import { accountBooks, appendEntries, chainsOf, ledgerEntries } from './store.ts';

type Facts = ReversalFacts & { readonly teacher: Teacher | null; readonly postedBy: string };

const entryId = z.string().min(1).max(64);
const reason = z.string().max(2_000);

const hours = z.string().transform((text, context) => {
  const centi = centiFrom(text);
  if (centi !== undefined) return centi;
  context.addIssue({
    code: 'custom',
    message: `${text} 不是两位小数以内的学时数 is no decimal of hours`,
  });
  return z.NEVER;
});

const correctInput = z
  .object({
    entryId,
    reason,
    hoursByCategory: z.array(z.object({ category: z.enum(categories), hours })).max(50),
  })
  .transform(
    ({ hoursByCategory, ...rest }): CorrectEntry => ({
      ...rest,
      hoursByCategory: hoursByCategory.map((each) => ({
        category: each.category,
        hoursCenti: each.hours,
      })),
    }),
  );

async function gather(
  { entryId: id }: ReverseEntry,
  unit: Unit,
  { caller }: CommandContext,
): Promise<Facts | NotFound> {
  const entry = await unit.findById(ledgerEntries, id);
  if (entry === null) return notFound('entry', id, []);
  const chain = (await chainsOf([entry.causeId], unit)).get(entry.causeId) ?? [];
  const book = entry.bookId === null ? null : await unit.findById(accountBooks, entry.bookId);
  return {
    entry,
    chain,
    balances: book?.accounts ?? {},
    teacher: await unit.findById(teachers, entry.teacherId),
    postedBy: caller?.subject ?? 'anonymous',
  };
}

function scope({ entry, teacher }: Facts) {
  return {
    personId: entry.teacherId,
    schoolId: teacher?.schoolId,
    regionCode: teacher?.regionCode,
  };
}

/** Posts the entries and answers the last of them, with its place for the access table. */
function post(entries: readonly Entry[], { postedBy, teacher }: Facts, unit: Unit): PlacedEntry {
  const rows = appendEntries(
    entries.map((entry) => ({ entry, postedBy })),
    unit,
  );
  const last = rows.at(-1);
  if (last === undefined) throw new Error('a reversal posts at least one entry');
  return placed(last, teacher);
}

/** Takes an award back. [CRD-01] */
export const reverseEntryCommand = defineCommand({
  name: 'reverseEntry',
  input: z.object({ entryId, reason }),
  gather,
  scope,
  decide: (input: ReverseEntry, facts: Facts) => reverseEntry(input, facts),
  record: ({ reversal }, facts, unit) => post([reversal], facts, unit),
  stream: (facts) => facts.entry.teacherId,
});

/** Takes an award back and posts what it should have been. [CRD-01] */
export const correctEntryCommand = defineCommand({
  name: 'correctEntry',
  input: correctInput,
  gather,
  scope,
  decide: (input: CorrectEntry, facts: Facts) => correctEntry(input, facts),
  record: ({ reversal, award }, facts, unit) => post([reversal, award], facts, unit),
  stream: (facts) => facts.entry.teacherId,
});
