import { evaluation } from '@shixun/contracts';
import { defineCollection, type EventHandler, on } from '@shixun/runtime';

/** The last published grade of a training institution: part of its score in a tender. [CRS-02, EVL-07] */
export type InstitutionGradeRow = {
  readonly _id: string;
  readonly gradeId: string;
  readonly grade: 'A' | 'B' | 'C' | 'D';
  readonly publishedAt: string;
};

export const institutionGrades = defineCollection<InstitutionGradeRow>(
  'institution_grades',
  { gradeId: String, grade: String, publishedAt: String },
  [],
);

/** An institution's events come in the order of their publication, so the last one heard is the last one. */
export const institutionGradedHandler: EventHandler = on(
  evaluation.gradePublished,
  (events, unit) => {
    const last = new Map(events.map(({ data }) => [data.institutionId, data]));
    for (const { institutionId, gradeId, grade, publishedAt } of last.values()) {
      const $set = { gradeId, grade, publishedAt };
      unit.upsert(institutionGrades, { _id: institutionId }, { $set });
    }
  },
);
