import type { Instant, Refusal } from '@shixun/kernel';
import { defineCollection } from '@shixun/runtime';
import type { PlanContent } from './plan.ts';

/** What the owner of a project said to a plan. */
type PlanReview = {
  readonly verdict: 'accept' | 'return';
  readonly role: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
  /** What the rules found when the plan was returned, so that the institution can put all of it right at once. */
  readonly refusals: readonly Refusal[];
  readonly policyVersion: string;
  /** How many minutes an hour had when the sessions were held against the hours; the classes keep it. */
  readonly minutesPerHour: number;
};

/** 培训方案 as handed in: never changed, only reviewed; a better one is a row of its own in the next round. */
export type PlanRow = {
  readonly _id: string;
  readonly projectId: string;
  /** 1 for the first plan of a project, one more each time. */
  readonly round: number;
  readonly content: PlanContent;
  readonly submittedBy: string;
  readonly submittedAt: Instant;
  readonly review: PlanReview | null;
};

export const plans = defineCollection<PlanRow>(
  'plans',
  {
    projectId: String,
    round: Number,
    content: Object,
    submittedBy: String,
    submittedAt: Date,
    review: { type: Object, default: null },
  },
  [{ keys: { projectId: 1, round: -1 }, unique: true }],
);
