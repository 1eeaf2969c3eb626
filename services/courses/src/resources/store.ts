import { defineCollection } from '@shixun/runtime';
import type { Stage } from '../projects/project.ts';
import type { Licence, ResultGrade, ResultKind, ResultState } from './result.ts';

/** A result of practice 实践成果; its author is the teacher. [CRS-56] */
export type PracticeResultRow = {
  readonly _id: string;
  readonly kind: ResultKind;
  readonly title: string;
  /** Words of the title: what a search finds it by. */
  readonly words: readonly string[];
  readonly stage: Stage;
  readonly subject: string;
  readonly licence: Licence;
  readonly enrollmentId: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly institutionId: string | null;
  readonly ownerRegionCode: string;
  readonly regionPath: readonly string[];
  readonly uploadId: string;
  readonly contentHash: string;
  readonly contentType: string;
  readonly state: ResultState;
  readonly grade: ResultGrade | null;
  readonly remark: string | null;
  readonly submittedAt: Date;
  readonly reviewedAt: Date | null;
  readonly reviewedBy: string | null;
};

export const practiceResults = defineCollection<PracticeResultRow>(
  'practice_results',
  {
    kind: String,
    title: String,
    words: [String],
    stage: String,
    subject: String,
    licence: String,
    enrollmentId: String,
    classId: String,
    projectId: String,
    teacherId: String,
    schoolId: String,
    institutionId: { type: String, default: null },
    ownerRegionCode: String,
    regionPath: [String],
    uploadId: String,
    contentHash: String,
    contentType: String,
    state: String,
    grade: { type: String, default: null },
    remark: { type: String, default: null },
    submittedAt: Date,
    reviewedAt: { type: Date, default: null },
    reviewedBy: { type: String, default: null },
  },
  [
    { keys: { contentHash: 1 }, unique: true },
    { keys: { enrollmentId: 1, _id: 1 } },
    { keys: { teacherId: 1, _id: -1 } },
    { keys: { classId: 1, state: 1, _id: 1 } },
    { keys: { institutionId: 1, state: 1, _id: 1 } },
    { keys: { regionPath: 1, stage: 1, subject: 1, state: 1, _id: -1 } },
    { keys: { regionPath: 1, _id: -1 } },
    { keys: { words: 1, _id: -1 } },
  ],
);

/** A local resource package 本土资源包 of one stage and subject, pushed to the teachers it is for. [CRS-56] */
export type ResourcePackageRow = {
  readonly _id: string;
  readonly title: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly regionCode: string;
  readonly regionPath: readonly string[];
  readonly resultIds: readonly string[];
  readonly publishedAt: Date;
  readonly publishedBy: string;
  /** The last teacher told of it; null once all are. */
  readonly pushedAfter: string | null;
  readonly pushed: number;
};

export const resourcePackages = defineCollection<ResourcePackageRow>(
  'resource_packages',
  {
    title: String,
    stage: String,
    subject: String,
    regionCode: String,
    regionPath: [String],
    resultIds: [String],
    publishedAt: Date,
    publishedBy: String,
    pushedAfter: { type: String, default: null },
    pushed: Number,
  },
  [
    { keys: { regionPath: 1, stage: 1, subject: 1, _id: -1 } },
    { keys: { regionPath: 1, _id: -1 } },
    { keys: { pushedAfter: 1 }, partialFilterExpression: { pushedAfter: { $type: 'string' } } },
  ],
);
