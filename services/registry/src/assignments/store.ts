import { defineCollection, type RowBase } from '@shixun/runtime';
import type { Assignment } from './assign.ts';

/** One subject and grade that a teacher teaches in a school year. [REG-07] */
export type AssignmentRow = RowBase &
  Assignment & {
    readonly teacherId: string;
    /** The school and region at the time of assignment. */
    readonly schoolId: string;
    readonly regionCode: string;
    readonly schoolYear: number;
    readonly graduatingClass: boolean;
    /** Set once the turn of the school year has taken note of a graduating class. */
    readonly begun?: true | null;
  };

const text = { type: String, required: true };
const number = { type: Number, required: true };

export const teachingAssignments = defineCollection<AssignmentRow>(
  'teaching_assignments',
  {
    teacherId: text,
    schoolId: text,
    regionCode: text,
    schoolYear: number,
    subject: text,
    grade: number,
    weeklyHours: number,
    graduatingClass: { type: Boolean, required: true },
    begun: { type: Boolean, default: null },
  },
  [
    { keys: { teacherId: 1, schoolYear: 1, _id: 1 } },
    { keys: { schoolYear: 1, regionCode: 1, _id: 1 } },
    { keys: { schoolYear: 1, schoolId: 1, regionCode: 1, _id: 1 } },
    { keys: { schoolYear: 1, subject: 1, regionCode: 1, _id: 1 } },
    { keys: { schoolYear: 1, grade: 1, regionCode: 1, _id: 1 } },
    { keys: { schoolYear: 1, graduatingClass: 1, begun: 1 } },
  ],
);
