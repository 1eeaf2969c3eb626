import { defineCollection } from '@shixun/runtime';
import type { ParticipationRow } from './participation.ts';

export const participations = defineCollection<ParticipationRow>(
  'participations',
  {
    classId: String,
    reports: [Object],
    attendance: [Object],
    leaves: [Object],
    homework: [Object],
    assessment: Object,
    violation: Object,
    absenceWarnings: Number,
    revision: Number,
  },
  [
    { keys: { classId: 1, _id: 1 } },
    // The few appeals that are open, for the duties of the bureau that decides them.
    {
      keys: { 'violation.appeal.openFor': 1, _id: 1 },
      partialFilterExpression: { 'violation.appeal.openFor': { $exists: true } },
    },
  ],
);
