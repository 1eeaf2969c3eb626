import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { ids, regionCode, sample, subject } from '../shared/fields.ts';

/** A trainer as far as other services need it. */
export const trainerRecorded = defineEvent({
  type: 'registry.trainer.recorded.v1',
  topic: 'registry.trainer',
  compacted: true,
  subject: 'trainerId',
  description: {
    zh: '培训者的当前登记情况，不含姓名等个人信息。',
    en: 'A trainer as now recorded, without personal data.',
  },
  data: z.strictObject({
    trainerId: ids.trainer,
    kind: z
      .enum(['university_expert', 'teaching_researcher', 'frontline_teacher', 'other'])
      .describe('Kind 类别: 高校专家, 教研员, 一线教师, 其他'),
    fullTime: z.boolean().describe('Full-time trainer 专职'),
    homeProvinceCode: regionCode.describe('Province he or she comes from'),
    inPool: z.boolean().describe('Member of the expert pool 专家库 now'),
    subjects: z.array(subject).describe('Subjects of expertise'),
    institutionId: ids.institution
      .nullish()
      .describe('Institution where he or she works 任职机构: a tie in its tenders (CRS-02)'),
  }),
  example: {
    trainerId: sample.trainer,
    kind: 'frontline_teacher',
    fullTime: false,
    homeProvinceCode: '140000',
    inPool: true,
    subjects: ['mathematics'],
  },
});
