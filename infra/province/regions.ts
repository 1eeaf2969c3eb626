/** The real table GB/T 2260 of Shanxi: province, 11 cities, 117 counties, and the townships below them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionLevel, regionPath } from '@shixun/kernel';
import type { RegionRow } from '@shixun/registry/bulk';

/** Every region, parents before children. */
export function shanxiRegions(): readonly RegionRow[] {
  const table = readFileSync(join(import.meta.dirname, 'shanxi-regions.csv'), 'utf8');
  return table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [code = '', name = ''] = line.split(',');
      const level = regionLevel(code);
      if (level === undefined) throw new Error(`shanxi-regions.csv: ${code} is no region code`);
      return { _id: code, name, level, parentCode: regionPath(code).at(-2) ?? null };
    });
}
