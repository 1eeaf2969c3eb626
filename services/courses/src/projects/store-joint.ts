import { defineCollection, type RowBase } from '@shixun/runtime';
import type { SchoolAnswer } from './joint.ts';

/** A school's say in a project. [PLN-02] */
export type ConfirmationRow = RowBase & {
  readonly projectId: string;
  readonly schoolId: string;
  readonly answer: SchoolAnswer;
  readonly reason: string | null;
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
};

export const confirmationId = (projectId: string, schoolId: string) => `${projectId}:${schoolId}`;

export const projectConfirmations = defineCollection<ConfirmationRow>(
  'projectConfirmations',
  {
    projectId: String,
    schoolId: String,
    answer: String,
    reason: { type: String, default: null },
    askedAt: Date,
    answeredAt: { type: Date, default: null },
  },
  [{ keys: { projectId: 1, _id: 1 } }, { keys: { schoolId: 1, answer: 1, _id: -1 } }],
);
