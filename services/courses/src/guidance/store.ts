import { defineCollection } from '@shixun/runtime';

/** What a school advised a teacher of. The id is teacher/item: once each. */
export type AdviceRow = {
  readonly _id: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly menuItemId: string;
  readonly classId: string;
  readonly reason: string;
  readonly advisedAt: Date;
};

export const advice = defineCollection<AdviceRow>(
  'advice',
  {
    teacherId: String,
    schoolId: String,
    menuItemId: String,
    classId: String,
    reason: String,
    advisedAt: Date,
  },
  [{ keys: { teacherId: 1, advisedAt: -1, _id: -1 } }],
);
