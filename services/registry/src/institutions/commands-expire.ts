import { civilDateOf } from '@shixun/kernel';
import { type Chore, runUnit, type Unit } from '@shixun/runtime';
import { afterPeriod } from './expire.ts';
import { institutions, recordMoves } from './store.ts';

/** How many qualifications one run ends at most; the next run goes on. */
const endsMax = 200;

/** Ends qualifications whose last day is over. [REG-08] */
export const expireQualificationsChore: Chore = {
  name: 'expire-qualifications',
  everyMs: 60_000,
  run: async ({ db, run }) => {
    for (let ended = 0; ended < endsMax; ended += 1) {
      if (!(await runUnit(db, expireOne, run))) return;
    }
  },
};

/** Ends one; answers whether there was one. Its move is guarded by the number of moves, so two replicas make one. */
export async function expireOne(unit: Unit): Promise<boolean> {
  const today = civilDateOf(unit.now);
  const [due] = await unit.find(
    institutions,
    {
      'qualification.state': { $in: ['qualified', 'probation'] },
      'qualification.validTo': { $lt: today },
    },
    { limit: 1 },
  );
  const after = due === undefined ? null : afterPeriod(due, today);
  if (due === undefined || after === null) return false;
  recordMoves(unit, due, after);
  const [facts] = after.moves;
  unit.audit({
    stream: due._id,
    actor: 'clock',
    command: 'expireQualification',
    facts: { ...facts },
    policyVersion: null,
  });
  return true;
}
