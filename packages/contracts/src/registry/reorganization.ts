import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { civilDate, ids, sample } from '../shared/fields.ts';

/** A school was merged, split or closed. [REG-05] */
export const schoolReorganized = defineEvent({
  type: 'registry.school.reorganized.v1',
  topic: 'registry.reorganization',
  compacted: false,
  subject: 'schoolId',
  description: {
    zh: '学校合并、分立或撤销；教师随后分批转入承接学校。',
    en: 'A school was merged, split or closed; its teachers follow to the successors in batches.',
  },
  data: z.strictObject({
    schoolId: ids.school,
    kind: z.enum(['merged', 'split', 'closed']).describe('merged 并入, split 分立, closed 撤销'),
    successorIds: z.array(ids.school).describe('Schools that take its people over'),
    effectiveOn: civilDate.describe('First day on which it holds'),
  }),
  example: {
    schoolId: sample.school,
    kind: 'merged',
    successorIds: ['sch_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b5d'],
    effectiveOn: '2026-09-01',
  },
});
