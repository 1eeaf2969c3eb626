import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { creditCategory, hoursCenti, ids, policyVersion, sample, year } from '../shared/fields.ts';

/** An entry was posted to a teacher's account; entries are never changed. [CRD-01] */
export const entryPosted = defineEvent({
  type: 'credits.entry.posted.v1',
  topic: 'credits.entry',
  compacted: false,
  subject: 'teacherId',
  description: {
    zh: '教师学分账户记入一笔分录（授予或冲正）；分录只增不改。',
    en: "An award or a reversal was posted to a teacher's account; entries are only ever added.",
  },
  data: z.strictObject({
    entryId: ids.entry,
    teacherId: ids.teacher,
    kind: z.enum(['award', 'reversal']).describe('award 授予, or reversal 冲正'),
    hoursCenti: hoursCenti.describe('Study hours in hundredths; negative in a reversal'),
    creditsCenti: z.int().describe('Credits 学分 in hundredths; negative in a reversal'),
    byCategory: z
      .array(
        z.strictObject({
          category: creditCategory,
          hoursCenti: hoursCenti.describe('Study hours of the category in hundredths, signed'),
          creditsCenti: z.int().describe('Credits of the category in hundredths, signed'),
        }),
      )
      .describe('What reached or left each category; they sum to hoursCenti and creditsCenti'),
    reversesEntryId: ids.entry
      .nullable()
      .describe('The award that this reversal mirrors; null in an award'),
    year: year.describe('Calendar year to which the hours count'),
    causeId: z
      .string()
      .min(1)
      .max(100)
      .describe('Id of what caused it: the completion, recognition or appeal'),
    policyVersion,
  }),
  example: {
    entryId: sample.entry,
    teacherId: sample.teacher,
    kind: 'award',
    hoursCenti: 6600,
    creditsCenti: 660,
    byCategory: [{ category: 'subject', hoursCenti: 6600, creditsCenti: 660 }],
    reversesEntryId: null,
    year: 2026,
    causeId: sample.completion,
    policyVersion: 'shanxi-2023@1',
  },
});
