import { defineCollection } from '@shixun/runtime';
import type { Channel } from '../projects/project.ts';
import type { EnrollmentState } from './enrollment.ts';

/** One teacher's enrollment 报名 in one class. */
export type EnrollmentRow = {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  readonly menuItemId: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly regionCode: string;
  /** Region that owns the project, and the institution that carries it: who else may see the enrollment. */
  readonly ownerRegionCode: string;
  readonly institutionId: string | null;
  readonly channel: Channel;
  readonly state: EnrollmentState;
  /** Turn in the class's queue; grows with every enrollment, so order by it is first come, first served. */
  readonly ticket: number;
  readonly enrolledAt: Date;
  /** When free withdrawal ends. */
  readonly closesAt: Date;
  readonly respondBy: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  /** True while the enrollment stands; at most one per teacher and class. */
  readonly active: boolean;
};

export const enrollments = defineCollection<EnrollmentRow>(
  'enrollments',
  {
    classId: String,
    projectId: String,
    menuItemId: String,
    teacherId: String,
    schoolId: String,
    regionCode: String,
    ownerRegionCode: String,
    institutionId: { type: String, default: null },
    channel: String,
    state: String,
    ticket: Number,
    enrolledAt: Date,
    closesAt: Date,
    respondBy: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    endReason: { type: String, default: null },
    active: Boolean,
  },
  [
    { keys: { classId: 1, state: 1, ticket: 1 } },
    { keys: { classId: 1, ticket: 1, _id: 1 } },
    { keys: { teacherId: 1, _id: -1 } },
    {
      keys: { classId: 1, teacherId: 1 },
      unique: true,
      partialFilterExpression: { active: true },
    },
    { keys: { respondBy: 1 }, partialFilterExpression: { state: 'offered' } },
  ],
);

/** The counters of one class: the one hot row of an enrollment rush, so it holds nothing else. */
export type SeatsRow = {
  readonly _id: string;
  readonly taken: number;
  readonly takenByQuota: readonly number[];
  readonly waiting: number;
  readonly lastTicket: number;
};

export const seatRows = defineCollection<SeatsRow>(
  'seats',
  { taken: Number, takenByQuota: [Number], waiting: Number, lastTicket: Number },
  [],
);

/** Something a teacher has taken on; `done` once its completion is decided. */
export type CommitmentEntry = {
  readonly enrollmentId: string;
  readonly classId: string;
  readonly contentCode: string;
  readonly year: number;
  readonly done: boolean;
};

/**
 * What one teacher has taken on, in one row: two enrollments of one teacher at the same moment meet here, whichever
 * replicas serve them.
 */
export type EnrolleeRow = {
  readonly _id: string;
  readonly commitments: readonly CommitmentEntry[];
};

export const enrollees = defineCollection<EnrolleeRow>('enrollees', { commitments: [Object] }, []);
