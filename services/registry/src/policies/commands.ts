import { civilDateOf, isCivilDate, nationwide, regionPath } from '@shixun/kernel';
import { defineCommand } from '@shixun/runtime';
import { z } from 'zod';
import { regions } from '../regions/store.ts';
import { publishPolicy } from './publish.ts';
import { type PolicyVersionRow, policyVersions, recordPolicy, versionOf } from './store.ts';

const count = z.number().int();
const figureInput = z.strictObject({
  name: z.string().max(60),
  number: count.nullish(),
  ratio: z.strictObject({ numerator: count, denominator: count }).nullish(),
  switch: z.boolean().nullish(),
  text: z.string().max(40).nullish(),
  list: z.array(z.string().max(40)).max(20).nullish(),
});

type FigureInput = z.infer<typeof figureInput>;

const publishPolicyInput = z.strictObject({
  profile: z.string().regex(/^[a-z0-9-]{3,40}$/),
  regionCode: z.string().regex(/^\d{6}$/),
  effectiveFrom: z.string().refine(isCivilDate),
  figures: z
    .array(figureInput)
    .max(200)
    .refine((figures) => figures.every((figure) => valuesOf(figure).length === 1), {
      message: 'each figure has exactly one value',
    }),
});

export const publishPolicyCommand = defineCommand({
  name: 'publishPolicy',
  input: publishPolicyInput,
  gather: async ({ regionCode, profile }, unit) => {
    const region = await unit.findById(regions, regionCode);
    const concerned = { $in: [nationwide, ...regionPath(regionCode)] };
    const rows = await unit.find(policyVersions, { $or: [{ regionCode: concerned }, { profile }] });
    return {
      regionKnown: region !== null && region.level !== 'township',
      versions: rows.map(versionOf),
    };
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: ({ figures, ...command }, facts, { now }) => {
    const byName = Object.fromEntries(figures.map((each) => [each.name, valuesOf(each)[0]]));
    return publishPolicy({ ...command, figures: byName }, facts, civilDateOf(now));
  },
  record: (version, _facts, unit): PolicyVersionRow => recordPolicy(unit, version),
  stream: (_facts, { id }) => id,
});

function valuesOf({ number, ratio, switch: yesNo, text, list }: FigureInput): unknown[] {
  return [number, ratio, yesNo, text, list].filter(
    (value) => value !== null && value !== undefined,
  );
}
