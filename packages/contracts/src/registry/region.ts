import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { civilDate, regionCode } from '../shared/fields.ts';

/** A region as it now stands. */
export const regionRecorded = defineEvent({
  type: 'registry.region.recorded.v1',
  topic: 'registry.region',
  compacted: true,
  subject: 'code',
  description: {
    zh: '行政区划的当前登记情况。',
    en: 'A region as it now stands in the registry.',
  },
  data: z.strictObject({
    code: regionCode,
    name: z.string().min(1).describe('Official Chinese name 名称'),
    level: z.enum(['province', 'city', 'county', 'township']).describe('Level 行政级别'),
    parentCode: regionCode.nullable().describe('Code of the region above; null for a province'),
    abolishedOn: civilDate
      .optional()
      .describe('First day on which the code is no longer in force; not told while it is'),
    successorCodes: z
      .array(regionCode)
      .optional()
      .describe('Regions that took its area over; not told while it is in force'),
  }),
  example: { code: '140105', name: '小店区', level: 'county', parentCode: '140100' },
});
