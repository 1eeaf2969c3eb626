import { regionPath } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { Purpose, Question } from './questionnaire.ts';

/** One version of a questionnaire. Only `succeededBy` is ever set later. [EVL-13] */
export type QuestionnaireRow = RowBase & {
  /** The id of the line's first version. */
  readonly lineId: string;
  readonly version: number;
  readonly regionCode: string;
  /** Not kept in rows of the first days: for evaluation. */
  readonly purpose?: Purpose;
  /** A school or institution that asks with it alone; null or not kept: the bureau of the region. */
  readonly schoolId?: string | null;
  readonly institutionId?: string | null;
  readonly zh: string;
  readonly en: string;
  readonly questions: readonly Question[];
  readonly publishedAt: Date;
  readonly succeededBy: string | null;
};

const text = { type: String, required: true };

export const questionnaires = defineCollection<QuestionnaireRow>(
  'questionnaires',
  {
    lineId: text,
    version: { type: Number, required: true },
    regionCode: text,
    purpose: { type: String, default: 'evaluation' },
    schoolId: { type: String, default: null },
    institutionId: { type: String, default: null },
    zh: text,
    en: text,
    questions: { type: [Object], required: true },
    publishedAt: { type: Date, required: true },
    succeededBy: { type: String, default: null },
  },
  [
    { keys: { lineId: 1, version: 1 }, unique: true },
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { succeededBy: 1, regionCode: 1, _id: 1 } },
  ],
);

/** The newest version of the region's own questionnaire, or of the nearest region above that has one. */
export async function questionnaireFor(
  unit: Unit,
  regionCode: string,
): Promise<QuestionnaireRow | null> {
  const path = regionPath(regionCode);
  const current = await unit.find(questionnaires, {
    succeededBy: null,
    regionCode: { $in: path },
    purpose: { $ne: 'needs' },
  });
  const nearness = (row: QuestionnaireRow) => path.indexOf(row.regionCode);
  const newest = (row: QuestionnaireRow) => row.publishedAt.getTime();
  const [nearest] = current.sort((a, b) => nearness(b) - nearness(a) || newest(b) - newest(a));
  return nearest ?? null;
}
