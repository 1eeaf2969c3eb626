import { defineCollection } from '@shixun/runtime';
import type { CompletionDecision } from './decide-completion.ts';

/** `confirmed` completed 准予结业, `refused` did not 不予结业, `withdrawn` was taken back. */
export type CompletionState = 'confirmed' | 'refused' | 'withdrawn';

/** The decision on one trainee's completion 结业, with the conditions that decided it. */
export type CompletionRow = Omit<CompletionDecision, 'completed'> & {
  readonly _id: string;
  readonly enrollmentId: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly ownerRegionCode: string;
  readonly institutionId: string | null;
  readonly state: CompletionState;
  readonly decidedOn: string;
  readonly policyVersion: string;
  readonly withdrawnReason: string | null;
  /** True while it stands; at most one per enrollment. */
  readonly standing: boolean;
};

export const completions = defineCollection<CompletionRow>(
  'completions',
  {
    enrollmentId: String,
    classId: String,
    projectId: String,
    teacherId: String,
    schoolId: String,
    ownerRegionCode: String,
    institutionId: { type: String, default: null },
    state: String,
    decidedOn: String,
    policyVersion: String,
    withdrawnReason: { type: String, default: null },
    standing: Boolean,
    conditions: [Object],
    hoursPlannedCenti: Number,
    hoursAbsentCenti: Number,
    hoursCenti: Number,
    hoursByCategory: [Object],
  },
  [
    { keys: { enrollmentId: 1 }, unique: true, partialFilterExpression: { standing: true } },
    { keys: { enrollmentId: 1, _id: 1 } },
    { keys: { classId: 1, _id: 1 } },
  ],
);
