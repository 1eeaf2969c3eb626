import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { civilDate, ids, projectLevel, sample } from '../shared/fields.ts';

/** The sessions of a class and who gives them, as its accepted plan was published. [REG-10, REG-12] */
export const classScheduled = defineEvent({
  type: 'courses.class.scheduled.v1',
  topic: 'courses.schedule',
  compacted: false,
  subject: 'classId',
  description: {
    zh: '培训班课程表已公布：每一课次的日期、分钟数与授课培训者。',
    en: 'The schedule of a class was published: date, minutes and trainer of every session.',
  },
  data: z.strictObject({
    classId: ids.class,
    projectId: ids.project,
    level: projectLevel,
    sessions: z
      .array(
        z.strictObject({
          sessionId: z
            .string()
            .regex(/^ses_[A-Za-z0-9_-]{1,60}$/)
            .describe('Id of the session 课次'),
          trainerId: ids.trainer.describe('Trainer who gives it 授课培训者'),
          date: civilDate.describe('Day on which it is given'),
          minutes: z.int().positive().describe('Length in minutes'),
        }),
      )
      .describe('Every session of the class; a later event of the class replaces them all'),
  }),
  example: {
    classId: sample.class,
    projectId: sample.project,
    level: 'county',
    sessions: [{ sessionId: 'ses_1', trainerId: sample.trainer, date: '2026-07-13', minutes: 180 }],
  },
});
