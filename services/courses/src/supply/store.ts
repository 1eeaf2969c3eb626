import { defineCollection } from '@shixun/runtime';
import type { Stage } from '../projects/project.ts';
import type { Counts } from './counting.ts';

/** Two projects that duplicate each other; the id is both ids in order. [PLN-06] */
export type DuplicateRow = {
  readonly _id: string;
  readonly projectIds: readonly string[];
  /** The regions of both, with all above them. */
  readonly regionPath: readonly string[];
  readonly year: number;
  readonly foundAt: Date;
};

/** Places of a region and all below it in one year. [PLN-07] */
export type PlaceTallyRow = {
  readonly _id: string;
  readonly regionCode: string;
  readonly year: number;
  readonly places: number;
  readonly mandated: number;
  /** When it was found above the ceiling: one finding per region and year. */
  readonly flaggedAt?: Date | null;
  /** When the whole year was reckoned, after its end. */
  readonly settledAt?: Date | null;
};

/** Places and needs of a region in one year, by area; the id is region/year/stage/subject. [PLN-08] */
export type AreaTallyRow = {
  readonly _id: string;
  readonly regionCode: string;
  readonly year: number;
  readonly stage: Stage;
  readonly subject: string;
  readonly places?: number;
  readonly asked?: number;
};

/** Teachers of a region by area; the id is region/stage/subject. [PLN-08] */
export type TeacherTallyRow = {
  readonly _id: string;
  readonly regionCode: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly teachers: number;
};

/** Teachers in post of one school; the id is the school's. [PLN-09] */
export type StaffRow = { readonly _id: string; readonly staff: number };

/** What one project, survey or teacher has added to the counters; the id is its own. */
export type CountedRow = {
  readonly _id: string;
  readonly counts: Counts;
  readonly more: Counts;
};

export const duplicates = defineCollection<DuplicateRow>(
  'duplicates',
  { projectIds: [String], regionPath: [String], year: Number, foundAt: Date },
  [{ keys: { regionPath: 1, year: 1, _id: -1 } }],
);

export const placeTallies = defineCollection<PlaceTallyRow>(
  'placeTallies',
  {
    regionCode: String,
    year: Number,
    places: Number,
    mandated: Number,
    flaggedAt: { type: Date, default: null },
    settledAt: { type: Date, default: null },
  },
  [{ keys: { settledAt: 1, year: 1 } }],
);

export const areaTallies = defineCollection<AreaTallyRow>(
  'areaTallies',
  {
    regionCode: String,
    year: Number,
    stage: String,
    subject: String,
    places: Number,
    asked: Number,
  },
  [{ keys: { regionCode: 1, year: 1 } }],
);

export const teacherTallies = defineCollection<TeacherTallyRow>(
  'teacherTallies',
  { regionCode: String, stage: String, subject: String, teachers: Number },
  [{ keys: { regionCode: 1 } }],
);

export const staffRows = defineCollection<StaffRow>('staff', { staff: Number }, []);

export const countedRows = defineCollection<CountedRow>(
  'counted',
  { counts: Object, more: Object },
  [],
);
