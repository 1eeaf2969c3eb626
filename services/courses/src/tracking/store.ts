import { defineCollection } from '@shixun/runtime';
import type { Application, TrackingParty, TrackingPlan, TrackingState } from './due.ts';

/** What is to come after one completion, until its last round has begun; its id is the completion's. */
export const trackingPlans = defineCollection<TrackingPlan>(
  'tracking_plans',
  {
    enrollmentId: String,
    classId: String,
    projectId: String,
    teacherId: String,
    schoolId: String,
    ownerRegionCode: String,
    institutionId: { type: String, default: null },
    completedOn: String,
    rounds: [Object],
    nextDueOn: { type: String, default: null },
    answerDays: Number,
  },
  [{ keys: { nextDueOn: 1, _id: 1 }, partialFilterExpression: { nextDueOn: { $type: 'string' } } }],
);

/** One question to one party, some months after a completion. [CRS-58] */
export type TrackingRow = {
  readonly _id: string;
  readonly completionId: string;
  readonly enrollmentId: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly ownerRegionCode: string;
  readonly institutionId: string | null;
  readonly party: TrackingParty;
  /** Who the party is: the teacher, the school or the institution. */
  readonly askedId: string;
  readonly months: number;
  readonly dueOn: string;
  readonly answerBy: string;
  readonly state: TrackingState;
  readonly application: Application | null;
  readonly text: string | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  /** True when the answer came after its time, or none has come by then. */
  readonly late: boolean;
};

export const trackings = defineCollection<TrackingRow>(
  'trackings',
  {
    completionId: String,
    enrollmentId: String,
    classId: String,
    projectId: String,
    teacherId: String,
    schoolId: String,
    ownerRegionCode: String,
    institutionId: { type: String, default: null },
    party: String,
    askedId: String,
    months: Number,
    dueOn: String,
    answerBy: String,
    state: String,
    application: { type: String, default: null },
    text: { type: String, default: null },
    answeredAt: { type: Date, default: null },
    answeredBy: { type: String, default: null },
    late: Boolean,
  },
  [
    { keys: { completionId: 1, months: 1, party: 1 }, unique: true },
    { keys: { askedId: 1, dueOn: -1, _id: -1 } },
    { keys: { askedId: 1, state: 1, dueOn: -1, _id: -1 } },
    { keys: { askedId: 1, state: 1, _id: 1 } },
    { keys: { projectId: 1, dueOn: -1, _id: -1 } },
    { keys: { enrollmentId: 1, _id: 1 } },
    { keys: { answerBy: 1, _id: 1 }, partialFilterExpression: { state: 'open' } },
  ],
);
