import { civilDateOf, isCivilDate, regionPath } from '@shixun/kernel';
import { defineCommand, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { type ChangeRegionsFacts, changeRegions, type KnownRegion } from './change.ts';
import { told } from './notices.ts';
import { type RegionRow, recordRegion, recordRegionPast, regions, tellRegion } from './store.ts';

const code = z.string().regex(/^\d{6}(\d{3})?$/);

const changeRegionsInput = z.strictObject({
  provinceCode: z.string().regex(/^\d{2}0000$/),
  effectiveOn: z.string().refine(isCivilDate),
  basis: z.string().trim().min(2).max(200),
  changes: z
    .array(
      z.strictObject({
        code,
        successors: z
          .array(z.strictObject({ code, name: z.string().trim().min(1).max(60) }))
          .min(1)
          .max(20),
      }),
    )
    .min(1)
    .max(100),
});
type Input = z.infer<typeof changeRegionsInput>;

type Facts = ChangeRegionsFacts & { readonly rows: ReadonlyMap<string, RegionRow> };

export const changeRegionsCommand = defineCommand({
  name: 'changeRegions',
  input: changeRegionsInput,
  gather: async (input, unit): Promise<Facts> => factsOf(input, unit),
  scope: (_facts, { provinceCode }) => ({ regionCode: provinceCode }),
  decide: (input, facts, { now }) => changeRegions(input, facts, civilDateOf(now)),
  record: (changed, { rows }, unit, { effectiveOn }) => {
    for (const version of changed.past) recordRegionPast(unit, { ...version, to: effectiveOn });
    for (const { code: _id, name } of changed.renamed) {
      rewrite(unit, rows.get(_id), { name, since: effectiveOn });
    }
    for (const { code: _id, name } of changed.created) {
      recordRegion(unit, { _id, name, ...placeOf(_id), since: effectiveOn });
    }
    for (const { code: _id, successors } of changed.abolished) {
      // Where one region takes everything over, organisations follow by themselves; otherwise one by one.
      const relocating = successors.length === 1 ? ({ relocating: true } as const) : {};
      rewrite(unit, rows.get(_id), { abolishedOn: effectiveOn, successors, ...relocating });
      const superior = regionPath(_id).at(-2);
      if (successors.length > 1 && superior !== undefined) {
        unit.notify({
          notice: told.REGION_DIVIDED,
          to: { regionCode: superior },
          subject: _id,
          figures: { code: _id, effectiveOn, successors: successors.join(', ') },
        });
      }
    }
    const codes = changed.past.flatMap((version) => [version.code, ...version.successors]);
    return { codes: [...new Set(codes)] };
  },
  stream: (_facts, outcome) => `regions/${outcome.past[0]?.code.slice(0, 2) ?? ''}0000`,
});

async function factsOf({ changes }: Input, unit: Unit): Promise<Facts> {
  const old = changes.map((change) => change.code);
  const named = [...old, ...changes.flatMap((change) => change.successors.map((s) => s.code))];
  const wanted = [...new Set(named.flatMap((each) => regionPath(each)))];
  const found = await unit.find(regions, { _id: { $in: wanted } });
  const children = await unit.find(regions, { parentCode: { $in: old }, abolishedOn: null });
  return {
    rows: new Map(found.map((row) => [row._id, row])),
    known: new Map(found.map((row) => [row._id, knownOf(row)])),
    childCodes: children.map(({ _id }) => _id),
  };
}

function knownOf({ _id, name, level, parentCode, since, abolishedOn }: RegionRow): KnownRegion {
  const from = since ?? null;
  return { code: _id, name, level, parentCode, from, abolishedOn: abolishedOn ?? null };
}

function placeOf(newCode: string): Pick<RegionRow, 'level' | 'parentCode'> {
  const levels = ['province', 'city', 'county', 'township'] as const;
  const path = regionPath(newCode);
  return { level: levels[path.length - 1] ?? 'township', parentCode: path.at(-2) ?? null };
}

function rewrite(unit: Unit, row: RegionRow | undefined, changes: Partial<RegionRow>): void {
  if (row === undefined) return;
  unit.update(regions, { _id: row._id, name: row.name, abolishedOn: null }, { $set: changes });
  tellRegion(unit, { ...row, ...changes });
}
