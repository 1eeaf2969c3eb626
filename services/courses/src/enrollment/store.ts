import { type AnswerName, defineCollection } from '@shixun/runtime';
import type { Channel } from '../projects/project.ts';
import type { EnrollmentState } from './enrollment.ts';
import type { SchoolQuestion } from './school-word.ts';
import type { BucketWaiting } from './seating.ts';

/** One teacher's enrollment 报名 in one class. */
export type EnrollmentRow = {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  /** Null for whoever was dispatched. */
  readonly menuItemId: string | null;
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
  /**
   * Number of this enrollment among the teacher's own, from 1. It is unique: two enrollments of one teacher at the same
   * moment, whichever replicas serve them, take the same number, and one of them decides again on fresh facts.
   */
  readonly turn: number;
  /** The quotas of the class that count the teacher, as `bucketOf` names them: those who wait, wait by these. */
  readonly bucket: string;
  /** Content and year of the class, which decide what else the teacher may take on. [CRS-41] */
  readonly contentCode: string;
  readonly year: number;
  /** True once its completion is decided: it no longer runs, but its content is taken. */
  readonly done: boolean;
  /** What the school is asked before the place counts; null when nothing. [CRS-17, PLN-09] */
  readonly question?: SchoolQuestion | null;
  /** What it was asked by, and what of the answer may have changed since; absent where nobody pressed "enroll". */
  readonly asked?: {
    readonly names: readonly AnswerName[];
    readonly state: EnrollmentState;
    readonly respondBy: Date | null;
  };
};

/** The row as it was when it was the answer to `enrollTeacher`. */
export function asAnswered(row: EnrollmentRow): EnrollmentRow {
  const { state, respondBy } = row.asked ?? row;
  return { ...row, state, respondBy, endedAt: null, endReason: null, active: true, done: false };
}

export const enrollments = defineCollection<EnrollmentRow>(
  'enrollments',
  {
    classId: String,
    projectId: String,
    menuItemId: { type: String, default: null },
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
    turn: Number,
    bucket: String,
    contentCode: String,
    year: Number,
    done: Boolean,
    question: { type: String, default: null },
    asked: { type: Object, default: undefined },
  },
  // Each index is paid by every enrollment of a rush: these, and no more.
  [
    // Unique without saying so: whoever gives tickets rewrites the class's counters. Saying so would cost as much again.
    { keys: { classId: 1, ticket: 1 } },
    { keys: { teacherId: 1, turn: 1 }, unique: true },
    {
      keys: { classId: 1, bucket: 1, ticket: 1 },
      partialFilterExpression: { state: 'waitlisted' },
    },
    { keys: { respondBy: 1 }, partialFilterExpression: { state: 'offered' } },
    // Of the few that wait for their school: of one school, and of all those whose time is over.
    { keys: { schoolId: 1, respondBy: 1 }, partialFilterExpression: { state: 'pending_school' } },
    { keys: { respondBy: 1, _id: 1 }, partialFilterExpression: { state: 'pending_school' } },
  ],
);

/** The counters of one class: the one hot row of an enrollment rush, so it holds nothing else. */
export type SeatsRow = {
  readonly _id: string;
  readonly taken: number;
  readonly takenByQuota: readonly number[];
  readonly waiting: number;
  /** How many wait under each combination of quotas; those with nobody are left out. */
  readonly waitingByBucket: readonly BucketWaiting[];
  readonly lastTicket: number;
};

export const seatRows = defineCollection<SeatsRow>(
  'seats',
  {
    taken: Number,
    takenByQuota: [Number],
    waiting: Number,
    waitingByBucket: [Object],
    lastTicket: Number,
  },
  [],
);

/** What a teacher has taken on and still stands: one of the teacher's enrollments, as far as others care. */
export type CommitmentEntry = Pick<
  EnrollmentRow,
  '_id' | 'teacherId' | 'classId' | 'contentCode' | 'year' | 'done'
>;

/** The fields that a commitment is read by. */
export const commitmentFields = ['teacherId', 'classId', 'contentCode', 'year', 'done'] as const;

/** A cancelled class whose enrollments are yet to be ended; gone when none is left. */
export type ClassReleaseRow = { readonly _id: string; readonly askedAt: Date };

export const classReleases = defineCollection<ClassReleaseRow>(
  'class_releases',
  { askedAt: Date },
  [],
);
