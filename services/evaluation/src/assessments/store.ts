import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { AssessmentKind } from './record.ts';

/** One assessment. A correction is a row of its own; the corrected one stays and names it. */
export type AssessmentRow = RowBase & {
  readonly projectId: string;
  /** The region whose bureau owns the project. */
  readonly regionCode: string;
  readonly kind: AssessmentKind;
  readonly scoreCenti: number;
  readonly remarks: string;
  readonly correctionReason: string | null;
  readonly recordedAt: Date;
  readonly replacedBy: string | null;
};

const text = { type: String, required: true };

export const assessments = defineCollection<AssessmentRow>(
  'assessments',
  {
    projectId: text,
    regionCode: text,
    kind: text,
    scoreCenti: { type: Number, required: true },
    remarks: { type: String, default: '' },
    correctionReason: { type: String, default: null },
    recordedAt: { type: Date, required: true },
    replacedBy: { type: String, default: null },
  },
  [{ keys: { projectId: 1, _id: 1 } }],
);

/** The one that counts now, by kind. */
export async function currentAssessment(
  unit: Unit,
  projectId: string,
  kind: AssessmentKind,
): Promise<AssessmentRow | null> {
  return unit.findOne(assessments, { projectId, kind, replacedBy: null });
}
