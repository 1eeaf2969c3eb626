import { isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { institutions } from '../institutions/store.ts';
import { designateMonitor } from './designate.ts';
import { type MonitorRow, monitors, recordMonitor } from './store.ts';

const bureauRoles: readonly string[] = ['ProvinceAdmin', 'CityAdmin', 'CountyAdmin'];
const date = z.string().refine(isCivilDate);

export const designateMonitorCommand = defineCommand({
  name: 'designateMonitor',
  input: z.strictObject({
    regionCode: z.string().regex(/^\d{6}$/),
    monitorName: z.string().trim().min(2).max(100),
    institutionId: z
      .string()
      .max(64)
      .nullish()
      .transform((id) => id ?? null),
    from: date,
    to: date.nullish().transform((to) => to ?? null),
  }),
  gather: async ({ regionCode, institutionId }, unit, { caller }) => {
    if (institutionId !== null && (await unit.findById(institutions, institutionId)) === null) {
      return notFound('institution', institutionId, ['institutionId']);
    }
    const rows = await unit.find(monitors, { regionCode }, { sort: { from: -1 }, limit: 1 });
    const standing = rows[0] ?? null;
    const grants = caller?.grants ?? [];
    const ownBureau = grants.some(
      (grant) => bureauRoles.includes(grant.role) && grant.regionCode === regionCode,
    );
    return { standing, ownBureau, standingFrom: standing?.from ?? null };
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: (input, facts) => designateMonitor(input, facts),
  record: (designated, { standing }, unit): MonitorRow => {
    const { from } = designated;
    // The body that stood until now ends where the next begins.
    if (standing !== null && (standing.to === null || standing.to > from)) {
      unit.update(monitors, { _id: standing._id, to: standing.to }, { $set: { to: from } });
    }
    const row = { _id: unit.newId('monitor'), ...designated, designatedAt: unit.now };
    recordMonitor(unit, row);
    return row;
  },
  stream: (_facts, { regionCode }) => `monitors/${regionCode}`,
});
