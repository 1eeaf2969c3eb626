/** Completions for tests: sound by construction, varied by what the test is about. */
import type { Completion } from './award.ts';

/** A sound completion of 40 planned hours, 4 absent: 24 h subject, 12 h ethics. */
export function exampleCompletion(changes: Partial<Completion> = {}): Completion {
  return {
    completionId: 'cmp_1',
    teacherId: 'tch_1',
    level: 'county',
    channel: 'self_selected',
    hoursPlannedCenti: 4000,
    hoursAbsentCenti: 400,
    hoursCenti: 3600,
    hoursByCategory: [
      { category: 'subject', hoursCenti: 2400 },
      { category: 'ethics', hoursCenti: 1200 },
    ],
    completedOn: '2026-06-30',
    ...changes,
  };
}

/** One credit per ten hours, as the national base has it. */
export const tenth = {
  rate: { numerator: 1, denominator: 10 },
  policyVersion: 'national@1',
} as const;
