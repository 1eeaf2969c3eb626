/** People who follow their school: into another one, or with it into another region, in batches. [REG-05] */
import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase } from '@shixun/runtime';

export type StaffMoveRow = RowBase & {
  readonly fromSchoolId: string;
  readonly fromRegionCode: string;
  /** The same school when the school itself has moved. */
  readonly toSchoolId: string;
  readonly toRegionCode: string;
  readonly toRural: boolean;
  readonly effectiveOn: CivilDate;
  /** Whom; null for all who are there. */
  readonly teacherIds: readonly string[] | null;
  /** There until everybody has moved. */
  readonly open?: true;
};

const text = { type: String, required: true };

export const staffMoves = defineCollection<StaffMoveRow>(
  'staff_moves',
  {
    fromSchoolId: text,
    fromRegionCode: text,
    toSchoolId: text,
    toRegionCode: text,
    toRural: { type: Boolean, required: true },
    effectiveOn: text,
    teacherIds: { type: [String], default: null },
    open: { type: Boolean },
  },
  [
    { keys: { open: 1, _id: 1 }, partialFilterExpression: { open: true } },
    { keys: { fromSchoolId: 1, _id: 1 } },
  ],
);
