import { defineCollection } from '@shixun/runtime';
import type { Quota } from '../projects/project.ts';
import type { DispatchState } from './dispatch.ts';

/** One teacher's dispatch 选派 to one class, from nomination on. */
export type DispatchRow = {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly regionCode: string;
  readonly ownerRegionCode: string;
  readonly institutionId: string | null;
  readonly state: DispatchState;
  readonly reason: string;
  readonly nominatedAt: Date;
  /** The dispatch whose place this one is to take. */
  readonly replacesId: string | null;
  readonly enrollmentId: string | null;
  readonly objection: string | null;
  readonly objectedAt: Date | null;
  /** Why the bureau decided as it did, or why it was taken back. */
  readonly answer: string | null;
  readonly decidedAt: Date | null;
  /** True while it holds a place or waits for one; at most one per teacher and class. */
  readonly active: boolean;
};

export const dispatches = defineCollection<DispatchRow>(
  'dispatches',
  {
    classId: String,
    projectId: String,
    teacherId: String,
    schoolId: String,
    regionCode: String,
    ownerRegionCode: String,
    institutionId: { type: String, default: null },
    state: String,
    reason: String,
    nominatedAt: Date,
    replacesId: { type: String, default: null },
    enrollmentId: { type: String, default: null },
    objection: { type: String, default: null },
    objectedAt: { type: Date, default: null },
    answer: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    active: Boolean,
  },
  [
    { keys: { classId: 1, _id: 1 } },
    { keys: { schoolId: 1, _id: -1 } },
    { keys: { teacherId: 1, _id: -1 } },
    // What waits for the bureau. [CRS-59]
    { keys: { ownerRegionCode: 1, state: 1, _id: 1 }, partialFilterExpression: { active: true } },
    {
      keys: { classId: 1, teacherId: 1 },
      unique: true,
      partialFilterExpression: { active: true },
    },
  ],
);

/** What a bureau has given of one class; `version` guards nominations that meet. */
export type DispatchQuotaRow = {
  readonly _id: string;
  readonly quotas: readonly Quota[];
  readonly capacity: number;
  readonly version: number;
};

export const dispatchQuotas = defineCollection<DispatchQuotaRow>(
  'dispatchQuotas',
  {
    quotas: [
      {
        _id: false,
        regionCode: { type: String, default: null },
        schoolId: { type: String, default: null },
        places: Number,
      },
    ],
    capacity: Number,
    version: Number,
  },
  [],
);
