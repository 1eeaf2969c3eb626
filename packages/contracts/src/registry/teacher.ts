import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { ids, regionCode, sample, sector, stage, subject } from '../shared/fields.ts';

/** A teacher as far as other services need it: nothing that names a person. */
export const teacherRecorded = defineEvent({
  type: 'registry.teacher.recorded.v1',
  topic: 'registry.teacher',
  compacted: true,
  subject: 'teacherId',
  description: {
    zh: '教师的当前登记情况，不含姓名、证件号码等个人信息。',
    en: 'A teacher as now recorded, without name, identity number or any other personal data.',
  },
  data: z.strictObject({
    teacherId: ids.teacher,
    status: z
      .enum(['active', 'left', 'retired', 'merged'])
      .describe('Status 状态: active 在岗, left 离开, retired 退休, merged 已并入另一档案'),
    mergedInto: ids.teacher
      .nullable()
      .describe('The record that this one redirects to for ever, when merged; otherwise null'),
    sector,
    stage,
    subjects: z.array(subject).describe('Subjects taught 任教学科'),
    careerStage: z
      .enum(['new', 'in_service', 'young', 'backbone', 'master'])
      .describe('Career stage 发展阶段: 新任, 在职, 青年, 骨干, 名师'),
    rural: z.boolean().describe('Teaches in a rural school 乡村教师'),
    minorityBilingual: z.boolean().describe('Minority-bilingual teacher 民族地区双语教师'),
    dualQualified: z.boolean().describe('Dual-qualified teacher 双师型教师'),
    principal: z.boolean().describe('Principal 校（园）长'),
    graduatingClass: z
      .boolean()
      .describe('Teaches a graduating class (grade 9 or 12) this school year 毕业班教师'),
    schoolId: ids.school,
    regionCode,
  }),
  example: {
    teacherId: sample.teacher,
    status: 'active',
    mergedInto: null,
    sector: 'basic',
    stage: 'junior',
    subjects: ['mathematics'],
    careerStage: 'young',
    rural: true,
    minorityBilingual: false,
    dualQualified: false,
    principal: false,
    graduatingClass: true,
    schoolId: sample.school,
    regionCode: '140105',
  },
});
