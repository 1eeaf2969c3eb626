import { defineCollection, type RowBase } from '@shixun/runtime';
import type { Grade, GradeComponent } from './publish.ts';

/** A published grade 评级. Nothing ever updates it. */
export type GradeRow = RowBase & {
  readonly projectId: string;
  readonly institutionId: string;
  readonly regionCode: string;
  readonly grade: Grade;
  readonly scoreCenti: number;
  readonly components: readonly GradeComponent[];
  readonly traineesCount: number;
  readonly answersCount: number;
  /** The project's calendar year. */
  readonly year: number;
  readonly publishedAt: Date;
  readonly policyVersion: string;
};

const text = { type: String, required: true };
const number = { type: Number, required: true };

export const grades = defineCollection<GradeRow>(
  'grades',
  {
    projectId: text,
    institutionId: text,
    regionCode: text,
    grade: text,
    scoreCenti: number,
    components: { type: [Object], required: true },
    traineesCount: number,
    answersCount: number,
    year: number,
    publishedAt: { type: Date, required: true },
    policyVersion: text,
  },
  [
    { keys: { projectId: 1 }, unique: true },
    { keys: { institutionId: 1, publishedAt: -1, _id: -1 } },
  ],
);
