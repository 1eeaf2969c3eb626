/** What time brings to the pools: the end of terms, and once a year a proposal for each expert. [REG-10] */
import { civilDateOf, yearOf } from '@shixun/kernel';
import { type Chore, type PolicyBook, runUnit, type Unit } from '@shixun/runtime';
import { changeTrainer, type TrainerRow, trainers } from '../trainers/store.ts';
import { trainerSessions } from '../workload/store.ts';
import { proposeAdjustment } from './adjust.ts';
import { expertYears, type PoolMembershipRow, poolAdjustments, poolMemberships } from './store.ts';

/** How many one run handles at most; the next run goes on. */
const runMax = 500;

export const endPoolTermsChore: Chore = {
  name: 'end-pool-terms',
  everyMs: 60_000,
  run: async ({ db, run }) => {
    for (let done = 0; done < runMax; done += 1) if (!(await runUnit(db, endOneTerm, run))) return;
  },
};

export const proposeAdjustmentsChore: Chore = {
  name: 'propose-pool-adjustments',
  everyMs: 60_000,
  run: async ({ db, run, policies }) => {
    for (let done = 0; done < runMax; done += 1) {
      if (!(await runUnit(db, (unit) => proposeOne(unit, policies), run))) return;
    }
  },
};

/** Ends a membership; who is in no other pool leaves the pool altogether, and the event says so. */
export function leavePool(
  unit: Unit,
  {
    membership: { _id },
    trainer,
    admitted,
  }: {
    readonly membership: PoolMembershipRow;
    readonly trainer: TrainerRow | null;
    readonly admitted: readonly PoolMembershipRow[];
  },
  reason: string,
): void {
  const $set = { state: 'ended', reason };
  unit.update(poolMemberships, { _id, state: 'admitted' }, { $set });
  const elsewhere = admitted.some((other) => other._id !== _id);
  if (trainer?.inPool && !elsewhere) changeTrainer(unit, trainer, { inPool: false });
}

/** Ends one term whose last day is over; answers whether there was one. */
export async function endOneTerm(unit: Unit): Promise<boolean> {
  const today = civilDateOf(unit.now);
  const [membership] = await unit.find(
    poolMemberships,
    { state: 'admitted', termEndsOn: { $lt: today } },
    { sort: { termEndsOn: 1 }, limit: 1 },
  );
  if (membership === undefined) return false;
  const { trainerId, termEndsOn, _id: membershipId } = membership;
  const trainer = await unit.findById(trainers, trainerId);
  const admitted = await unit.find(poolMemberships, { trainerId, state: 'admitted' });
  leavePool(unit, { membership, trainer, admitted }, `任期届满 ${termEndsOn}: the term is over`);
  unit.audit({
    stream: trainerId,
    actor: 'clock',
    command: 'endPoolTerm',
    facts: { membershipId, termEndsOn },
    policyVersion: null,
  });
  return true;
}

/** Proposes for one expert what last year says; answers whether there was one left. */
export async function proposeOne(unit: Unit, policies: PolicyBook): Promise<boolean> {
  const today = civilDateOf(unit.now);
  const year = yearOf(today) - 1;
  const [membership] = await unit.find(
    poolMemberships,
    { state: 'admitted', adjustedYear: { $lt: year } },
    { sort: { adjustedYear: 1 }, limit: 1 },
  );
  if (membership === undefined) return false;
  const { _id: membershipId, trainerId, regionCode, adjustedYear } = membership;
  const inYear = { $gte: `${year}-01-01`, $lte: `${year}-12-31` };
  const given = await unit.find(trainerSessions, { trainerId, date: inYear });
  const recorded = await unit.findById(expertYears, `${trainerId}/${year}`);
  const adjustment = proposeAdjustment(
    {
      sessions: given.length,
      ratingCenti: recorded?.ratingCenti ?? null,
      breaches: recorded?.breaches ?? 0,
    },
    policies.effective(regionCode, today).figures,
  );
  unit.insert(poolAdjustments, {
    _id: `${membershipId}/${year}`,
    membershipId,
    trainerId,
    regionCode,
    year,
    ...adjustment,
    state: 'proposed',
    reason: null,
  });
  const $set = { adjustedYear: year };
  unit.update(poolMemberships, { _id: membershipId, adjustedYear }, { $set });
  return true;
}
