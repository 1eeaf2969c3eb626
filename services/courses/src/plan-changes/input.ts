/** What the mutations on plan changes take, beyond GraphQL's types. */
import { z } from 'zod';
import { planContent } from '../plans/input.ts';
import { id } from '../projects/input.ts';

const words = z.string().trim().max(2000);

export const requestInput = z.strictObject({
  projectId: id,
  plan: planContent,
  explanation: words,
});
export const decideInput = z.strictObject({ changeId: id, consent: z.boolean(), reason: words });
export const withdrawInput = z.strictObject({ changeId: id });
