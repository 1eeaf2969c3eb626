import { defineCollection } from '@shixun/runtime';
import type { Standard } from './standard.ts';

/** One version of a standard; never changed, the next one is a row of its own. */
export type StandardRow = Standard & {
  readonly _id: string;
  readonly publishedAt: Date;
  readonly publishedBy: string;
};

export const curriculumStandards = defineCollection<StandardRow>(
  'curriculum_standards',
  {
    code: String,
    version: Number,
    titleZh: String,
    titleEn: String,
    stage: String,
    subject: { type: String, default: null },
    effectiveFrom: String,
    topics: [{ _id: false, code: String, titleZh: String, titleEn: String }],
    publishedAt: Date,
    publishedBy: String,
  },
  [{ keys: { code: 1, version: -1 }, unique: true }, { keys: { stage: 1, subject: 1, _id: 1 } }],
);
