import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { civilDate, ids, sample } from '../shared/fields.ts';

/** A party said what became of a training some months later; the evaluation counts it. [CRS-58] */
export const trackingAnswered = defineEvent({
  type: 'courses.tracking.answered.v1',
  topic: 'courses.tracking',
  compacted: false,
  subject: 'trackingId',
  description: {
    zh: '训后跟踪已填报：学员、学校或机构说明培训所学的应用程度。',
    en: 'A tracking after training was answered: how far the trainee uses what was learnt, by trainee, school or institution.',
  },
  data: z.strictObject({
    trackingId: ids.tracking,
    completionId: ids.completion,
    enrollmentId: ids.enrollment,
    classId: ids.class,
    projectId: ids.project,
    teacherId: ids.teacher,
    institutionId: ids.institution
      .nullable()
      .describe('Institution 承办机构; null when a school carries its own project'),
    party: z.enum(['trainee', 'school', 'institution']).describe('Who answered'),
    months: z.int().positive().describe('Months after completion'),
    application: z
      .enum(['not_yet', 'sometimes', 'regularly', 'leads_others'])
      .describe('How far what was learnt is used 应用程度'),
    late: z.boolean().describe('True when the answer came after its time'),
    answeredOn: civilDate,
  }),
  example: {
    trackingId: sample.tracking,
    completionId: sample.completion,
    enrollmentId: sample.enrollment,
    classId: sample.class,
    projectId: sample.project,
    teacherId: sample.teacher,
    institutionId: sample.institution,
    party: 'school',
    months: 3,
    application: 'regularly',
    late: false,
    answeredOn: '2026-11-02',
  },
});
