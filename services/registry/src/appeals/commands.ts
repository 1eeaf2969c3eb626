import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import {
  type InstitutionRow,
  institutions,
  type MoveRow,
  qualificationMoves,
  recordMoves,
} from '../institutions/store.ts';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { type AppealFacts, decideAppeal, lodgeAppeal } from './appeal.ts';
import { type AppealRow, appeals } from './store.ts';

/** What the payload shows again from the record. */
export type AppealAnswer = { readonly appealId: string };

const reason = z.string().trim().min(1).max(2000);

/** The moves that change what stands; those of a further application leave it as it is. */
const standingMoves = [
  'warn',
  'restore',
  'suspend',
  'renew',
  'revoke',
  'expire',
  'supersede',
  'grant',
  'reinstate',
];

async function factsOf(
  unit: Unit,
  institution: InstitutionRow,
  move: MoveRow,
): Promise<AppealFacts & { readonly earlier: AppealRow | null }> {
  const later = await unit.find(
    qualificationMoves,
    { institutionId: institution._id, _id: { $gt: move._id } },
    { sort: { _id: 1 }, limit: 100 },
  );
  return {
    qualification: institution.qualification,
    application: institution.application,
    appealedMove: { ...move, bureauLevel: move.bureauLevel ?? undefined } as MoveRow,
    latest: !later.some(({ move: name }) => standingMoves.includes(name)),
    earlier: await unit.findOne(appeals, { moveId: move._id }),
  };
}

export const appealQualificationMoveCommand = defineCommand({
  name: 'appealQualificationMove',
  input: z.strictObject({ moveId: z.string().max(80), grounds: reason }),
  gather: async ({ moveId }, unit) => {
    const move = await unit.findById(qualificationMoves, moveId);
    const institution = move && (await unit.findById(institutions, move.institutionId));
    if (!move || !institution) return notFound('institution', moveId, ['moveId']);
    return { institution, facts: await factsOf(unit, institution, move) };
  },
  scope: ({ institution: { _id, regionCode } }) => ({ institutionId: _id, regionCode }),
  decide: (_input, { facts }) => lodgeAppeal(facts),
  record: ({ decidedByLevel }, { institution }, unit, { moveId, grounds }): AppealAnswer => {
    const appealId = unit.newId('appeal');
    unit.insert(appeals, {
      _id: appealId,
      institutionId: institution._id,
      regionCode: institution.regionCode,
      moveId,
      grounds,
      state: 'lodged',
      decidedByLevel,
      lodgedAt: unit.now,
      decidedAt: null,
      decision: null,
    });
    return { appealId };
  },
  stream: ({ institution }) => institution._id,
});

export const decideQualificationAppealCommand = defineCommand({
  name: 'decideQualificationAppeal',
  input: z.strictObject({
    appealId: z.string().max(64),
    verdict: z.enum(['upheld', 'dismissed']),
    reason,
  }),
  gather: async ({ appealId }, unit, { caller }) => {
    const appeal = await unit.findById(appeals, appealId);
    const institution = appeal && (await unit.findById(institutions, appeal.institutionId));
    const move = appeal && (await unit.findById(qualificationMoves, appeal.moveId));
    if (!appeal || !institution || !move) return notFound('appeal', appealId, ['appealId']);
    const facts = await factsOf(unit, institution, move);
    const bureauLevels = bureauLevelsOf(caller, institution.regionCode);
    return { institution, appeal, facts: { ...facts, appeal, bureauLevels } };
  },
  scope: ({ institution }) => ({ regionCode: institution.regionCode }),
  decide: (input, { facts }) => decideAppeal(input, facts),
  record: (after, { institution, appeal }, unit, { verdict, reason: decision }): AppealAnswer => {
    unit.update(
      appeals,
      { _id: appeal._id, state: 'lodged' },
      { $set: { state: verdict, decision, decidedAt: unit.now } },
    );
    if (after.moves.length > 0) recordMoves(unit, institution, after);
    return { appealId: appeal._id };
  },
  stream: ({ institution }) => institution._id,
});
