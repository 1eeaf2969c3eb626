import { connection, type GraphContext, type ResolverTable } from '@shixun/runtime';
import { type RegionRow, regions } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

export const regionResolvers: ResolverTable = {
  Query: {
    region: (_parent, { code }: { code: string }, context) => context.loadOne(regions, code),
    regions: (_parent, args: Page & { parentCode?: string | null }, context) =>
      connection(context.db.model(regions), {
        filter: { parentCode: args.parentCode ?? null },
        sort: [['_id', 1]],
        first: args.first,
        after: args.after,
      }),
  },
  Region: {
    __resolveReference: ({ code }: { code: string }, context: GraphContext) =>
      context.loadOne(regions, code),
    code: (region: RegionRow) => region._id,
    parent: ({ parentCode }: RegionRow, _args, context) =>
      parentCode === null ? null : context.loadOne(regions, parentCode),
    children: (region: RegionRow, _args, context) =>
      context.loadMany(regions, 'parentCode', region._id),
  },
};
