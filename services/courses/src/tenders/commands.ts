/** The owner's side of a tender: announce, open, appoint, award, confirm, abandon. */
import { civilDateOf } from '@shixun/kernel';
import { defineCommand } from '@shixun/runtime';
import { institutions } from '../projections/institutions.ts';
import { trainers } from '../projections/trainers.ts';
import { actorOf, gatherProject, scopeOf } from '../projects/commands.ts';
import { recordStep } from '../projects/commands-record.ts';
import { taughtFor } from '../projects/readers-taught-for.ts';
import { takeStep } from '../projects/transitions.ts';
import { announcementFaults } from './announce.ts';
import { appointReviewer } from './appoint-reviewer.ts';
import { awardFaults, confirmationFaults, objectionsThrough } from './award.ts';
import {
  announceInput,
  appointInput,
  awardInput,
  reasonedTenderInput,
  tenderInput,
} from './input.ts';
import { notices } from './notices.ts';
import { mayOpen, openBids } from './open-bids.ts';
import { bidsOf, gatherTender, rankingOf, type TenderFacts, tenderScope } from './readers.ts';
import { bidKeyOf, digestOf, openBid } from './sealing.ts';
import { bids, objections, type TenderRow, tenders } from './store.ts';

const stream = ({ tender }: TenderFacts) => tender._id;
const policyVersion = ({ policy }: TenderFacts) => policy.versionId;

export const announceTenderCommand = defineCommand({
  name: 'announceTender',
  input: announceInput,
  gather: async (input, unit, context) => {
    const facts = await gatherProject(input, unit, context);
    if (!('project' in facts)) return facts;
    const tenderId = unit.newId('tender');
    const { closesAt } = input;
    const bidKey = await bidKeyOf(context.personalDataKey, { tenderId, closesAt });
    return { ...facts, tenderId, bidKey };
  },
  scope: ({ project }) => scopeOf(project),
  decide: (input, { project, policy }, { now, caller }) =>
    takeStep(
      { command: 'announceTender' },
      project,
      { actor: actorOf(caller), now },
      announcementFaults(input, project, policy.figures, now),
    ),
  record: (step, facts, unit, input): TenderRow => {
    const { project, policy, tenderId, bidKey } = facts;
    const { closesAt, budgetCeilingCents, requirements, criteria } = input;
    const row: TenderRow = {
      _id: tenderId,
      projectId: project._id,
      ownerRegionCode: project.ownerRegionCode,
      regionPath: project.regionPath,
      state: 'announced',
      announcedAt: unit.now,
      ...{ closesAt, bidKey, budgetCeilingCents, requirements, criteria },
      gradeWeightPercent: policy.figures.tenderGradeWeightPercent,
      reviewersMin: policy.figures.tenderReviewersMin,
      reviewerIds: [],
      openedAt: null,
      awardedAt: null,
      awardReason: null,
      objectionsThrough: null,
      ranking: [],
      policyVersion: policy.versionId,
      bidsTaken: 0,
    };
    unit.insert(tenders, row);
    recordStep(unit, facts, step);
    return row;
  },
  stream: ({ tenderId }) => tenderId,
  policyVersion: ({ policy }) => policy.versionId,
});

/** Saves what changed of a tender, guarded by the state that the decision saw. */
function saveTender(
  unit: Parameters<typeof recordStep>[0],
  tender: TenderRow,
  changes: Partial<TenderRow>,
): TenderRow {
  // The number of bids is part of the guard: a bid that came meanwhile makes the unit run again.
  const seen = { _id: tender._id, state: tender.state, bidsTaken: tender.bidsTaken };
  unit.update(tenders, seen, { $set: changes });
  return { ...tender, ...changes };
}

export const openBidsCommand = defineCommand({
  name: 'openBids',
  input: tenderInput,
  gather: async ({ tenderId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    const { closesAt } = facts.tender;
    const handedIn = (await bidsOf(unit, tenderId)).filter(({ state }) => state === 'sealed');
    const ids = handedIn.map(({ institutionId }) => institutionId);
    const known = await unit.find(institutions, { _id: { $in: ids } });
    const key = { tenderId, closesAt };
    // Before the closing time not even the service makes the key.
    const opened = handedIn.map(async (bid) => ({
      bidId: bid._id,
      digest: digestOf(bid.sealed),
      institutionName: known.find(({ _id }) => _id === bid.institutionId)?.name ?? '',
      plain: mayOpen(closesAt, unit.now)
        ? await openBid(context.personalDataKey, key, bid, bid.sealed)
        : null,
    }));
    return { ...facts, brought: await Promise.all(opened) };
  },
  scope: tenderScope,
  decide: (_input, { tender, brought }, { now }) => openBids(tender, brought, now),
  record: (opened, { tender }, unit): TenderRow => {
    for (const { bidId, number, content, fault } of opened) {
      const $set = { state: content === null ? 'invalid' : 'open', number, content, fault };
      unit.update(bids, { _id: bidId, state: 'sealed' }, { $set });
    }
    return saveTender(unit, tender, { state: 'opened', openedAt: unit.now });
  },
  stream,
});

export const appointReviewerCommand = defineCommand({
  name: 'appointReviewer',
  input: appointInput,
  gather: async ({ tenderId, reviewerId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    const open = (await bidsOf(unit, tenderId)).filter(({ state }) => state === 'open');
    const trainer = await unit.findById(trainers, reviewerId);
    const years = facts.policy.figures.tenderConflictYears;
    return {
      ...facts,
      expert: trainer && {
        inPool: trainer.inPool,
        institutionId: trainer.institutionId ?? null,
      },
      bids: open.map(({ number, institutionId, content }) => ({
        number: number ?? 0,
        institutionId,
        trainerIds: content?.trainerIds ?? [],
      })),
      taughtFor: await taughtFor(unit, {
        trainerId: reviewerId,
        institutionIds: open.map(({ institutionId }) => institutionId),
        years,
      }),
    };
  },
  scope: tenderScope,
  decide: ({ reviewerId }, facts) => appointReviewer({ ...facts, reviewerId }),
  record: (reviewerId, { tender }, unit): TenderRow =>
    saveTender(unit, tender, { reviewerIds: [...tender.reviewerIds, reviewerId] }),
  stream,
});

export const awardTenderCommand = defineCommand({
  name: 'awardTender',
  input: awardInput,
  gather: async ({ tenderId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    return 'tender' in facts ? { ...facts, ranking: await rankingOf(unit, facts) } : facts;
  },
  scope: tenderScope,
  decide: (input, { tender, project, ranking }, { now, caller }) =>
    takeStep(
      { command: 'awardTender', reason: input.reason },
      project,
      { actor: actorOf(caller), now },
      awardFaults(input, tender, ranking),
    ),
  record: (step, facts, unit, { number, reason }): TenderRow => {
    const { tender, project, ranking, policy } = facts;
    const today = civilDateOf(unit.now);
    const through = objectionsThrough(today, policy.figures.tenderObjectionDays);
    const winner = ranking.find((bid) => bid.number === number);
    recordStep(unit, facts, step, { institutionId: winner?.institutionId ?? null });
    for (const bid of ranking) {
      unit.notify({
        notice: bid.number === number ? notices.BID_WON : notices.BID_LOST,
        to: { institutionId: bid.institutionId },
        subject: tender._id,
        figures: { project: project.title, number: bid.number, through },
      });
    }
    return saveTender(unit, tender, {
      state: 'awarded',
      awardedAt: unit.now,
      awardReason: reason,
      objectionsThrough: through,
      ranking,
    });
  },
  stream,
  policyVersion,
});

export const confirmAwardCommand = defineCommand({
  name: 'confirmAward',
  input: tenderInput,
  gather: async ({ tenderId }, unit, context) => {
    const facts = await gatherTender(tenderId, unit, context);
    if (!('tender' in facts)) return facts;
    const made = await unit.find(objections, { tenderId });
    return { ...facts, open: made.filter(({ state }) => state === 'open').length };
  },
  scope: tenderScope,
  decide: (_input, { tender, project, open }, { now, caller }) =>
    takeStep(
      { command: 'confirmAward' },
      project,
      { actor: actorOf(caller), now },
      confirmationFaults(tender, open, civilDateOf(now)),
    ),
  record: (step, facts, unit): TenderRow => {
    recordStep(unit, facts, step);
    return saveTender(unit, facts.tender, { state: 'closed' });
  },
  stream,
});

export const abandonTenderCommand = defineCommand({
  name: 'abandonTender',
  input: reasonedTenderInput,
  gather: ({ tenderId }, unit, context) => gatherTender(tenderId, unit, context),
  scope: tenderScope,
  decide: ({ reason }, { project }, { now, caller }) =>
    takeStep({ command: 'abandonTender', reason }, project, { actor: actorOf(caller), now }),
  record: (step, facts, unit): TenderRow => {
    recordStep(unit, facts, step);
    return saveTender(unit, facts.tender, { state: 'abandoned' });
  },
  stream,
});
