import { defineCollection } from '@shixun/runtime';
import type { PlanContent } from '../plans/plan.ts';
import type { ChangeState } from './request-change.ts';
import type { Severity, WeighedDifference } from './weigh.ts';

/** How far the trainees of a class have been gone through, by the tickets of their enrollments. */
export type Cursor = { readonly classId: string; readonly ticket: number };

/** 方案变更: a new version of a published plan on its way, or why it did not come to be. */
export type PlanChangeRow = {
  readonly _id: string;
  readonly projectId: string;
  readonly projectTitle: string;
  readonly ownerRegionCode: string;
  readonly regionPath: readonly string[];
  readonly institutionId: string | null;
  readonly schoolId: string | null;
  readonly state: ChangeState;
  readonly severity: Severity;
  /** 说明: what every trainee reads. */
  readonly explanation: string;
  /** The plan that it changes, and the one that it became. */
  readonly fromPlanId: string;
  readonly planId: string | null;
  readonly content: PlanContent;
  readonly differences: readonly WeighedDifference[];
  /** Ids of the meetings in which it has a substitute teach. */
  readonly substituted: readonly string[];
  readonly substitutedInAll: number;
  readonly sessions: number;
  readonly share: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  /** When the last trainee had been told, and until when they may withdraw freely. */
  readonly announcedAt: Date | null;
  readonly freeWithdrawalUntil: Date | null;
  readonly appliedAt: Date | null;
  /** Why it did not take effect. */
  readonly lapsedBecause: string | null;
  readonly policyVersion: string;
  readonly cursors: readonly Cursor[];
  /** True while the chore still has something to do for it. */
  readonly working: boolean;
};

export const planChanges = defineCollection<PlanChangeRow>(
  'plan_changes',
  {
    projectId: String,
    projectTitle: String,
    ownerRegionCode: String,
    regionPath: [String],
    institutionId: { type: String, default: null },
    schoolId: { type: String, default: null },
    state: String,
    severity: String,
    explanation: String,
    fromPlanId: String,
    planId: { type: String, default: null },
    content: Object,
    differences: [Object],
    substituted: [String],
    substitutedInAll: Number,
    sessions: Number,
    share: String,
    requestedBy: String,
    requestedAt: Date,
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    decisionReason: { type: String, default: null },
    announcedAt: { type: Date, default: null },
    freeWithdrawalUntil: { type: Date, default: null },
    appliedAt: { type: Date, default: null },
    lapsedBecause: { type: String, default: null },
    policyVersion: String,
    cursors: [{ _id: false, classId: String, ticket: Number }],
    working: Boolean,
  },
  [
    { keys: { projectId: 1, _id: -1 } },
    { keys: { regionPath: 1, _id: -1 } },
    { keys: { regionPath: 1, state: 1, _id: -1 } },
    { keys: { working: 1, _id: 1 }, partialFilterExpression: { working: true } },
  ],
);

/** A trainee whose other class meets when the changed one would. The id is change/enrollment/class. */
export type ClashRow = {
  readonly _id: string;
  readonly changeId: string;
  readonly classId: string;
  readonly enrollmentId: string;
  readonly teacherId: string;
  readonly otherClassId: string;
  readonly otherEnrollmentId: string;
  /** The first day on which both meet. */
  readonly date: string;
};

export const planChangeClashes = defineCollection<ClashRow>(
  'plan_change_clashes',
  {
    changeId: String,
    classId: String,
    enrollmentId: String,
    teacherId: String,
    otherClassId: String,
    otherEnrollmentId: String,
    date: String,
  },
  [{ keys: { changeId: 1, _id: 1 } }],
);
