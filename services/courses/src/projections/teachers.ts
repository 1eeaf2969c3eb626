import { registry } from '@shixun/contracts';
import { defineCollection, type EventHandler, on } from '@shixun/runtime';
import { newest } from './newest.ts';

/** What courses knows of a teacher 教师: the registry's latest word, without personal data. */
export type TeacherRow = {
  readonly _id: string;
  readonly status: string;
  /** The record that took this one's place after a merge. [REG-16] */
  readonly mergedInto: string | null;
  readonly sector: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  readonly careerStage: string;
  readonly rural: boolean;
  readonly minorityBilingual: boolean;
  readonly dualQualified: boolean;
  readonly principal: boolean;
  /** Teaches a graduating class 毕业班 this school year. [REG-07] */
  readonly graduatingClass: boolean;
  readonly schoolId: string;
  readonly regionCode: string;
  /** Set until the counters of areas and schools have followed what the registry told last. [PLN-08, PLN-09] */
  readonly uncounted?: true;
};

export const teachers = defineCollection<TeacherRow>(
  'teachers',
  {
    status: String,
    mergedInto: { type: String, default: null },
    sector: String,
    stage: String,
    subjects: [String],
    careerStage: String,
    rural: Boolean,
    minorityBilingual: Boolean,
    dualQualified: Boolean,
    principal: Boolean,
    graduatingClass: Boolean,
    schoolId: String,
    regionCode: String,
    uncounted: Boolean,
  },
  [
    { keys: { schoolId: 1, _id: 1 } },
    // Whom a resource package is for. [CRS-56]
    { keys: { stage: 1, subjects: 1, _id: 1 } },
    // Where rural teachers wait for a visit. [CRS-30]
    { keys: { regionCode: 1, stage: 1, subjects: 1 }, partialFilterExpression: { rural: true } },
    { keys: { uncounted: 1 }, partialFilterExpression: { uncounted: true } },
  ],
);

export const teacherRecordedHandler: EventHandler = on(registry.teacherRecorded, (events, unit) => {
  for (const { teacherId, ...row } of newest(events, 'teacherId')) {
    unit.upsert(teachers, { _id: teacherId }, { $set: { ...row, uncounted: true } });
  }
});
