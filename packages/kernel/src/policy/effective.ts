import type { CivilDate } from '../civil-date.ts';
import { regionPath } from '../region.ts';
import type { PolicyFigures } from './figures.ts';
import { national, nationwide } from './national.ts';
import type { PolicyVersion } from './version.ts';

/** The policy in force for a region on a date, and the version that a decision records. */
export type EffectivePolicy = { readonly versionId: string; readonly figures: PolicyFigures };

/**
 * The figures in force: national → province → city → county, each level's newest version of that date.
 * `versionId` names the version nearest to the region.
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
    policy = { versionId: version.id, figures: { ...policy.figures, ...version.figures } };
  }
  return policy;
}

function newestOn(
  versions: readonly PolicyVersion[],
  regionCode: string,
  date: CivilDate,
): PolicyVersion | undefined {
  return versions
    .filter((version) => version.regionCode === regionCode && version.effectiveFrom <= date)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    .at(-1);
}
