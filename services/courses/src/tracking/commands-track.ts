import { civilDateOf } from '@shixun/kernel';
import { type Chore, type Recipient, runUnit, type Unit } from '@shixun/runtime';
import { answerBy, partiesOf, roundsDue, type TrackingParty, type TrackingPlan } from './due.ts';
import { notices } from './notices.ts';
import { type TrackingRow, trackingPlans, trackings } from './store.ts';

const batchMax = 100;
const batchesMax = 200;

/** Begins the rounds that have come, and says once which answers are late. [CRS-58] */
export const trackingChore: Chore = {
  name: 'track-application',
  daily: '07:30',
  run: async ({ db, run }, turn) => {
    for (const step of [beginRounds, markLate]) {
      for (let batch = 0; batch < batchesMax && turn?.signal.aborted !== true; batch += 1) {
        const done = await runUnit(
          db,
          async (unit) => {
            await turn?.fence(unit);
            return step(unit);
          },
          run,
        );
        if (done < batchMax) break;
      }
    }
  },
};

async function beginRounds(unit: Unit): Promise<number> {
  const today = civilDateOf(unit.now);
  const plans = await unit.find(
    trackingPlans,
    { nextDueOn: { $type: 'string', $lte: today } },
    { sort: { nextDueOn: 1, _id: 1 }, limit: batchMax },
  );
  for (const plan of plans) {
    const { due, rest } = roundsDue(plan, today);
    for (const round of due) {
      for (const party of partiesOf(plan)) ask(plan, { ...round, party }, unit);
    }
    unit.update(trackingPlans, { _id: plan._id, nextDueOn: plan.nextDueOn }, { $set: rest });
  }
  return plans.length;
}

function ask(
  plan: TrackingPlan,
  round: { readonly months: number; readonly dueOn: string; readonly party: TrackingParty },
  unit: Unit,
): void {
  const { _id: completionId, enrollmentId, classId, projectId, teacherId, schoolId } = plan;
  const { ownerRegionCode, institutionId, answerDays } = plan;
  const askedId = { trainee: teacherId, school: schoolId, institution: institutionId ?? '' };
  const row: TrackingRow = {
    _id: unit.newId('tracking'),
    completionId,
    enrollmentId,
    classId,
    projectId,
    teacherId,
    schoolId,
    ownerRegionCode,
    institutionId,
    ...round,
    askedId: askedId[round.party],
    answerBy: answerBy(round.dueOn, answerDays),
    state: 'open',
    application: null,
    text: null,
    answeredAt: null,
    answeredBy: null,
    late: false,
  };
  unit.insert(trackings, row);
  const { months, answerBy: by } = row;
  unit.notify({
    notice: notices.TRACKING_DUE,
    to: recipientOf(row),
    subject: row._id,
    figures: { enrollmentId, months, answerBy: by, trackingId: row._id },
  });
}

async function markLate(unit: Unit): Promise<number> {
  const rows = await unit.find(
    trackings,
    { state: 'open', answerBy: { $lt: civilDateOf(unit.now) } },
    { sort: { answerBy: 1, _id: 1 }, limit: batchMax },
  );
  for (const row of rows) {
    const { _id: trackingId, answerBy: by } = row;
    unit.update(
      trackings,
      { _id: trackingId, state: 'open' },
      { $set: { state: 'late', late: true } },
    );
    unit.notify({
      notice: notices.TRACKING_LATE,
      to: recipientOf(row),
      subject: trackingId,
      figures: { trackingId, answerBy: by },
    });
  }
  return rows.length;
}

function recipientOf({ party, askedId }: TrackingRow): Recipient {
  if (party === 'trainee') return { teacherId: askedId };
  return party === 'school' ? { schoolId: askedId } : { institutionId: askedId };
}
