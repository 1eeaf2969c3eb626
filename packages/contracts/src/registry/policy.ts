import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { civilDate, policyVersion, regionCode } from '../shared/fields.ts';

const ratio = z
  .strictObject({
    numerator: z.int().describe('Upper part'),
    denominator: z.int().positive().describe('Lower part'),
  })
  .describe('Exact share');

/** A version of a region's policy was published. */
export const policyPublished = defineEvent({
  type: 'registry.policy.published.v1',
  topic: 'registry.policy',
  compacted: true,
  subject: 'versionId',
  description: {
    zh: '某地区发布了一个政策版本；未列出的数值沿用上级政策。',
    en: 'A region published a version of its policy; figures not listed are inherited from above.',
  },
  data: z.strictObject({
    versionId: policyVersion,
    profile: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .describe('Profile, e.g. shanxi-2023'),
    regionCode: regionCode.describe('Region that owns the policy; 000000 for the national base'),
    effectiveFrom: civilDate.describe('First day on which it is in force'),
    base: policyVersion.nullable().describe('Version it was written over; null for the base'),
    figures: z
      .record(
        z.string(),
        z.union([z.number(), z.boolean(), z.string(), ratio, z.array(z.string())]),
      )
      .describe('The figures that this version sets itself, by name'),
  }),
  example: {
    versionId: 'shanxi-2023@1',
    profile: 'shanxi-2023',
    regionCode: '140000',
    effectiveFrom: '2023-05-04',
    base: 'national@1',
    figures: {
      yearlyHoursMinBasicCenti: 7200,
      fundingSchoolPublicFundsShareMin: { numerator: 5, denominator: 100 },
    },
  },
});
