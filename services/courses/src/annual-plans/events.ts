import { registry } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
import { newest } from '../projections/newest.ts';
import { planningBodies } from './store.ts';

/** Keeps the list of those who make yearly plans: every school, and the bureaus of counties and above. [PLN-03] */
export const planningBodyHandlers: readonly EventHandler[] = [
  on(registry.regionRecorded, (events, unit) => {
    for (const { code, name, level, abolishedOn } of newest(events, 'code')) {
      if (level === 'township') continue;
      if (abolishedOn !== undefined) unit.remove(planningBodies, { _id: code });
      else {
        const fields = { kind: 'bureau', regionCode: code, name, sector: null };
        unit.upsert(planningBodies, { _id: code }, { $set: fields });
      }
    }
  }),
  on(registry.schoolRecorded, (events, unit) => {
    for (const { schoolId, name, regionCode, sector } of newest(events, 'schoolId')) {
      const fields = { kind: 'school', regionCode, name, sector };
      unit.upsert(planningBodies, { _id: schoolId }, { $set: fields });
    }
  }),
];
