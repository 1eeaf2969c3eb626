import { createHash } from 'node:crypto';
import { centiText } from '@shixun/kernel';
import { connection, type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { type ProjectRow, projects } from '../projects/store.ts';
import { tenderOfficers } from './access.ts';
import * as owners from './commands.ts';
import * as bidders from './commands-bidders.ts';
import {
  type BidRow,
  bids,
  objections,
  type SheetRow,
  sheets,
  type TenderRow,
  tenders,
} from './store.ts';
import type { RankedBid, Sheet } from './tender.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type TendersArguments = Page & { readonly regionCode: string; readonly state?: string | null };
type BidForReview = { readonly bid: BidRow; readonly sheets: readonly SheetRow[] };

function isOfficer({ caller }: GraphContext, { ownerRegionCode }: TenderRow): boolean {
  return may(caller, tenderOfficers, { regionCode: ownerRegionCode });
}

/** The institutions for which the caller acts. */
function ownInstitutions({ caller }: GraphContext): readonly string[] {
  return (caller?.grants ?? []).flatMap(({ role, institutionId }) =>
    role === 'InstitutionAdmin' && institutionId !== undefined ? [institutionId] : [],
  );
}

/** The open bids without a name: for the appointed experts and the officers; null for anybody else. */
async function bidsForReview(tender: TenderRow, context: GraphContext) {
  const reviewerId = bidders.reviewerOf(context.caller);
  const appointed = reviewerId !== null && tender.reviewerIds.includes(reviewerId);
  if (!appointed && !isOfficer(context, tender)) return null;
  const all = await context.loadMany(bids, 'tenderId', tender._id);
  const filled = await context.loadMany(sheets, 'tenderId', tender._id);
  return all
    .filter(({ state }) => state === 'open')
    .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0))
    .map((bid): BidForReview => ({ bid, sheets: filled.filter(({ bidId }) => bidId === bid._id) }));
}

export const tenderResolvers: ResolverTable = {
  Query: {
    tender: (_parent, { id }: { id: string }, context) => context.loadOne(tenders, id),
    tenders: (_parent, { regionCode, state, first, after }: TendersArguments, context) =>
      connection(context.db.model(tenders), {
        filter: { regionPath: regionCode, ...(typeof state === 'string' ? { state } : {}) },
        sort: [['_id', -1]],
        first,
        after,
      }),
  },
  Mutation: {
    announceTender: mutation(owners.announceTenderCommand, 'tender'),
    openBids: mutation(owners.openBidsCommand, 'tender'),
    appointReviewer: mutation(owners.appointReviewerCommand, 'tender'),
    awardTender: mutation(owners.awardTenderCommand, 'tender'),
    confirmAward: mutation(owners.confirmAwardCommand, 'tender'),
    abandonTender: mutation(owners.abandonTenderCommand, 'tender'),
    submitBid: mutation(bidders.submitBidCommand, 'bid'),
    withdrawBid: mutation(bidders.withdrawBidCommand, 'bid'),
    scoreBid: mutation(bidders.scoreBidCommand, 'sheet'),
    objectToAward: mutation(bidders.objectToAwardCommand, 'objection'),
    decideObjection: mutation(bidders.decideObjectionCommand, 'objection'),
  },
  Project: {
    tenders: ({ _id }: ProjectRow, _arguments, context) =>
      context.loadMany(tenders, 'projectId', _id),
  },
  Tender: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(tenders, id),
    id: ({ _id }: TenderRow) => _id,
    project: ({ projectId }: TenderRow, _arguments, context) =>
      context.loadOne(projects, projectId),
    budgetCeiling: ({ budgetCeilingCents }: TenderRow) =>
      budgetCeilingCents === null ? null : centiText(budgetCeilingCents),
    reviewersCount: ({ reviewerIds }: TenderRow) => reviewerIds.length,
    // Until the award nobody may learn whom to talk to.
    reviewerIds: (row: TenderRow, _arguments, context) =>
      row.awardedAt !== null || isOfficer(context, row) ? row.reviewerIds : null,
    bidsForReview: (row: TenderRow, _arguments, context) => bidsForReview(row, context),
    ownBid: async ({ _id }: TenderRow, _arguments, context) => {
      const own = ownInstitutions(context);
      if (own.length === 0) return null;
      const all = await context.loadMany(bids, 'tenderId', _id);
      return all.find(({ institutionId }) => own.includes(institutionId)) ?? null;
    },
    objections: async (row: TenderRow, _arguments, context) => {
      const own = ownInstitutions(context);
      const all = isOfficer(context, row);
      if (!all && own.length === 0) return null;
      const made = await context.loadMany(objections, 'tenderId', row._id);
      return made.filter(({ institutionId }) => all || own.includes(institutionId));
    },
  },
  Bid: {
    id: ({ _id }: BidRow) => _id,
    digest: ({ sealed }: BidRow) => createHash('sha256').update(sealed).digest('hex'),
  },
  ReviewBid: {
    number: ({ bid }: BidForReview) => bid.number,
    price: ({ bid }: BidForReview) => centiText(bid.content?.priceCents ?? 0),
    proposal: ({ bid }: BidForReview) => bid.content?.proposal ?? '',
    teamSize: ({ bid }: BidForReview) => bid.content?.trainerIds.length ?? 0,
    sheets: ({ sheets: filled }: BidForReview) => filled.length,
    ownSheet: ({ sheets: filled }: BidForReview, _arguments, context) => {
      const own = bidders.reviewerOf(context.caller);
      return filled.find(({ reviewerId }) => reviewerId === own) ?? null;
    },
  },
  ScoreSheet: { id: ({ _id }: SheetRow) => _id },
  CriterionPoints: {
    points: ({ pointsCenti }: Sheet['points'][number]) => centiText(pointsCenti),
  },
  RankedBid: {
    institution: ({ institutionId }: RankedBid) => ({ id: institutionId }),
    total: ({ totalCenti }: RankedBid) => centiText(totalCenti),
    price: ({ priceCents }: RankedBid) => centiText(priceCents),
  },
  RankedComponent: {
    points: ({ pointsCenti }: RankedBid['components'][number]) => centiText(pointsCenti),
  },
  TenderObjection: { id: ({ _id }: { readonly _id: string }) => _id },
};
