import { civilDateOf } from '@shixun/kernel';
import { connection, mutation, type ResolverTable, within } from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { type RegionRow, regions } from '../regions/store.ts';
import { designateMonitorCommand } from './commands.ts';
import { type MonitorRow, monitors } from './store.ts';

type Asked = {
  readonly regionCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

export const monitorResolvers: ResolverTable = {
  Query: {
    qualityMonitors: (_parent, { regionCode, first, after }: Asked, context) =>
      connection(context.db.model(monitors), {
        filter: regionCode ? { regionCode: within(regionCode) } : {},
        sort: [
          ['regionCode', 1],
          ['_id', 1],
        ],
        first,
        after,
      }),
  },
  Mutation: { designateMonitor: mutation(designateMonitorCommand, 'monitor') },
  Region: {
    qualityMonitor: async (region: RegionRow, { on }: { on?: string | null }, context) => {
      const date = on ?? civilDateOf(context.now);
      const rows = await context.loadMany(monitors, 'regionCode', region._id);
      return rows.find(({ from, to }) => from <= date && (to === null || date < to)) ?? null;
    },
  },
  QualityMonitor: {
    id: ({ _id }: MonitorRow) => _id,
    name: ({ monitorName }: MonitorRow) => monitorName,
    region: ({ regionCode }: MonitorRow, _args, context) => context.loadOne(regions, regionCode),
    institution: ({ institutionId }: MonitorRow, _args, context) =>
      institutionId === null ? null : context.loadOne(institutions, institutionId),
  },
};
