import { z } from 'zod';

const count = z.number().int();
const oneFigure = z.strictObject({
  name: z.string().max(60),
  number: count.nullish(),
  ratio: z.strictObject({ numerator: count, denominator: count }).nullish(),
  switch: z.boolean().nullish(),
  text: z.string().max(40).nullish(),
  list: z.array(z.string().max(40)).max(20).nullish(),
});
type FigureInput = z.infer<typeof oneFigure>;

/** Figures as a client writes them: each with exactly one value. */
export const figureInput = z
  .array(oneFigure)
  .max(200)
  .refine((figures) => figures.every((figure) => valuesOf(figure).length === 1), {
    message: 'each figure has exactly one value',
  });

export function figuresByName(figures: readonly FigureInput[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(figures.map((each) => [each.name, valuesOf(each)[0]]));
}

function valuesOf({ number, ratio, switch: yesNo, text, list }: FigureInput): unknown[] {
  return [number, ratio, yesNo, text, list].filter(
    (value) => value !== null && value !== undefined,
  );
}
