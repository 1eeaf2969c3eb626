import { defineCollection } from '@shixun/runtime';
import type { Modality } from '../projects/project.ts';
import type { EvidenceRecord } from './evidence.ts';
import type { StageStep } from './progress.ts';
import type { TemplateContent } from './template.ts';

/** One version of a template; never changed. The id is `<code>@<version>`. */
export type TemplateRow = {
  readonly _id: string;
  readonly code: string;
  readonly version: number;
  readonly base: Modality;
  /** The province that published it; null for what ships with the platform. */
  readonly regionCode: string | null;
  readonly content: TemplateContent;
  readonly publishedAt: Date;
  /** True for the newest version of its code. */
  readonly newest: boolean;
};

export const modalityTemplates = defineCollection<TemplateRow>(
  'modality_templates',
  {
    code: String,
    version: Number,
    base: String,
    regionCode: { type: String, default: null },
    content: Object,
    publishedAt: Date,
    newest: Boolean,
  },
  [
    { keys: { code: 1, version: -1 }, unique: true },
    { keys: { newest: 1, base: 1, code: 1, _id: 1 } },
    { keys: { newest: 1, code: 1, _id: 1 } },
  ],
);

/** How far a class is in the stages of its modality; the id is the class's. */
export type ProgressRow = {
  readonly _id: string;
  readonly templateId: string;
  readonly steps: readonly StageStep[];
  /** Counts the changes; guards against a rival's. */
  readonly turn: number;
};

export const classProgress = defineCollection<ProgressRow>(
  'class_progress',
  { templateId: String, steps: [Object], turn: Number },
  [],
);

/** 佐证: what was recorded for a stage; never changed. */
export type EvidenceRow = EvidenceRecord & {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  readonly role: string;
  readonly recordedAt: Date;
};

export const stageEvidence = defineCollection<EvidenceRow>(
  'stage_evidence',
  {
    classId: String,
    projectId: String,
    stageKey: String,
    askKey: String,
    about: { type: String, default: null },
    step: Number,
    fields: [Object],
    role: String,
    recordedAt: Date,
  },
  [
    { keys: { classId: 1, stageKey: 1, _id: 1 } },
    { keys: { classId: 1, _id: 1 } },
    { keys: { classId: 1, stageKey: 1, askKey: 1, about: 1, step: 1 }, unique: true },
  ],
);

/** 下一年度计划: what a summary yielded, linked to the evidence that it is. [CRS-30] */
export type NextPlanRow = {
  readonly _id: string;
  readonly kind: 'school_plan' | 'personal_plan';
  /** The school, or the teacher. */
  readonly ownerId: string;
  /** The year that it is for. */
  readonly year: number;
  readonly classId: string;
  readonly projectId: string;
  readonly schoolId: string;
  readonly regionCode: string;
  readonly fields: EvidenceRecord['fields'];
  readonly recordedAt: Date;
};

export const nextPlans = defineCollection<NextPlanRow>(
  'next_plans',
  {
    kind: String,
    ownerId: String,
    year: Number,
    classId: String,
    projectId: String,
    schoolId: String,
    regionCode: String,
    fields: [Object],
    recordedAt: Date,
  },
  [{ keys: { ownerId: 1, year: 1, _id: 1 } }, { keys: { ownerId: 1, _id: 1 } }],
);
