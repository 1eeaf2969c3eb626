import { registry } from '@shixun/contracts';
import { defineCollection, type EventHandler, on } from '@shixun/runtime';
import { newest } from './newest.ts';

/** What courses knows of a school 学校: the registry's latest word. */
export type SchoolRow = {
  readonly _id: string;
  readonly name: string;
  readonly kind: string;
  readonly regionCode: string;
  readonly sector: string;
  readonly centralSchoolId: string | null;
};

export const schools = defineCollection<SchoolRow>(
  'schools',
  {
    name: String,
    kind: String,
    regionCode: String,
    sector: String,
    centralSchoolId: { type: String, default: null },
  },
  [],
);

export const schoolRecordedHandler: EventHandler = on(registry.schoolRecorded, (events, unit) => {
  for (const { schoolId, ...row } of newest(events, 'schoolId')) {
    unit.upsert(schools, { _id: schoolId }, { $set: row });
  }
});
