/** How many teachers live where. */
import type { RegionRow } from '@shixun/registry/bulk';

export const provinceSizes = ['small', 'city', 'province'] as const;
export type ProvinceSize = (typeof provinceSizes)[number];

export const teachersOf: Readonly<Record<ProvinceSize, number>> = {
  small: 2_000,
  city: 40_000,
  province: 400_000,
};

/** 太原市小店区: the county around which the story is told. */
export const focusCounty = '140105';

/** Teachers per county, the focus county first; every city has some at every size. */
export function teachersByCounty(
  regions: readonly RegionRow[],
  size: ProvinceSize,
): ReadonlyMap<string, number> {
  const counties = regions.filter(({ level }) => level === 'county').map(({ _id }) => _id);
  const weights = new Map(counties.map((code) => [code, weightOf(code, size, counties)]));
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  const total = teachersOf[size];
  const others = counties
    .filter((code) => code !== focusCounty)
    .map((code) => [code, Math.floor((total * (weights.get(code) ?? 0)) / sum)] as const)
    .filter(([, teachers]) => teachers > 0);
  const elsewhere = others.reduce((all, [, teachers]) => all + teachers, 0);
  return new Map([[focusCounty, total - elsewhere], ...others]);
}

function weightOf(county: string, size: ProvinceSize, counties: readonly string[]): number {
  if (county === focusCounty) return { small: 60, city: 15, province: 2 }[size];
  const first = counties.find((code) => code.slice(0, 4) === county.slice(0, 4)) === county;
  const taiyuan = county.startsWith('1401');
  if (size === 'province') return 1;
  if (size === 'city') return taiyuan ? 8 : Number(first);
  return !taiyuan && first ? 4 : 0;
}
