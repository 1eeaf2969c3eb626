import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { ids, sample } from '../shared/fields.ts';

const other = 'tch_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b5c';

/** Two records were of one person: the one redirects to the other for ever. [REG-16] */
export const teacherMerged = defineEvent({
  type: 'registry.teacher.merged.v1',
  topic: 'registry.identity',
  compacted: false,
  subject: 'teacherId',
  description: {
    zh: '两份教师档案合并为一份：原编号永久指向保留的档案。',
    en: 'Two records of one teacher became one; the old id redirects to the surviving record for ever.',
  },
  data: z.strictObject({
    teacherId: ids.teacher.describe('The record that redirects from now on'),
    survivorId: ids.teacher.describe('The surviving record'),
  }),
  example: { teacherId: other, survivorId: sample.teacher },
});

/** A merge was undone: both records stand by themselves again. [REG-16] */
export const teacherUnmerged = defineEvent({
  type: 'registry.teacher.unmerged.v1',
  topic: 'registry.identity',
  compacted: false,
  subject: 'teacherId',
  description: {
    zh: '撤销合并：两份教师档案恢复为各自独立。',
    en: 'A merge was undone: the record that redirected stands by itself again.',
  },
  data: z.strictObject({
    teacherId: ids.teacher.describe('The record that stands by itself again'),
    survivorId: ids.teacher.describe('The record that it redirected to'),
  }),
  example: { teacherId: other, survivorId: sample.teacher },
});
