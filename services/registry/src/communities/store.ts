import { defineCollection, type RowBase } from '@shixun/runtime';
import type { OpenWorkshop, SetArea } from './organize.ts';

/** A group of schools of a county 片区. A school is in one at most. [REG-14] */
export type AreaRow = RowBase & SetArea;

const text = { type: String, required: true };

export const areas = defineCollection<AreaRow>(
  'areas',
  { countyCode: text, name: text, schoolIds: { type: [String], required: true } },
  [{ keys: { countyCode: 1, _id: 1 } }, { keys: { schoolIds: 1, _id: 1 } }],
);

/** A workshop 工作坊; its members are those who teach its subject and stage where it is held. [REG-14] */
export type WorkshopRow = RowBase & OpenWorkshop & { readonly openedAt: Date };

export const workshops = defineCollection<WorkshopRow>(
  'workshops',
  {
    name: text,
    hostTeacherId: text,
    subject: text,
    stage: text,
    regionCode: text,
    schoolId: { type: String, default: null },
    openedAt: { type: Date, required: true },
  },
  [{ keys: { regionCode: 1, schoolId: 1, _id: 1 } }, { keys: { schoolId: 1, _id: 1 } }],
);
