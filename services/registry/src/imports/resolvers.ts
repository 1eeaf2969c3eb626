import {
  type Command,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { schools } from '../schools/store.ts';
import { importReaders } from './access.ts';
import { type Column, columnsOf, type ImportKind } from './columns.ts';
import { applyImportCommand, createImportCommand, type ImportAnswer } from './commands.ts';
import { linksWith } from './signing-links.ts';
import { type ImportCounts, type ImportRow, importFaults, imports } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type Asked = Page & { readonly kind?: ImportKind | null; readonly state?: string | null };

export const importResolvers: ResolverTable = {
  Query: {
    import: (_parent, { id }: { id: string }, context) => context.loadOne(imports, id),
    imports: (_parent, { kind, state, first, after }: Asked, context) => {
      const scope = { region: 'regionCode', school: 'schoolId' } as const;
      const visible = visibleTo(context.caller, importReaders, scope);
      const asked = { ...(kind ? { kind } : {}), ...(state ? { state } : {}) };
      const sort = [['createdAt', -1] as const, ['_id', -1] as const];
      const filter = visible === null ? null : { $and: [visible, asked] };
      return connection(context.db.model(imports), { filter, sort, first, after });
    },
    importTemplate: (_parent, { kind }: { kind: ImportKind }) => ({
      path: `/imports/templates/${kind}.xlsx`,
      columns: columnsOf[kind],
    }),
  },
  Mutation: {
    createImport: answeringImport(createImportCommand),
    applyImport: answeringImport(applyImportCommand),
  },
  Import: {
    id: (row: ImportRow) => row._id,
    school: ({ schoolId }: ImportRow, _args, context) =>
      schoolId === null ? null : context.loadOne(schools, schoolId),
    validated: (row: ImportRow) => withValid(row.validated),
    applied: (row: ImportRow) => withValid(row.applied),
    contentHash: (row: ImportRow) => row.file?.contentHash ?? null,
    sameAs,
    faults: (row: ImportRow, { first, after }: Page, context) =>
      connection(context.db.model(importFaults), {
        filter: { importId: row._id },
        sort: [
          ['row', 1],
          ['_id', 1],
        ],
        first,
        after,
      }),
    uploadPath: (row: ImportRow, _args, context) =>
      row.state === 'awaiting_file'
        ? linksWith(context.personalDataKey).make('upload', row._id, context.now)
        : null,
    resultPath: (row: ImportRow, _args, context) =>
      row.file === null || row.state === 'removed' || row.state === 'file_refused'
        ? null
        : linksWith(context.personalDataKey).make('result', row._id, context.now),
  },
  ImportColumn: {
    titleZh: (column: Column) => column.zh,
    titleEn: (column: Column) => column.en,
    synonyms: (column: Column) => column.also,
    words: ({ read }: Column) => {
      if (read.form === 'flag') return ['是', '否'];
      return 'words' in read
        ? Object.values(read.words).flatMap(([official]) => official ?? [])
        : [];
    },
  },
};

function withValid(counts: ImportCounts) {
  return { transferred: 0, ...counts, valid: counts.read - counts.faulty };
}

async function sameAs(row: ImportRow, _args: unknown, context: GraphContext) {
  if (row.file === null) return null;
  const same = await context.db.model(imports).collection.findOne(
    {
      createdBy: row.createdBy,
      'file.contentHash': row.file.contentHash,
      state: 'applied',
      _id: { $ne: row._id },
      kind: row.kind,
    } as never,
    { projection: { _id: 1 } },
  );
  return same?._id ?? null;
}

/** The stored answer holds the id alone; the payload reads the import anew, and its links are fresh. */
function answeringImport(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const importId = (answer as ImportAnswer | null)?.importId;
    const row = importId === undefined ? null : await context.loadOne(imports, importId);
    return { import: row, refusals };
  };
}
