/** Codes of regions that a menu names: in the official table, and in force on the day. [REG-01] */
import { type CivilDate, type Fault, fault, regionPath } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type KnownRegion = {
  readonly abolishedOn: CivilDate | null;
  readonly successorCodes: readonly string[];
};

/** The table as far as the command names it: the codes themselves and those above them. */
export type KnownRegions = ReadonlyMap<string, KnownRegion>;

/** The codes that have to be looked up for a code. */
export function regionCodesFor(regionCodes: readonly string[]): readonly string[] {
  return [...new Set(regionCodes.flatMap((code) => regionPath(code)))];
}

/** Names the part of the code that fails: the first of province, city, county and township that is none. */
export function regionFaults(
  code: string,
  path: readonly string[],
  { known, today }: { readonly known: KnownRegions; readonly today: CivilDate },
): readonly Fault[] {
  const region = known.get(code);
  if (region === undefined) {
    const missing = regionPath(code).find((each) => !known.has(each)) ?? code;
    const figures = { actual: code, part: missing, digits: digitsOf(missing) };
    return [fault(codes.REGION_NOT_IN_TABLE, path, figures)];
  }
  const { abolishedOn, successorCodes } = region;
  if (abolishedOn === null || today < abolishedOn) return [];
  const figures = { actual: code, until: abolishedOn, required: successorCodes.join(', ') || '—' };
  return [fault(codes.REGION_NO_LONGER_IN_FORCE, path, figures)];
}

/** Which digits of a code say what fails: 1–2 the province, 3–4 the city, 5–6 the county, 7–9 the township. */
function digitsOf(missing: string): string {
  if (missing.length > 6) return '7–9';
  if (missing.endsWith('0000')) return '1–2';
  return missing.endsWith('00') ? '3–4' : '5–6';
}
