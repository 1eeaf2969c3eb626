import type { CivilDate } from '../civil-date.ts';
import { regionLevel, regionPath } from '../region.ts';
import type { FigureName, PolicyFigures } from './figures.ts';
import { national, nationwide } from './national.ts';
import { bindsProvinces, figureNames, isFigureName } from './table.ts';
import { type FigureValue, standingOf, tightest } from './tightening.ts';
import type { PolicyVersion } from './version.ts';

/** The policy in force for a region on a date, and the version that a decision records. */
export type EffectivePolicy = { readonly versionId: string; readonly figures: PolicyFigures };

/**
 * The figures in force: national → province → city → county, of each the newest version of that date.
 * A lower level's figure counts only where it is tighter than what it inherits, so that a figure tightened
 * above later holds below at once. `versionId` names the version nearest to the region.
 */
export function effectivePolicy(
  versions: readonly PolicyVersion[],
  regionCode: string,
  date: CivilDate,
): EffectivePolicy {
  let policy: EffectivePolicy = { versionId: national.id, figures: national.figures };
  for (const code of [nationwide, ...regionPath(regionCode)]) {
    const version = newestOn(versions, code, date);
    if (version === undefined) continue;
    policy = { versionId: version.id, figures: inherit(policy.figures, version) };
  }
  return policy;
}

/** Of every figure in force the version that it comes from: the last one on the way down that changed it. */
export function figureOrigins(
  versions: readonly PolicyVersion[],
  regionCode: string,
  date: CivilDate,
): Readonly<Record<FigureName, string>> {
  const origins: Record<string, string> = {};
  for (const name of figureNames) origins[name] = national.id;
  let figures: PolicyFigures = national.figures;
  for (const code of [nationwide, ...regionPath(regionCode)]) {
    const version = newestOn(versions, code, date);
    if (version === undefined) continue;
    const next = inherit(figures, version);
    for (const name of figureNames) {
      if (standingOf(name, figures[name], next[name]) !== 'equal') origins[name] = version.id;
    }
    figures = next;
  }
  return origins as Readonly<Record<FigureName, string>>;
}

/** The figures that result when a version is laid over those it inherits. */
export function inherit(inherited: PolicyFigures, version: PolicyVersion): PolicyFigures {
  if (version.regionCode === nationwide) return { ...inherited, ...version.figures };
  const figures: Record<string, FigureValue> = { ...inherited };
  for (const [name, value] of Object.entries(version.figures)) {
    if (!isFigureName(name)) continue;
    figures[name] = isFreeFor(version, name) ? value : tightest(name, inherited[name], value);
  }
  return figures as PolicyFigures;
}

/**
 * True when the version's region may set the figure as it likes: the whole country any, a province those
 * that no national document gives. Cities and counties only ever tighten.
 */
export function isFreeFor(version: PolicyVersion, name: FigureName): boolean {
  if (version.regionCode === nationwide) return true;
  return regionLevel(version.regionCode) === 'province' && !bindsProvinces(name);
}

/** The region's own version in force on that day. */
export function newestOn(
  versions: readonly PolicyVersion[],
  regionCode: string,
  date: CivilDate,
): PolicyVersion | undefined {
  return versions
    .filter((version) => version.regionCode === regionCode && version.effectiveFrom <= date)
    .toSorted(byAge)
    .at(-1);
}

function byAge(a: PolicyVersion, b: PolicyVersion): number {
  if (a.effectiveFrom !== b.effectiveFrom) return a.effectiveFrom < b.effectiveFrom ? -1 : 1;
  return revisionOf(a) - revisionOf(b);
}

/** shanxi-2023@2 → 2. */
function revisionOf(version: PolicyVersion): number {
  return Number(version.id.slice(version.id.lastIndexOf('@') + 1));
}
