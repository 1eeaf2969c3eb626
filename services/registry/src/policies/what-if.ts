/** What a draft would change on its first day, in its own region and in every region below that has figures of its own. */
import {
  effectivePolicy,
  type FigureDifference,
  type FigureName,
  type FigureValue,
  figureNames,
  isFreeFor,
  isWithin,
  newestOn,
  type PolicyVersion,
  policyDifference,
  regionPath,
  standingOf,
} from '@shixun/kernel';

/** An own figure of a lower region that would no longer make a difference. */
export type LostFigure = {
  readonly figure: FigureName;
  readonly own: FigureValue;
  /** What it would inherit then. */
  readonly inherited: FigureValue;
  /** identical: it says the same; overruled: what it inherits is tighter and holds instead. */
  readonly becomes: 'identical' | 'overruled';
};

export type RegionWhatIf = {
  readonly regionCode: string;
  readonly versionId: string;
  readonly changes: readonly FigureDifference[];
  readonly lost: readonly LostFigure[];
};

export type PolicyWhatIf = {
  readonly changes: readonly FigureDifference[];
  readonly below: readonly RegionWhatIf[];
};

/** `versions` are those of the draft's region, of everyone above it and of everyone below it. */
export function policyWhatIf(
  draft: PolicyVersion,
  versions: readonly PolicyVersion[],
): PolicyWhatIf {
  const { regionCode, effectiveFrom: date } = draft;
  const after = [...versions, draft];
  const difference = (code: string) =>
    policyDifference(
      effectivePolicy(versions, code, date).figures,
      effectivePolicy(after, code, date).figures,
    );
  const lower = new Set(
    versions
      .map((version) => version.regionCode)
      .filter((code) => code !== regionCode && isWithin(code, regionCode)),
  );
  const below = [...lower].sort().flatMap((code) => {
    const own = newestOn(versions, code, date);
    if (own === undefined) return [];
    const changes = difference(code);
    const lost = lostFigures(own, versions, draft);
    return changes.length + lost.length === 0
      ? []
      : [{ regionCode: code, versionId: own.id, changes, lost }];
  });
  return { changes: difference(regionCode), below };
}

function lostFigures(
  own: PolicyVersion,
  versions: readonly PolicyVersion[],
  draft: PolicyVersion,
): readonly LostFigure[] {
  const parent = regionPath(own.regionCode).at(-2);
  if (parent === undefined) return [];
  const date = draft.effectiveFrom;
  const inheritedBefore = effectivePolicy(versions, parent, date).figures;
  const inheritedAfter = effectivePolicy([...versions, draft], parent, date).figures;
  return figureNames.flatMap((figure) => {
    const value = own.figures[figure];
    if (value === undefined || isFreeFor(own, figure)) return [];
    if (standingOf(figure, inheritedBefore[figure], value) !== 'tighter') return [];
    const standing = standingOf(figure, inheritedAfter[figure], value);
    if (standing === 'tighter') return [];
    const becomes = standing === 'equal' ? 'identical' : 'overruled';
    return [{ figure, own: value, inherited: inheritedAfter[figure], becomes } as const];
  });
}
