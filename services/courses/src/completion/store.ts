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
  /** The trainee's own region, whose bureau is told. */
  readonly regionCode: string;
  readonly institutionId: string | null;
  readonly state: CompletionState;
  readonly decidedOn: string;
  /** The day from which the training counts as completed: that of the first decision, whatever is decided anew later. */
  readonly completedOn: string;
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
    regionCode: String,
    institutionId: { type: String, default: null },
    state: String,
    decidedOn: String,
    completedOn: String,
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
    // The archives of who was decided: by project, teacher, school, region. [CRS-57]
    { keys: { projectId: 1, standing: 1, _id: 1 } },
    { keys: { teacherId: 1, standing: 1, _id: 1 } },
    { keys: { schoolId: 1, standing: 1, _id: 1 } },
    { keys: { regionCode: 1, standing: 1, _id: 1 } },
  ],
);
