import {
  connection,
  type GraphContext,
  mutation,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { projects } from '../projections/projects.ts';
import { drawSpotChecksCommand } from './commands.ts';
import {
  type SpotCheckDrawRow,
  type SpotCheckLotRow,
  spotCheckDraws,
  spotCheckLots,
} from './store.ts';

export type SpotCheckDrawFilter = {
  readonly regionCode?: string | null;
  readonly year?: number | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the list in the words of the collection. */
export function drawFilter({ regionCode, year }: SpotCheckDrawFilter): Record<string, unknown> {
  return {
    ...(typeof year === 'number' ? { year } : {}),
    ...(regionCode ? { regionCode: within(regionCode) } : {}),
  };
}

export const drawSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

export const lotSort = [
  ['stratum', 1],
  ['rank', 1],
] as const;

export const spotCheckResolvers: ResolverTable = {
  Query: {
    spotCheckDraws: (_parent, args: Page & { filter?: SpotCheckDrawFilter | null }, context) =>
      connection(context.db.model(spotCheckDraws), {
        filter: drawFilter(args.filter ?? {}),
        sort: drawSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: { drawSpotChecks: mutation(drawSpotChecksCommand, 'draw') },
  SpotCheckDraw: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(spotCheckDraws, id),
    id: ({ _id }: SpotCheckDrawRow) => _id,
    region: ({ regionCode }: SpotCheckDrawRow) => ({ code: regionCode }),
    lots: ({ _id }: SpotCheckDrawRow, { first, after }: Page, context) =>
      connection(context.db.model(spotCheckLots), {
        filter: { drawId: _id },
        sort: lotSort,
        first,
        after,
      }),
  },
  SpotCheckLot: {
    project: async ({ _id }: SpotCheckLotRow, _args, context) =>
      (await context.loadOne(projects, _id)) ?? { _id },
  },
};
