import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { civilDate, ids, regionCode } from '../shared/fields.ts';

/** Who runs spot checks in a region, as its bureau has named it. [REG-03] */
export const monitorRecorded = defineEvent({
  type: 'registry.monitor.recorded.v1',
  topic: 'registry.monitor',
  compacted: true,
  subject: 'regionCode',
  description: {
    zh: '本级教育行政部门现任的培训质量监控机构。',
    en: 'The quality-monitoring body that the bureau of a region has named last.',
  },
  data: z.strictObject({
    regionCode,
    monitorName: z.string().min(1).describe('Name of the body 质量监控机构'),
    institutionId: ids.institution
      .nullable()
      .describe('The body as an institution of the registry; null for a department of the bureau'),
    from: civilDate.describe('First day of the designation'),
    to: civilDate.nullable().describe('First day no longer designated; null while it is open'),
  }),
  example: {
    regionCode: '140105',
    monitorName: '小店区教师培训质量监控中心',
    institutionId: null,
    from: '2026-09-01',
    to: null,
  },
});
