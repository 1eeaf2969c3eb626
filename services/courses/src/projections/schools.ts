import { defineCollection } from '@shixun/runtime';

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
