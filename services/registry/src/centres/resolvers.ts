import { civilDateOf } from '@shixun/kernel';
import { connection, mutation, type ResolverTable, within } from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { type RegionRow, regions } from '../regions/store.ts';
import { designateCentreCommand } from './commands.ts';
import type { FormerBody } from './designate.ts';
import { type CentreRow, centres } from './store.ts';

type Asked = {
  readonly regionCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

export const centreResolvers: ResolverTable = {
  Query: {
    developmentCentres: (_parent, { regionCode, first, after }: Asked, context) =>
      connection(context.db.model(centres), {
        filter: regionCode ? { countyCode: within(regionCode) } : {},
        sort: [
          ['countyCode', 1],
          ['_id', 1],
        ],
        first,
        after,
      }),
  },
  Mutation: { designateCentre: mutation(designateCentreCommand, 'centre') },
  Region: {
    developmentCentre: async (region: RegionRow, { on }: { on?: string | null }, context) => {
      const date = on ?? civilDateOf(context.now);
      const rows = await context.loadMany(centres, 'countyCode', region._id);
      return rows.find(({ from, to }) => from <= date && (to === null || date < to)) ?? null;
    },
  },
  DevelopmentCentre: {
    id: ({ _id }: CentreRow) => _id,
    county: ({ countyCode }: CentreRow, _args, context) => context.loadOne(regions, countyCode),
    institution: ({ institutionId }: CentreRow, _args, context) =>
      context.loadOne(institutions, institutionId),
  },
  FormerBody: {
    institution: ({ institutionId }: FormerBody, _args, context) =>
      institutionId === null ? null : context.loadOne(institutions, institutionId),
  },
};
