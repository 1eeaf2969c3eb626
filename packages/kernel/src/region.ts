/**
 * Codes of regions: GB/T 2260, six digits (province 140000, city 140100, county 140105), townships nine.
 * A subtree is a common prefix, so "inside" needs no tree walk.
 */
export type RegionLevel = 'province' | 'city' | 'county' | 'township';

/** The level that the shape of the code names; undefined when it is no region code. */
export function regionLevel(code: string): RegionLevel | undefined {
  if (/^\d{9}$/.test(code)) return 'township';
  if (!/^\d{6}$/.test(code)) return undefined;
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

/** The digits that every code inside the region begins with: 140000 → 14, 140100 → 1401. */
export function regionPrefix(code: string): string {
  const level = regionLevel(code);
  if (level === 'province') return code.slice(0, 2);
  return level === 'city' ? code.slice(0, 4) : code;
}

/** True when `code` is `ancestor` itself or lies below it. [REG-01] */
export function isWithin(code: string, ancestor: string): boolean {
  return code.startsWith(regionPrefix(ancestor));
}

/** The code itself and its ancestors, province first: 140105 → 140000, 140100, 140105. */
export function regionPath(code: string): readonly string[] {
  const path = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code.slice(0, 6), code];
  return [...new Set(path)];
}
