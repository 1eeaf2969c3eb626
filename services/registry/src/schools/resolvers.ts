import { type CivilDate, isCivilDate } from '@shixun/kernel';
import {
  badInput,
  type Command,
  connection,
  type GraphContext,
  mutation,
  type Resolver,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { registerSchoolCommand } from './commands.ts';
import { relocateSchoolCommand, renameSchoolCommand } from './commands-change.ts';
import {
  closeSchoolCommand,
  mergeSchoolsCommand,
  splitSchoolCommand,
} from './commands-reorganize.ts';
import { type SchoolVersion, schoolHistory, schoolOn } from './history.ts';
import { type SchoolRow, schools } from './store.ts';

type SchoolFilter = {
  readonly regionCode?: string | null;
  readonly kind?: string | null;
  readonly sector?: string | null;
  readonly state?: string | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the list in the words of the collection. */
function schoolFilter(filter: SchoolFilter): Readonly<Record<string, unknown>> {
  return {
    ...(filter.regionCode ? { regionCode: within(filter.regionCode) } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.sector ? { sector: filter.sector } : {}),
    // A school that has only ever been open carries no state.
    ...(filter.state
      ? { state: filter.state === 'open' ? { $in: [null, 'open'] } : filter.state }
      : {}),
  };
}

const schoolSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

export const schoolResolvers: ResolverTable = {
  Query: {
    school: (_parent, { id }: { id: string }, context) => context.loadOne(schools, id),
    schools: (_parent, args: Page & { filter?: SchoolFilter | null }, context) =>
      connection(context.db.model(schools), {
        filter: schoolFilter(args.filter ?? {}),
        sort: schoolSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: {
    registerSchool: mutation(registerSchoolCommand, 'school'),
    renameSchool: mutation(renameSchoolCommand, 'school'),
    relocateSchool: mutation(relocateSchoolCommand, 'school'),
    mergeSchools: answeringSchools(mergeSchoolsCommand),
    splitSchool: answeringSchools(splitSchoolCommand),
    closeSchool: async (parent, args, context) => {
      const { schools: closed, refusals } = (await answeringSchools(closeSchoolCommand)(
        parent,
        args,
        context,
      )) as SchoolsPayload;
      return { school: closed?.[0] ?? null, refusals };
    },
  },
  School: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(schools, id),
    id: (school: SchoolRow) => school._id,
    region: ({ regionCode }: SchoolRow, _args, context) => context.loadOne(regions, regionCode),
    centralSchool: ({ centralSchoolId }: SchoolRow, _args, context) =>
      centralSchoolId === null ? null : context.loadOne(schools, centralSchoolId),
    teachingPoints: (school: SchoolRow, _args, context) =>
      context.loadMany(schools, 'centralSchoolId', school._id),
    state: ({ state }: SchoolRow) => state ?? 'open',
    successors: ({ successors }: SchoolRow, _args, context) => loadAll(context, successors ?? []),
    history: (school: SchoolRow) => schoolHistory(school),
    on: (school: SchoolRow, { date }: { date: CivilDate }) => {
      if (!isCivilDate(date)) throw badInput('the date does not exist');
      return schoolOn(school, date);
    },
  },
  SchoolVersion: {
    centralSchool: ({ centralSchoolId }: SchoolVersion, _args, context) =>
      centralSchoolId === null ? null : context.loadOne(schools, centralSchoolId),
  },
};

type SchoolsPayload = { readonly schools: readonly SchoolRow[] | null; readonly refusals: unknown };

/** The stored answer names the schools; the payload reads them as they now stand. */
function answeringSchools(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context): Promise<SchoolsPayload> => {
    const { answer, refusals } = await context.execute(command, input);
    const ids = (answer as { readonly schoolIds: readonly string[] } | null)?.schoolIds;
    return { schools: ids === undefined ? null : await loadAll(context, ids), refusals };
  };
}

async function loadAll(context: GraphContext, ids: readonly string[]): Promise<SchoolRow[]> {
  const found = await Promise.all(ids.map((id) => context.loadOne(schools, id)));
  return found.filter((row) => row !== null);
}
