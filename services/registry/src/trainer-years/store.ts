import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase } from '@shixun/runtime';
import type { EntryKind, Shortfall, TrainerYearState, TrainerYearSums } from './trainer-year.ts';

/** Counters of one trainer and calendar year; the id is both. */
export type TrainerYearRow = RowBase &
  TrainerYearSums & {
    readonly trainerId: string;
    readonly year: number;
    readonly regionCode: string;
    readonly state: TrainerYearState;
    readonly shortfalls: readonly Shortfall[];
    /** Why it was waived or decided. */
    readonly reason: string | null;
  };

export const trainerYears = defineCollection<TrainerYearRow>(
  'trainer_years',
  {
    trainerId: { type: String, required: true },
    year: { type: Number, required: true },
    regionCode: { type: String, required: true },
    studyHoursCenti: { type: Number, required: true },
    schoolDays: { type: Number, required: true },
    state: { type: String, required: true },
    shortfalls: { type: [Object], required: true },
    reason: { type: String, default: null },
  },
  [
    { keys: { year: 1, regionCode: 1, _id: 1 } },
    { keys: { year: 1, state: 1, regionCode: 1, _id: 1 } },
  ],
);

/** One record with its evidence; never changed. */
export type TrainerEntryRow = RowBase & {
  readonly trainerYearId: string;
  readonly kind: EntryKind;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly hoursCenti: number | null;
  readonly schoolId: string | null;
  readonly evidence: string;
  readonly recordedAt: Date;
};

export const trainerEntries = defineCollection<TrainerEntryRow>(
  'trainer_entries',
  {
    trainerYearId: { type: String, required: true },
    kind: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    hoursCenti: { type: Number, default: null },
    schoolId: { type: String, default: null },
    evidence: { type: String, required: true },
    recordedAt: { type: Date, required: true },
  },
  [{ keys: { trainerYearId: 1, _id: 1 } }],
);

export function trainerYearId(trainerId: string, year: number): string {
  return `${trainerId}/${year}`;
}
