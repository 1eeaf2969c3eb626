import { isWithin } from '@shixun/kernel';
import {
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { wordsOf } from '../menus/words.ts';
import { schools } from '../projections/schools.ts';
import { teachers } from '../projections/teachers.ts';
import { uploadLinks } from '../uploads/signing-links.ts';
import { resultReaders, resultScope } from './access.ts';
import {
  gradeResultCommand,
  publishResourcePackageCommand,
  submitResultCommand,
} from './commands.ts';
import {
  type PracticeResultRow,
  practiceResults,
  type ResourcePackageRow,
  resourcePackages,
} from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type ResultsAsked = Page & {
  readonly regionCode: string;
  readonly stage?: string | null;
  readonly subject?: string | null;
  readonly kind?: string | null;
  readonly grade?: string | null;
  readonly state?: string | null;
  readonly words?: string | null;
};
type PackagesAsked = Page & {
  readonly regionCode: string;
  readonly stage?: string | null;
  readonly subject?: string | null;
};

/** Those of the arguments that say something. */
function named(asked: Readonly<Record<string, string | null | undefined>>) {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
}

function visibleResults({ caller }: GraphContext): Record<string, unknown> {
  const graded = { state: 'graded' };
  const own = visibleTo(caller, resultReaders, {
    region: 'ownerRegionCode',
    school: 'schoolId',
    institution: 'institutionId',
    own: 'teacherId',
  });
  return own === null ? graded : { $or: [graded, own] };
}

/** Whom a result concerns; once graded everybody, or those of its region alone where the author gave it so. */
async function mayFetch(row: PracticeResultRow, context: GraphContext): Promise<boolean> {
  const { caller } = context;
  if (may(caller, resultReaders, resultScope(row))) return true;
  if (row.state !== 'graded') return false;
  if (row.licence !== 'in_region') return true;
  const known = await Promise.all([
    context.loadOne(teachers, caller?.subject ?? ''),
    ...(caller?.grants ?? []).map(({ schoolId }) => context.loadOne(schools, schoolId ?? '')),
  ]);
  const own = caller?.grants.map(({ regionCode }) => regionCode) ?? [];
  return [...own, ...known.map((place) => place?.regionCode)].some(
    (code) => code !== undefined && isWithin(code, row.ownerRegionCode),
  );
}

export const resourceResolvers: ResolverTable = {
  Query: {
    practiceResults: (_parent, asked: ResultsAsked, context) => {
      const { regionCode, stage, subject, kind, grade, state, words, first, after } = asked;
      const sought = words ? { words: { $all: wordsOf(words) } } : {};
      const filter = { regionPath: regionCode, ...named({ stage, subject, kind, grade, state }) };
      return connection(context.db.model(practiceResults), {
        filter: { $and: [{ ...filter, ...sought }, visibleResults(context)] },
        sort: [['_id', -1]],
        first,
        after,
      });
    },
    resourcePackages: (_parent, asked: PackagesAsked, context) => {
      const { regionCode, stage, subject, ...page } = asked;
      return connection(context.db.model(resourcePackages), {
        filter: { regionPath: regionCode, ...named({ stage, subject }) },
        sort: [['_id', -1]],
        ...page,
      });
    },
  },
  Mutation: {
    submitResult: mutation(submitResultCommand, 'result'),
    gradeResult: mutation(gradeResultCommand, 'result'),
    publishResourcePackage: mutation(publishResourcePackageCommand, 'resourcePackage'),
  },
  PracticeResult: {
    id: ({ _id }: PracticeResultRow) => _id,
    author: ({ teacherId }: PracticeResultRow) => ({ id: teacherId }),
    downloadUrl: async (row: PracticeResultRow, _args, context) => {
      if (!(await mayFetch(row, context))) return null;
      return uploadLinks(context.personalDataKey).make('content', row.uploadId, context.now);
    },
  },
  ResourcePackage: {
    id: ({ _id }: ResourcePackageRow) => _id,
    region: ({ regionCode }: ResourcePackageRow) => ({ code: regionCode }),
    results: async ({ resultIds }: ResourcePackageRow, _args, context) => {
      const rows = await Promise.all(resultIds.map((id) => context.loadOne(practiceResults, id)));
      return rows.filter((row) => row !== null);
    },
  },
};
