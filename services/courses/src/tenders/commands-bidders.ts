/** The others' side of a tender: bids and objections of institutions, sheets of experts. */
import { civilDateOf, type Decision } from '@shixun/kernel';
import { type Caller, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { institutions, qualificationOf } from '../projections/institutions.ts';
import { actorOf } from '../projects/commands.ts';
import { recordStep } from '../projects/commands-record.ts';
import type { Step } from '../projects/project.ts';
import { takeStep } from '../projects/transitions.ts';
import {
  decideObjectionInput,
  objectInput,
  scoreInput,
  submitBidInput,
  withdrawBidInput,
} from './input.ts';
import { notices } from './notices.ts';
import { objectToAward, undecidedFaults } from './object.ts';
import { gatherTender, type TenderFacts, tenderScope } from './readers.ts';
import { scoreBid } from './score-bid.ts';
import {
  type BidRow,
  bids,
  type ObjectionRow,
  objections,
  type SheetRow,
  sheets,
  tenders,
} from './store.ts';
import { submitBid, withdrawBid } from './submit-bid.ts';

const stream = ({ tender }: TenderFacts) => tender._id;
const institutionScope = (_facts: unknown, { institutionId }: { institutionId: string }) => ({
  institutionId,
});

async function ownBid(unit: Unit, tenderId: string, institutionId: string): Promise<BidRow | null> {
  return unit.findOne(bids, { tenderId, institutionId });
}

/** Marks the tender as changed, so that a bid and the opening of bids can't both go through. */
function countBid(unit: Unit, { tender }: TenderFacts): void {
  unit.update(tenders, { _id: tender._id, state: tender.state }, { $inc: { bidsTaken: 1 } });
}

export const submitBidCommand = defineCommand({
  name: 'submitBid',
  input: submitBidInput,
  gather: async ({ tenderId, institutionId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    const institution = await unit.findById(institutions, institutionId);
    if (institution === null) return notFound('institution', institutionId, ['institutionId']);
    const bidder = { ...institution, qualification: qualificationOf(institution) };
    return { ...facts, bidder, earlier: await ownBid(unit, tenderId, institutionId) };
  },
  scope: institutionScope,
  decide: (input, facts, { now }) => submitBid(input, facts, now),
  record: ({ sealed, submittedAt }, facts, unit, { tenderId, institutionId }): BidRow => {
    const row: BidRow = {
      _id: facts.earlier?._id ?? unit.newId('bid'),
      tenderId,
      institutionId,
      ...{ state: 'sealed', sealed, submittedAt, number: null, content: null, fault: null },
    };
    const { _id, ...fields } = row;
    if (facts.earlier === null) unit.insert(bids, row);
    else unit.update(bids, { _id }, { $set: fields });
    countBid(unit, facts);
    return row;
  },
  stream,
  // What is sealed stays out of the audit's copy of the input; its row keeps it.
  audited: ({ tenderId, institutionId }, { _id }) => ({ tenderId, institutionId, bidId: _id }),
});

export const withdrawBidCommand = defineCommand({
  name: 'withdrawBid',
  input: withdrawBidInput,
  gather: async ({ tenderId, institutionId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    return { ...facts, bid: await ownBid(unit, tenderId, institutionId) };
  },
  scope: institutionScope,
  decide: (_input, { tender, bid }, { now }) => withdrawBid(tender, bid, now),
  record: (state, facts, unit): BidRow | null => {
    if (facts.bid === null) return null;
    unit.update(bids, { _id: facts.bid._id, state: 'sealed' }, { $set: { state } });
    countBid(unit, facts);
    return { ...facts.bid, state };
  },
  stream,
});

/** Whom a caller stands for as an expert: the person of the grant. */
export function reviewerOf(caller: Caller | null): string | null {
  const grant = caller?.grants.find(({ role }) => role === 'ExpertReviewer');
  return grant === undefined || caller === null ? null : (grant.personId ?? caller.subject);
}

export const scoreBidCommand = defineCommand({
  name: 'scoreBid',
  input: scoreInput,
  gather: async ({ tenderId, number }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    const bid = await unit.findOne(bids, { tenderId, number, state: 'open' });
    const reviewerId = reviewerOf(context.caller);
    const filled =
      bid && reviewerId ? await unit.findOne(sheets, { bidId: bid._id, reviewerId }) : null;
    return { ...facts, bidId: bid?._id ?? null, reviewerId, filled };
  },
  scope: tenderScope,
  decide: (input, facts) => scoreBid(input, facts),
  record: ({ bidId, reviewerId }, { filled, tender }, unit, { points, remarks }): SheetRow => {
    const _id = filled?._id ?? unit.newId('bidSheet');
    const row = { _id, tenderId: tender._id, bidId, reviewerId, points, remarks, at: unit.now };
    if (filled === null) unit.insert(sheets, row);
    else unit.update(sheets, { _id }, { $set: { points, remarks, at: unit.now } });
    // The award ranks what it read: a sheet that comes meanwhile makes it rank again.
    unit.update(tenders, { _id: tender._id, state: 'opened' }, { $inc: { bidsTaken: 1 } });
    return row;
  },
  stream,
});

export const objectToAwardCommand = defineCommand({
  name: 'objectToAward',
  input: objectInput,
  gather: async ({ tenderId, institutionId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    const bid = await ownBid(unit, tenderId, institutionId);
    const made = await unit.find(objections, { tenderId, institutionId });
    return {
      ...facts,
      bid: bid?.state === 'open' ? { won: facts.project.institutionId === institutionId } : null,
      // One objection to each award: after a new award there may be a new one.
      objected: made.some(({ madeAt }) => madeAt >= (facts.tender.awardedAt ?? madeAt)),
    };
  },
  scope: institutionScope,
  decide: (input, facts, { now }) => objectToAward(input, facts, civilDateOf(now)),
  record: ({ tenderId, institutionId, grounds }, { tender, project }, unit): ObjectionRow => {
    const row: ObjectionRow = {
      _id: unit.newId('tenderObjection'),
      ...{ tenderId, institutionId, grounds, state: 'open', madeAt: unit.now },
      decidedAt: null,
      reason: null,
    };
    unit.insert(objections, row);
    // The confirmation counts objections: one that comes meanwhile makes it count again.
    unit.update(tenders, { _id: tenderId, state: 'awarded' }, { $inc: { bidsTaken: 1 } });
    unit.notify({
      notice: notices.OBJECTION_MADE,
      to: { regionCode: tender.ownerRegionCode },
      subject: tenderId,
      figures: { project: project.title },
    });
    return row;
  },
  stream,
});

export const decideObjectionCommand = defineCommand({
  name: 'decideObjection',
  input: decideObjectionInput,
  gather: async ({ objectionId }, unit, context) => {
    const objection = await unit.findById(objections, objectionId);
    const facts = objection && (await gatherTender(objection.tenderId, unit, context));
    if (objection === null || facts === null || !('tender' in facts)) {
      return notFound('tenderObjection', objectionId, ['objectionId']);
    }
    return { ...facts, objection };
  },
  scope: tenderScope,
  // Upheld, the award falls and the bids are scored again; dismissed, it stands.
  decide: ({ upheld, reason }, { project, objection }, { now, caller }): Decision<Step> => {
    const to = upheld ? 'tendering' : 'awarded';
    const command = { command: 'decideObjection', to, reason } as const;
    const asked = { actor: actorOf(caller), now };
    return takeStep(command, project, asked, undecidedFaults(objection));
  },
  record: (step, facts, unit, { upheld, reason }): ObjectionRow => {
    const { tender, project, objection } = facts;
    const state = upheld ? 'upheld' : 'dismissed';
    const decided = { state, decidedAt: unit.now, reason } as const;
    unit.update(objections, { _id: objection._id, state: 'open' }, { $set: decided });
    recordStep(unit, facts, step, upheld ? { institutionId: null } : {});
    const changes = upheld
      ? {
          state: 'opened',
          awardedAt: null,
          awardReason: null,
          objectionsThrough: null,
          ranking: [],
        }
      : { state: 'awarded' };
    unit.update(tenders, { _id: tender._id, state: 'awarded' }, { $set: changes });
    unit.notify({
      notice: notices.OBJECTION_DECIDED,
      to: { institutionId: objection.institutionId },
      subject: tender._id,
      figures: { project: project.title, outcome: upheld ? '成立 upheld' : '不成立 dismissed' },
    });
    return { ...objection, ...decided };
  },
  stream,
});
