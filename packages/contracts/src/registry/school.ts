import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { ids, regionCode, sample, sector } from '../shared/fields.ts';

/** A school as it now stands. */
export const schoolRecorded = defineEvent({
  type: 'registry.school.recorded.v1',
  topic: 'registry.school',
  compacted: true,
  subject: 'schoolId',
  description: {
    zh: '学校（含教学点）的当前登记情况。',
    en: 'A school or teaching point as it now stands in the registry.',
  },
  data: z.strictObject({
    schoolId: ids.school,
    name: z.string().min(1).describe('Official Chinese name 校名'),
    kind: z
      .enum([
        'kindergarten',
        'primary',
        'junior',
        'nine_year',
        'senior',
        'complete_secondary',
        'vocational',
        'higher',
        'special',
        'central',
        'village',
        'teaching_point',
      ])
      .describe(
        'Kind of school 学校类型; central 乡镇中心学校, village 村小 and teaching_point 教学点 matter to REG-04',
      ),
    regionCode,
    sector,
    centralSchoolId: ids.school
      .nullable()
      .describe('Township central school that covers a village school or teaching point, or null'),
    state: z
      .enum(['open', 'merged', 'split', 'closed'])
      .optional()
      .describe(
        'State 状态: open 开办, merged 已并入, split 已分立, closed 已撤销; open when not told',
      ),
    successorIds: z
      .array(ids.school)
      .optional()
      .describe('Schools that took its people over; none when not told'),
  }),
  example: {
    schoolId: sample.school,
    name: '刘家堡乡中心学校',
    kind: 'central',
    regionCode: '140105',
    sector: 'basic',
    centralSchoolId: null,
  },
});
