/** What the mutations on tenders take, beyond GraphQL's types. */
import { centiFrom } from '@shixun/kernel';
import { z } from 'zod';
import { id } from '../projects/input.ts';
import type { AnnounceTender } from './announce.ts';
import type { ScoreBid } from './score-bid.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const cents = z
  .string()
  .transform((written) => centiFrom(written) ?? -1)
  .pipe(z.int().min(1).max(1_000_000_000_000));

export const announceInput: z.ZodType<AnnounceTender> = z
  .strictObject({
    projectId: id,
    closesAt: z.date(),
    budgetCeiling: cents.nullish(),
    requirements: text(20_000),
    criteria: z
      .array(
        z.strictObject({
          code: z.string().regex(/^[a-z][a-z_]{0,31}$/, 'is no criterion code'),
          titleZh: text(100),
          titleEn: text(100),
          weightPercent: z.int().min(1).max(100),
        }),
      )
      .min(1)
      .max(20),
  })
  .transform(({ budgetCeiling, ...rest }) => ({
    ...rest,
    budgetCeilingCents: budgetCeiling ?? null,
  }));

export const tenderInput = z.strictObject({ tenderId: id });
export const reasonedTenderInput = z.strictObject({ tenderId: id, reason: text(2000) });
export const submitBidInput = z.strictObject({
  tenderId: id,
  institutionId: id,
  sealedBid: z.string().regex(/^[A-Za-z0-9_-]+$/, 'is not base64url'),
});
export const withdrawBidInput = z.strictObject({ tenderId: id, institutionId: id });
export const appointInput = z.strictObject({ tenderId: id, reviewerId: id });
export const scoreInput: z.ZodType<ScoreBid> = z.strictObject({
  tenderId: id,
  number: z.int().min(1),
  points: z
    .array(
      z
        .strictObject({
          criterion: z.string().max(32),
          points: z
            .string()
            .transform((written) => centiFrom(written) ?? -1)
            .pipe(z.int().min(0).max(100_00)),
        })
        .transform(({ criterion, points }) => ({ criterion, pointsCenti: points })),
    )
    .max(20),
  remarks: text(5000),
});
export const awardInput = z.strictObject({
  tenderId: id,
  number: z.int().min(1),
  reason: text(5000),
});
export const objectInput = z.strictObject({
  tenderId: id,
  institutionId: id,
  grounds: text(5000),
});
export const decideObjectionInput = z.strictObject({
  objectionId: id,
  upheld: z.boolean(),
  reason: text(2000),
});
