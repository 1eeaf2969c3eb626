import type { FigureName } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';

/** A figure 原则上 waived for one project; never changed, and published. The id is `<project>/<figure>`. */
export type FigureWaiverRow = RowBase & {
  readonly projectId: string;
  readonly figure: FigureName;
  readonly reason: string;
  /** The role and the region or school that waived it: its level, not a person. */
  readonly role: string;
  readonly waivedAt: Date;
  /** What the policy asked for, as people write it. */
  readonly required: string;
  readonly policyVersion: string;
};

const text = { type: String, required: true };

export const figureWaivers = defineCollection<FigureWaiverRow>(
  'figure_waivers',
  {
    projectId: text,
    figure: text,
    reason: text,
    role: text,
    waivedAt: { type: Date, required: true },
    required: text,
    policyVersion: text,
  },
  [{ keys: { projectId: 1, _id: 1 } }],
);

/** The figures waived for a project: hand them to `figuresWithout` before reviewing it. */
export async function waivedFigures(
  unit: Pick<Unit, 'find'>,
  projectId: string,
): Promise<readonly FigureName[]> {
  const rows = await unit.find(figureWaivers, { projectId });
  return rows.map(({ figure }) => figure);
}
