/** One answer as a mutation takes it. [EVL-13] */
import { z } from 'zod';

const given = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? null);

export const answerInput = z.strictObject({
  question: z.string().max(40),
  points: given(z.int()),
  option: given(z.string().max(40)),
  text: given(z.string().max(2000)),
  options: given(z.array(z.string().max(40)).max(20)),
});
