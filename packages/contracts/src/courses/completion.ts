import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  channel,
  civilDate,
  creditCategory,
  hoursCentiNotNegative,
  ids,
  modality,
  policyVersion,
  projectLevel,
  sample,
  sector,
} from '../shared/fields.ts';

const parties = {
  completionId: ids.completion,
  enrollmentId: ids.enrollment,
  classId: ids.class,
  projectId: ids.project,
  teacherId: ids.teacher,
};

const example = {
  completionId: sample.completion,
  enrollmentId: sample.enrollment,
  classId: sample.class,
  projectId: sample.project,
  teacherId: sample.teacher,
};

/** A teacher completed: the one ground on which hours and credits are posted. [CRD-03] */
export const completionConfirmed = defineEvent({
  type: 'courses.completion.confirmed.v1',
  topic: 'courses.completion',
  compacted: false,
  subject: 'completionId',
  description: {
    zh: '准予结业：认定学时等于计划学时减去缺课学时。',
    en: 'The teacher completed; the hours are the planned hours less the hours absent.',
  },
  data: z.strictObject({
    ...parties,
    institutionId: ids.institution
      .nullable()
      .describe('Institution 承办机构; null when a school carries its own project'),
    level: projectLevel,
    sector,
    channel,
    modality,
    hoursPlannedCenti: hoursCentiNotNegative.describe('Planned hours in hundredths'),
    hoursAbsentCenti: hoursCentiNotNegative.describe('Hours absent, leave included, in hundredths'),
    hoursCenti: hoursCentiNotNegative.describe('Hours recognised: planned less absent'),
    hoursByCategory: z
      .array(z.strictObject({ category: creditCategory, hoursCenti: hoursCentiNotNegative }))
      .describe('The recognised hours by category; they sum to hoursCenti'),
    completedOn: civilDate,
    policyVersion,
  }),
  example: {
    ...example,
    institutionId: sample.institution,
    level: 'provincial',
    sector: 'basic',
    channel: 'self_selected',
    modality: 'concentrated',
    hoursPlannedCenti: 9000,
    hoursAbsentCenti: 1800,
    hoursCenti: 7200,
    hoursByCategory: [
      { category: 'ethics', hoursCenti: 600 },
      { category: 'subject', hoursCenti: 6600 },
    ],
    completedOn: '2026-07-31',
    policyVersion: 'shanxi-2023@1',
  },
});

/** A teacher did not complete, with every rule that was not met. */
export const completionRefused = defineEvent({
  type: 'courses.completion.refused.v1',
  topic: 'courses.completion',
  compacted: false,
  subject: 'completionId',
  description: {
    zh: '不予结业，不计学时学分，并列明未达到的各项规则。',
    en: 'The teacher did not complete: no hours, no credits; every rule not met is listed.',
  },
  data: z.strictObject({
    ...parties,
    failedRules: z
      .array(z.string().regex(/^[A-Z]{3}-\d{2}$/))
      .min(1)
      .describe('Numbers of the rules not met, e.g. CRS-52'),
    decidedOn: civilDate,
    policyVersion,
  }),
  example: {
    ...example,
    failedRules: ['CRS-52'],
    decidedOn: '2026-07-31',
    policyVersion: 'shanxi-2023@1',
  },
});

/** A completion was taken back; its credits are reversed once. */
export const completionWithdrawn = defineEvent({
  type: 'courses.completion.withdrawn.v1',
  topic: 'courses.completion',
  compacted: false,
  subject: 'completionId',
  description: {
    zh: '撤销结业，相应学分冲正一次。',
    en: 'A completion was taken back; its credits are to be reversed, once.',
  },
  data: z.strictObject({
    completionId: ids.completion,
    teacherId: ids.teacher,
    reason: z.string().min(1).max(500).describe('Why it was taken back; names no person'),
  }),
  example: {
    completionId: sample.completion,
    teacherId: sample.teacher,
    reason: '考勤记录更正后缺课超过五分之一',
  },
});
