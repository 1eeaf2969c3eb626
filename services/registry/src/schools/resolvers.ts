import {
  connection,
  type GraphContext,
  mutation,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { registerSchoolCommand } from './commands.ts';
import { type SchoolRow, schools } from './store.ts';

type SchoolFilter = {
  readonly regionCode?: string | null;
  readonly kind?: string | null;
  readonly sector?: string | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the list in the words of the collection. */
function schoolFilter(filter: SchoolFilter): Readonly<Record<string, unknown>> {
  return {
    ...(filter.regionCode ? { regionCode: within(filter.regionCode) } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.sector ? { sector: filter.sector } : {}),
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
  Mutation: { registerSchool: mutation(registerSchoolCommand, 'school') },
  School: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(schools, id),
    id: (school: SchoolRow) => school._id,
    region: ({ regionCode }: SchoolRow, _args, context) => context.loadOne(regions, regionCode),
    centralSchool: ({ centralSchoolId }: SchoolRow, _args, context) =>
      centralSchoolId === null ? null : context.loadOne(schools, centralSchoolId),
    teachingPoints: (school: SchoolRow, _args, context) =>
      context.loadMany(schools, 'centralSchoolId', school._id),
  },
};
