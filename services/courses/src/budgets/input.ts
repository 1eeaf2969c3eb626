/** What the mutations on a project's money take, beyond GraphQL's types. */
import { type BudgetCategory, centiFrom, isCivilDate } from '@shixun/kernel';
import { z } from 'zod';
import { chosen, id } from '../projects/input.ts';
import type { RecordExpenditure } from './record-expenditure.ts';
import type { SetBudget } from './set-budget.ts';

/** Ten thousand million yuan: more than a province spends, and far below where whole numbers stop being exact. */
const amountMaxCents = 1_000_000_000_000;
const text = (max: number) => z.string().trim().min(1).max(max);
const count = (max: number) =>
  z
    .int()
    .min(1)
    .max(max)
    .nullish()
    .transform((given) => given ?? null);

/** A decimal of yuan with at most two places, more than 0, as whole fen. */
const amountCents = z
  .string()
  .transform((written) => centiFrom(written) ?? -1)
  .pipe(z.int().min(1).max(amountMaxCents));
const category = chosen<BudgetCategory>();

export const setBudgetInput: z.ZodType<SetBudget> = z.strictObject({
  projectId: id,
  lines: z
    .array(
      z
        .strictObject({ category, amount: amountCents })
        .transform(({ amount, ...line }) => ({ ...line, plannedCents: amount })),
    )
    .min(1)
    .max(20),
});

export const expenditureInput: z.ZodType<RecordExpenditure> = z
  .strictObject({
    projectId: id,
    category,
    amount: amountCents,
    spentOn: z.string().refine(isCivilDate, 'is no date that exists'),
    persons: count(100_000),
    days: count(366),
    purpose: text(500),
    voucher: text(100),
  })
  .transform(({ amount, ...rest }) => ({ ...rest, amountCents: amount }));

export const reversalInput = z.strictObject({ expenditureId: id, reason: text(500) });

export const proposalInput = z
  .strictObject({
    projectId: id,
    from: category,
    to: category,
    amount: amountCents,
    reason: text(500),
  })
  .transform(({ amount, ...rest }) => ({ ...rest, amountCents: amount }));

export const answerInput = z.strictObject({ reallocationId: id, consent: z.boolean() });
