/** The real table GB/T 2260 of Shanxi: province, 11 cities, 117 counties, and the townships below them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionLevel, regionPath } from '@shixun/kernel';
import type { RegionRow, RegionVersion } from '@shixun/registry/bulk';

/** Every region, parents before children. */
export function shanxiRegions(): readonly RegionRow[] {
  const began = beginnings();
  return linesOf('shanxi-regions.csv').map(([code = '', name = '']) => {
    const since = began.get(code);
    return { _id: code, name, ...placeOf(code), ...(since === undefined ? {} : { since }) };
  });
}

/** What codes stood for before, as far as we are sure of it: the changes of 2018 and 2019. */
export function shanxiRegionPast(): readonly (RegionVersion & { readonly to: string })[] {
  return linesOf('shanxi-region-changes.csv').map(
    ([code = '', name = '', to = '', after, basis]) => ({
      code,
      name,
      ...placeOf(code),
      from: null,
      to,
      successors: (after ?? '').split(' '),
      basis: basis ?? null,
    }),
  );
}

/** First day of the regions that a change created. */
function beginnings(): ReadonlyMap<string, string> {
  const created = shanxiRegionPast().flatMap(({ successors, to }) =>
    successors.filter((code) => !existedBefore.has(code)).map((code) => [code, to] as const),
  );
  return new Map(created);
}

/** Took area in, but was there before: 新荣区 got 古店镇 of the abolished 南郊区. */
const existedBefore = new Set(['140212']);

function linesOf(file: string): readonly (readonly string[])[] {
  const table = readFileSync(join(import.meta.dirname, file), 'utf8');
  const [, ...lines] = table.trim().split('\n');
  return lines.map((line) => line.split(','));
}

function placeOf(code: string): Pick<RegionRow, 'level' | 'parentCode'> {
  const level = regionLevel(code);
  if (level === undefined) throw new Error(`${code} is no region code`);
  return { level, parentCode: regionPath(code).at(-2) ?? null };
}
