/** Files of regions: the natural key is the code, which is the id. [REG-01, REG-06] */
import { recordRegion, regions, tellRegion } from '../regions/store.ts';
import { parentOf, planRegion } from './plan-region.ts';
import { distinct, earlierRows, type KindWork, mapped, type Planned } from './store-work.ts';

export const regionWork: KindWork = {
  keyOf: ({ values }) => values.text('code') ?? '',
  columnOf: {},
  gather: async (rows, room) => {
    const { unit } = room;
    const codes = distinct(rows.map(({ values }) => values.text('code')));
    const parents = distinct(codes.map((code) => parentOf(code) ?? undefined));
    const found = await unit.find(regions, { _id: { $in: distinct([...codes, ...parents]) } });
    const byCode = new Map(found.map((region) => [region._id, region]));
    const earlier = await earlierRows(room, parents);
    const inBatch = new Set<string>();
    return ({ values }) => {
      const code = values.text('code') ?? '';
      const parent = parentOf(code);
      const known = byCode.get(code);
      const above = parent === null ? undefined : byCode.get(parent);
      const decision = planRegion(values, {
        area: room.area,
        known:
          known === undefined ? null : { name: known.name, abolishedOn: known.abolishedOn ?? null },
        parentKnown:
          parent !== null &&
          ((above !== undefined && !above.abolishedOn) ||
            earlier.has(parent) ||
            inBatch.has(parent)),
      });
      return mapped(decision, (plan): Planned => {
        if (plan.verdict === 'unchanged') {
          return { verdict: 'unchanged', write: () => ({ id: plan.code, before: null }) };
        }
        inBatch.add(code);
        const { code: _id, ...rest } = plan.region;
        return {
          verdict: 'added',
          facts: {},
          write: () => {
            recordRegion(unit, { _id, ...rest });
            return { id: _id, before: null };
          },
        };
      });
    };
  },
  undo: async ({ verdict, id }, { unit, today }) => {
    const row = verdict === 'added' ? await unit.findById(regions, id) : null;
    if (row === null) return;
    unit.remove(regions, { _id: id });
    tellRegion(unit, { ...row, abolishedOn: today });
  },
};
