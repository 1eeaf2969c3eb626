import { type PolicyFigures, scaleCenti } from '@shixun/kernel';
import type { Criterion, Grade, RankedBid, ScoredBid } from './tender.ts';

export type RankingRules = {
  readonly criteria: readonly Criterion[];
  readonly gradeWeightPercent: number;
  readonly gradePoints: Readonly<Record<Grade | 'none', number>>;
};

/** Points of the last published grade, in hundredths, as the policy sets them. [CRS-02] */
export function gradePointsOf(
  policy: Pick<
    PolicyFigures,
    | 'tenderGradeAPointsCenti'
    | 'tenderGradeBPointsCenti'
    | 'tenderGradeCPointsCenti'
    | 'tenderGradeNonePointsCenti'
  >,
): RankingRules['gradePoints'] {
  return {
    A: policy.tenderGradeAPointsCenti,
    B: policy.tenderGradeBPointsCenti,
    C: policy.tenderGradeCPointsCenti,
    D: 0,
    none: policy.tenderGradeNonePointsCenti,
  };
}

/**
 * The ranking: the mean of the sheets for each criterion and the points of the last published grade, by weight.
 * Means and total are rounded half up to a hundredth of a point; between equals the lower price, then the earlier bid.
 */
export function rankBids(bids: readonly ScoredBid[], rules: RankingRules): readonly RankedBid[] {
  const scored = bids.map((bid) => ({ bid, ...scoreOf(bid, rules) }));
  const eligible = scored
    .filter(({ bid }) => bid.excluded === null)
    .toSorted(
      (a, b) =>
        b.totalCenti - a.totalCenti ||
        a.bid.priceCents - b.bid.priceCents ||
        a.bid.submittedAt.getTime() - b.bid.submittedAt.getTime(),
    );
  const excluded = scored.filter(({ bid }) => bid.excluded !== null);
  return [...eligible, ...excluded].map(({ bid, totalCenti, components }, index) => ({
    bidId: bid.bidId,
    number: bid.number,
    institutionId: bid.institutionId,
    rank: bid.excluded === null ? index + 1 : null,
    totalCenti,
    priceCents: bid.priceCents,
    sheets: bid.sheets.length,
    grade: bid.grade,
    components,
    excluded: bid.excluded,
  }));
}

function scoreOf({ sheets, grade }: ScoredBid, rules: RankingRules) {
  const judged = rules.criteria.map(({ code, weightPercent }) => {
    const given = sheets.flatMap(({ points }) =>
      points.filter(({ criterion }) => criterion === code).map(({ pointsCenti }) => pointsCenti),
    );
    const sum = given.reduce((total, points) => total + points, 0);
    const pointsCenti = given.length === 0 ? 0 : scaleCenti(sum, 1, given.length);
    return { criterion: code, pointsCenti, weightPercent };
  });
  const components = [
    ...judged,
    {
      criterion: 'last_grade',
      pointsCenti: rules.gradePoints[grade ?? 'none'],
      weightPercent: rules.gradeWeightPercent,
    },
  ];
  const weighed = components.reduce((sum, each) => sum + each.pointsCenti * each.weightPercent, 0);
  return { totalCenti: scaleCenti(weighed, 1, 100), components };
}
