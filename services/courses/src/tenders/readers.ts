/** What the commands on a tender look at, gathered once for all of them. */
import { civilDateOf, type EffectivePolicy } from '@shixun/kernel';
import {
  type CommandContext,
  type NotFound,
  notFound,
  type Scope,
  type Unit,
} from '@shixun/runtime';
import { institutionGrades } from '../projections/institution-grades.ts';
import { institutions, qualificationOf } from '../projections/institutions.ts';
import { classesOf, projectOf } from '../projects/commands-record.ts';
import { commissionFaults } from '../projects/commission.ts';
import type { ProjectRow, TrainingClassRow } from '../projects/store.ts';
import { gradePointsOf, rankBids } from './rank.ts';
import { type BidRow, bids, sheets, type TenderRow, tenders } from './store.ts';
import type { RankedBid, ScoredBid } from './tender.ts';

export type TenderFacts = {
  readonly tender: TenderRow;
  readonly project: ProjectRow;
  readonly classes: readonly TrainingClassRow[];
  readonly policy: EffectivePolicy;
};

/** A tender has as many bids as there are institutions of one kind in a province at most. */
export const bidsMax = 500;

export async function gatherTender(
  tenderId: string,
  unit: Unit,
  { policies }: CommandContext,
): Promise<TenderFacts | NotFound> {
  const tender = await unit.findById(tenders, tenderId);
  const project = tender === null ? null : await projectOf(unit, tender.projectId);
  if (tender === null || project === null) return notFound('tender', tenderId, ['tenderId']);
  const policy = policies.effective(tender.ownerRegionCode, civilDateOf(unit.now));
  return { tender, project, classes: await classesOf(unit, project._id), policy };
}

/** The owner's place alone: a bidder has no say in the tender. */
export function tenderScope({ tender }: TenderFacts): Scope {
  return { regionCode: tender.ownerRegionCode };
}

/** A transaction, or the graph outside of one. */
export type Reads = Pick<Unit, 'find'>;

export async function bidsOf(unit: Reads, tenderId: string): Promise<BidRow[]> {
  return unit.find(bids, { tenderId }, { sort: { institutionId: 1 }, limit: bidsMax });
}

/** The open bids in their present ranking. */
export async function rankingOf(
  unit: Reads,
  { tender, project, policy }: TenderFacts,
): Promise<readonly RankedBid[]> {
  const open = (await bidsOf(unit, tender._id)).filter(({ state }) => state === 'open');
  const ids = open.map(({ institutionId }) => institutionId);
  const filled = await unit.find(sheets, { tenderId: tender._id });
  const graded = await unit.find(institutionGrades, { _id: { $in: ids } });
  const known = await unit.find(institutions, { _id: { $in: ids } });
  const scored = open.map((bid): ScoredBid => {
    const institution = known.find(({ _id }) => _id === bid.institutionId);
    const [lack] = institution
      ? commissionFaults(project, { ...institution, qualification: qualificationOf(institution) })
      : [];
    return {
      bidId: bid._id,
      number: bid.number ?? 0,
      institutionId: bid.institutionId,
      priceCents: bid.content?.priceCents ?? 0,
      submittedAt: bid.submittedAt,
      sheets: filled.filter(({ bidId }) => bidId === bid._id),
      grade: graded.find(({ _id }) => _id === bid.institutionId)?.grade ?? null,
      excluded: lack ? lack.code.name : null,
    };
  });
  return rankBids(scored, {
    criteria: tender.criteria,
    gradeWeightPercent: tender.gradeWeightPercent,
    gradePoints: gradePointsOf(policy.figures),
  });
}
