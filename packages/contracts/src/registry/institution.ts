import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  civilDate,
  ids,
  modality,
  projectLevel,
  qualificationState,
  regionCode,
  sample,
  stage,
  subject,
} from '../shared/fields.ts';

const qualification = z
  .strictObject({
    state: qualificationState,
    levels: z.array(projectLevel).describe('Levels of projects it may carry'),
    stages: z.array(stage).describe('Stages it may train for'),
    subjects: z.array(subject).describe('Subjects it may train for'),
    modalities: z.array(modality).describe('Modalities it may use'),
    validFrom: civilDate.nullable().describe('First day of validity; null before qualification'),
    validTo: civilDate.nullable().describe('Last day of validity; null before qualification'),
  })
  .describe('What the institution may be commissioned for 资质');

/** An institution and its qualification as they now stand. */
export const institutionRecorded = defineEvent({
  type: 'registry.institution.recorded.v1',
  topic: 'registry.institution',
  compacted: true,
  subject: 'institutionId',
  description: {
    zh: '培训机构及其资质的当前登记情况。',
    en: 'An institution and its qualification as they now stand.',
  },
  data: z.strictObject({
    institutionId: ids.institution,
    name: z.string().min(1).describe('Official Chinese name 机构名称'),
    kind: z
      .enum([
        'normal_university',
        'university',
        'development_centre',
        'online_provider',
        'practice_base',
      ])
      .describe('Kind 机构类型: 师范院校, 综合大学, 教师发展中心, 网络研修支持服务机构, 研修基地'),
    regionCode,
    parentInstitutionId: ids.institution
      .nullish()
      .describe(
        'University of which this is a department or college 二级学院: it cannot apply, bid or sign itself',
      ),
    qualification,
  }),
  example: {
    institutionId: sample.institution,
    name: '山西师范大学',
    kind: 'normal_university',
    regionCode: '140105',
    qualification: {
      state: 'qualified',
      levels: ['provincial', 'city'],
      stages: ['primary', 'junior'],
      subjects: ['mathematics', 'chinese'],
      modalities: ['concentrated', 'blended'],
      validFrom: '2026-01-01',
      validTo: '2028-12-31',
    },
  },
});

/** The qualification moved: a fact, with the grades behind it. [REG-09] */
export const qualificationMoved = defineEvent({
  type: 'registry.qualification.moved.v1',
  topic: 'registry.qualification',
  compacted: false,
  subject: 'institutionId',
  description: {
    zh: '培训机构资质状态发生变动，并列明所依据的评估结果。',
    en: 'The qualification of an institution moved, with the evaluation results behind the move.',
  },
  data: z.strictObject({
    institutionId: ids.institution,
    from: qualificationState.describe('State before the move'),
    to: qualificationState.describe('State after the move'),
    reason: z.string().min(1).max(500).describe('Why it moved; names no person'),
    gradeIds: z.array(ids.grade).describe('Published grades behind the move; may be empty'),
  }),
  example: {
    institutionId: sample.institution,
    from: 'qualified',
    to: 'probation',
    reason: '项目评估等级为D',
    gradeIds: [sample.grade],
  },
});
