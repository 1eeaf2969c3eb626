import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { ids, instant, policyVersion, sample, year } from '../shared/fields.ts';

/** A project's grade was published; it moves the institution's qualification. [EVL-03, REG-09] */
export const gradePublished = defineEvent({
  type: 'evaluation.grade.published.v1',
  topic: 'evaluation.grade',
  compacted: false,
  subject: 'institutionId',
  description: {
    zh: '项目评估等级已公布，并列明各组成部分的得分与权重。',
    en: "A project's grade was published, with the score and weight of every component.",
  },
  data: z.strictObject({
    gradeId: ids.grade,
    projectId: ids.project,
    institutionId: ids.institution,
    grade: z.enum(['A', 'B', 'C', 'D']).describe('Grade 等级'),
    scoreCenti: z.int().min(0).max(10000).describe('Weighted score in hundredths of a point'),
    components: z
      .array(
        z.strictObject({
          kind: z
            .string()
            .regex(/^[a-z][a-z_]*$/)
            .describe('agency 专业机构, anonymous 网络匿名, inspection 主管部门督查, expert 专家'),
          scoreCenti: z.int().min(0).max(10000).describe('Score in hundredths of a point'),
          weightPercent: z.int().min(0).max(100).describe('Weight in percent'),
        }),
      )
      .describe('Components of the grade; the weights sum to 100'),
    answersCount: z.int().nonnegative().describe('Number of anonymous answers behind it'),
    year,
    publishedAt: instant,
    policyVersion,
  }),
  example: {
    gradeId: sample.grade,
    projectId: sample.project,
    institutionId: sample.institution,
    grade: 'B',
    scoreCenti: 8380,
    components: [
      { kind: 'agency', scoreCenti: 8500, weightPercent: 40 },
      { kind: 'anonymous', scoreCenti: 8200, weightPercent: 40 },
      { kind: 'inspection', scoreCenti: 8500, weightPercent: 20 },
    ],
    answersCount: 46,
    year: 2026,
    publishedAt: '2026-10-12T01:00:00.000Z',
    policyVersion: 'shanxi-2023@1',
  },
});
