import { civilDateOf } from '@shixun/kernel';
import { type Chore, type PolicyBook, runUnit, type Unit } from '@shixun/runtime';
import { endEnrollment, readStanding } from './commands.ts';
import { enrollments } from './store.ts';

/** How many offers one run ends at most; the next run goes on. */
const lapsesMax = 200;

/** Ends offers whose response time is over and passes their places on. [CRS-42] */
export const lapseOffersChore: Chore = {
  name: 'lapse-offers',
  everyMs: 15_000,
  run: async ({ db, run, policies }) => {
    for (let ended = 0; ended < lapsesMax; ended += 1) {
      if (!(await runUnit(db, (unit) => lapseOneOffer(unit, policies), run))) return;
    }
  },
};

/**
 * Ends one offer whose response time is over and passes the place on. Answers whether there was one. Safe on several
 * replicas at once: the offer's row decides who was first.
 */
export async function lapseOneOffer(unit: Unit, policies: PolicyBook): Promise<boolean> {
  const [due] = await unit.find(
    enrollments,
    { state: 'offered', respondBy: { $lte: unit.now } },
    { sort: { respondBy: 1 }, limit: 1 },
  );
  if (!due) return false;
  const standing = await readStanding(due._id, unit, policies, civilDateOf(unit.now));
  if (!('enrollment' in standing)) return false;
  const promotes = standing.trainingClass.state === 'open';
  endEnrollment(
    standing,
    { state: 'lapsed', reason: null, free: true, freesPlace: true, promotes },
    unit,
  );
  const { classId, _id: enrollmentId } = due;
  const facts = { enrollmentId };
  unit.audit({
    stream: classId,
    actor: 'clock',
    command: 'lapseOffer',
    facts,
    policyVersion: null,
  });
  return true;
}
