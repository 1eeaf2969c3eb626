import { accept, centiFrom, civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { trainingStages } from '../institutions/qualification-scope.ts';
import { regions } from '../regions/store.ts';
import { changeTrainer, trainers } from '../trainers/store.ts';
import { decideAdjustment } from './adjust.ts';
import { leavePool } from './commands-terms.ts';
import { nominateExpert, openMembership, reviewNomination } from './expert.ts';
import { expertYears, poolAdjustments, poolMemberships } from './store.ts';

export type MembershipAnswer = { readonly membershipId: string };

const id = z.string().max(80);
const reason = z
  .string()
  .trim()
  .max(500)
  .nullish()
  .transform((text) => text ?? '');

export const nominateExpertCommand = defineCommand({
  name: 'nominateExpert',
  input: z.strictObject({
    trainerId: id,
    regionCode: z.string().regex(/^\d{6}$/),
    stages: z.array(z.enum(trainingStages)).max(6),
    grounds: z.string().trim().min(1).max(2000),
  }),
  gather: async ({ trainerId, regionCode }, unit, { caller }) => {
    const trainer = await unit.findById(trainers, trainerId);
    if (trainer === null) return notFound('trainer', trainerId, ['trainerId']);
    return {
      trainer,
      nominatedBy: caller?.subject ?? '',
      regionKnown: (await unit.findById(regions, regionCode)) !== null,
      open: await unit.findOne(poolMemberships, {
        trainerId,
        state: { $in: openMembership },
        regionCode,
      }),
    };
  },
  scope: ({ trainer: { institutionId } }, { regionCode }) => ({ regionCode, institutionId }),
  decide: (input, facts) => nominateExpert(input, facts),
  record: (nominated, { trainer, nominatedBy }, unit): MembershipAnswer => {
    const membershipId = unit.newId('poolMembership');
    const { homeProvinceCode, kind, subjects, inPool } = trainer;
    // Two nominations at once meet in the trainer's row, and the second one sees the first.
    unit.update(trainers, { _id: trainer._id }, { $set: { inPool } });
    unit.insert(poolMemberships, {
      _id: membershipId,
      ...nominated,
      kind,
      subjects,
      outOfProvince: homeProvinceCode.slice(0, 2) !== nominated.regionCode.slice(0, 2),
      nominatedBy,
      state: 'nominated',
      admittedOn: null,
      termEndsOn: null,
      reason: null,
      adjustedYear: 0,
    });
    return { membershipId };
  },
  stream: ({ trainer }) => trainer._id,
});

export const reviewNominationCommand = defineCommand({
  name: 'reviewNomination',
  input: z.strictObject({ membershipId: id, verdict: z.enum(['admit', 'refuse']), reason }),
  gather: async ({ membershipId }, unit, { policies }) => {
    const membership = await unit.findById(poolMemberships, membershipId);
    const trainer = membership && (await unit.findById(trainers, membership.trainerId));
    if (!membership || !trainer) return notFound('poolMembership', membershipId, ['membershipId']);
    const policy = policies.effective(membership.regionCode, civilDateOf(unit.now));
    return { membership, trainer, policy };
  },
  scope: ({ membership: { regionCode } }) => ({ regionCode }),
  decide: (input, { membership: { state }, policy }, { now }) => {
    const { poolTermYears: termYears } = policy.figures;
    return reviewNomination(input, { state, termYears }, civilDateOf(now));
  },
  record: (reviewed, { membership, trainer }, unit, { reason: why }): MembershipAnswer => {
    const { _id } = membership;
    // The year of admission is not adjusted: it has not been a whole one.
    const adjustedYear = Number(civilDateOf(unit.now).slice(0, 4));
    unit.update(
      poolMemberships,
      { _id, state: 'nominated' },
      { $set: { ...reviewed, adjustedYear, reason: why === '' ? null : why } },
    );
    if (reviewed.state === 'admitted' && !trainer.inPool) {
      changeTrainer(unit, trainer, { inPool: true });
    }
    return { membershipId: _id };
  },
  stream: ({ trainer }) => trainer._id,
  policyVersion: ({ policy }) => policy.versionId,
});

export const recordExpertYearCommand = defineCommand({
  name: 'recordExpertYear',
  input: z.strictObject({
    membershipId: id,
    year: z.int().min(2000).max(2100),
    rating: z
      .string()
      .nullish()
      .transform((text) => (text ? (centiFrom(text) ?? -1) : null))
      .pipe(z.int().min(0).max(100_00).nullable()),
    breaches: z.int().min(0).max(100),
  }),
  gather: async ({ membershipId }, unit) =>
    (await unit.findById(poolMemberships, membershipId)) ??
    notFound('poolMembership', membershipId, ['membershipId']),
  scope: ({ regionCode }) => ({ regionCode }),
  decide: (input) => accept(input),
  record: ({ year, rating: ratingCenti, breaches }, { _id, trainerId }, unit): MembershipAnswer => {
    const $set = { trainerId, year, ratingCenti, breaches };
    unit.upsert(expertYears, { _id: `${trainerId}/${year}` }, { $set });
    return { membershipId: _id };
  },
  stream: ({ trainerId }) => trainerId,
});

export const decidePoolAdjustmentCommand = defineCommand({
  name: 'decidePoolAdjustment',
  input: z.strictObject({
    adjustmentId: id,
    verdict: z.enum(['confirmed', 'rejected']),
    reason,
  }),
  gather: async ({ adjustmentId }, unit) => {
    const line = await unit.findById(poolAdjustments, adjustmentId);
    const membership = line && (await unit.findById(poolMemberships, line.membershipId));
    if (!line || !membership) return notFound('poolMembership', adjustmentId, ['adjustmentId']);
    const trainer = await unit.findById(trainers, line.trainerId);
    const admitted = await unit.find(poolMemberships, {
      trainerId: line.trainerId,
      state: 'admitted',
    });
    return { line, membership, trainer, admitted };
  },
  scope: ({ line: { regionCode } }) => ({ regionCode }),
  decide: (input, { line }) => decideAdjustment(input, line),
  record: ({ state }, { line, membership, trainer, admitted }, unit, input): MembershipAnswer => {
    const why = input.reason === '' ? null : input.reason;
    unit.update(
      poolAdjustments,
      { _id: line._id, state: 'proposed' },
      { $set: { state, reason: why } },
    );
    const removed = state === 'confirmed' && line.proposal === 'remove';
    if (removed && membership.state === 'admitted') {
      const grounds = line.reasons.map(({ ground }) => ground).join(', ');
      leavePool(unit, { membership, trainer, admitted }, grounds);
    }
    return { membershipId: membership._id };
  },
  stream: ({ line }) => line.trainerId,
});
