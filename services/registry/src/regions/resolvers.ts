import { type CivilDate, isCivilDate } from '@shixun/kernel';
import { badInput, connection, type GraphContext, type ResolverTable } from '@shixun/runtime';
import { changeRegionsCommand } from './commands.ts';
import type { RegionVersion } from './history.ts';
import { regionOn, versionsOf } from './readers.ts';
import { type RegionRow, regions } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

/** A page of the regions in force below one. */
const below = (context: GraphContext, parentCode: string | null, { first, after }: Page) =>
  connection(context.db.model(regions), {
    filter: { parentCode, abolishedOn: null },
    sort: [['_id', 1]],
    first,
    after,
  });

export const regionResolvers: ResolverTable = {
  Query: {
    region: (_parent, { code }: { code: string }, context) => context.loadOne(regions, code),
    regionOn: (_parent, { code, date }: { code: string; date: CivilDate }, context) => {
      if (!isCivilDate(date)) throw badInput('the date does not exist');
      return regionOn(context, code, date);
    },
    regions: (_parent, args: Page & { parentCode?: string | null }, context) =>
      below(context, args.parentCode ?? null, args),
  },
  Mutation: {
    changeRegions: async (_parent, { input }: { input: unknown }, context) => {
      const { answer, refusals } = await context.execute(changeRegionsCommand, input);
      const codes = (answer as { codes: string[] } | null)?.codes ?? [];
      const found = await Promise.all(codes.map((code) => context.loadOne(regions, code)));
      return { regions: answer === null ? null : found.filter((row) => row !== null), refusals };
    },
  },
  Region: {
    __resolveReference: ({ code }: { code: string }, context: GraphContext) =>
      context.loadOne(regions, code),
    code: (region: RegionRow) => region._id,
    parent: ({ parentCode }: RegionRow, _args, context) =>
      parentCode === null ? null : context.loadOne(regions, parentCode),
    children: async (region: RegionRow, _args, context) => {
      const rows = await context.loadMany(regions, 'parentCode', region._id);
      return rows.filter(({ abolishedOn }) => !abolishedOn);
    },
    successors: async ({ successors }: RegionRow, _args, context) => {
      const found = (successors ?? []).map((code) => context.loadOne(regions, code));
      return (await Promise.all(found)).filter((row) => row !== null);
    },
    history: (region: RegionRow, _args, context) => versionsOf(context, region._id),
  },
  RegionVersion: {
    successorCodes: ({ successors }: RegionVersion) => successors,
  },
};
