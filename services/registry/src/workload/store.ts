import { defineCollection, type RowBase } from '@shixun/runtime';
import type { GivenSession, WorkloadLine } from './statement.ts';

/** A session that a trainer gives, as courses told it. */
export type TrainerSessionRow = RowBase &
  GivenSession & { readonly classId: string; readonly projectId: string; readonly term: string };

export const trainerSessions = defineCollection<TrainerSessionRow>(
  'trainer_sessions',
  {
    trainerId: { type: String, required: true },
    classId: { type: String, required: true },
    projectId: { type: String, required: true },
    term: { type: String, required: true },
    date: { type: String, required: true },
    minutes: { type: Number, required: true },
    level: { type: String, required: true },
  },
  [
    { keys: { trainerId: 1, term: 1, _id: 1 } },
    { keys: { trainerId: 1, date: 1 } },
    { keys: { classId: 1, _id: 1 } },
  ],
);

/** A closed statement; never changed. */
export type WorkloadStatementRow = RowBase & {
  readonly schoolId: string;
  readonly term: string;
  readonly lines: readonly WorkloadLine[];
  readonly closedAt: Date;
};

export const workloadStatements = defineCollection<WorkloadStatementRow>(
  'workload_statements',
  {
    schoolId: { type: String, required: true },
    term: { type: String, required: true },
    lines: { type: [Object], required: true },
    closedAt: { type: Date, required: true },
  },
  [{ keys: { schoolId: 1, term: -1 } }],
);

export function statementId(schoolId: string, term: string): string {
  return `${schoolId}/${term}`;
}
