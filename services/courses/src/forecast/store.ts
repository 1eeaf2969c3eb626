import type { CivilDate } from '@shixun/kernel';
import { defineCollection } from '@shixun/runtime';

/**
 * The teachers of one school in one class, kept from the events of enrollment: one small write per enrollment,
 * whatever the number of sessions. The id is school/class.
 */
export type SchoolClassRow = {
  readonly _id: string;
  readonly schoolId: string;
  readonly classId: string;
  readonly away: boolean;
  readonly days: readonly { readonly date: CivilDate; readonly minutes: number }[];
  readonly lastDay: CivilDate;
  /** The teacher of each enrollment that stands. */
  readonly trainees?: Readonly<Record<string, string>>;
};

export const schoolClasses = defineCollection<SchoolClassRow>(
  'schoolClasses',
  {
    schoolId: String,
    classId: String,
    away: Boolean,
    days: [{ _id: false, date: String, minutes: Number }],
    lastDay: String,
    trainees: Object,
  },
  [{ keys: { schoolId: 1, lastDay: 1 } }, { keys: { classId: 1 } }],
);
