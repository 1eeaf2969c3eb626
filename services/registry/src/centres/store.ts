import { defineCollection, type RowBase } from '@shixun/runtime';
import type { DesignateCentre } from './designate.ts';

/** One designation of a county's development centre; ended ones stay on record. [REG-15] */
export type CentreRow = RowBase &
  DesignateCentre & {
    /** First day on which another one stands; null for the present one. */
    readonly to: string | null;
    readonly designatedAt: Date;
  };

const text = { type: String, required: true };

export const centres = defineCollection<CentreRow>(
  'centres',
  {
    countyCode: text,
    institutionId: text,
    from: text,
    to: { type: String, default: null },
    formerBodies: { type: [Object], required: true },
    designatedAt: { type: Date, required: true },
  },
  [{ keys: { countyCode: 1, from: 1 }, unique: true }, { keys: { countyCode: 1, _id: 1 } }],
);
