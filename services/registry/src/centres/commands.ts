import { isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { institutions } from '../institutions/store.ts';
import { designateCentre } from './designate.ts';
import { type CentreRow, centres } from './store.ts';

const date = z.string().refine(isCivilDate);

export const designateCentreCommand = defineCommand({
  name: 'designateCentre',
  input: z.strictObject({
    countyCode: z.string().regex(/^\d{6}$/),
    institutionId: z.string().max(64),
    from: date,
    formerBodies: z
      .array(
        z.strictObject({
          name: z.string().trim().min(2).max(100),
          institutionId: z
            .string()
            .max(64)
            .nullish()
            .transform((id) => id ?? null),
          mergedOn: date,
        }),
      )
      .max(20),
  }),
  gather: async ({ countyCode, institutionId }, unit) => {
    const institution = await unit.findById(institutions, institutionId);
    if (institution === null) return notFound('institution', institutionId, ['institutionId']);
    const rows = await unit.find(centres, { countyCode }, { sort: { from: -1 }, limit: 1 });
    return { institution, standing: rows[0] ?? null };
  },
  scope: (_facts, { countyCode }) => ({ regionCode: countyCode }),
  decide: (input, facts) => designateCentre(input, facts),
  record: (designated, { standing }, unit): CentreRow => {
    if (standing !== null) {
      unit.update(centres, { _id: standing._id, to: null }, { $set: { to: designated.from } });
    }
    const _id = unit.newId('centre');
    const row: CentreRow = { _id, ...designated, to: null, designatedAt: unit.now };
    unit.insert(centres, row);
    return row;
  },
  stream: (_facts, { countyCode }) => `centres/${countyCode}`,
});
