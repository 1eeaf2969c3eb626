/** Tracking after training 训后跟踪: when it is due, who is asked, and until when. [CRS-58] */
import {
  addDays,
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export const trackingParties = ['trainee', 'school', 'institution'] as const;
/** Who is asked what became of the training: the trainee, the school, the institution. */
export type TrackingParty = (typeof trackingParties)[number];

/** `open` waits for an answer, `late` waits after its time, `answered` has one. */
export type TrackingState = 'open' | 'late' | 'answered';

/** How far what was learnt is used 应用程度. */
export const applications = ['not_yet', 'sometimes', 'regularly', 'leads_others'] as const;
export type Application = (typeof applications)[number];

export type TrackingFigures = Pick<
  PolicyFigures,
  'trackingFirstMonths' | 'trackingSecondMonths' | 'trackingAnswerDays'
>;

type Completed = {
  readonly _id: string;
  readonly enrollmentId: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  readonly schoolId: string;
  readonly ownerRegionCode: string;
  readonly institutionId: string | null;
  readonly completedOn: CivilDate;
};

/** One round: how many months after completion, and its day. */
export type TrackingRound = { readonly months: number; readonly dueOn: CivilDate };

export type TrackingPlan = Completed & {
  /** Rounds not yet begun, the next one first. */
  readonly rounds: readonly TrackingRound[];
  /** Day of the next round; null after the last. */
  readonly nextDueOn: CivilDate | null;
  readonly answerDays: number;
};

/** What is to come after a completion, by the policy that decided it. */
export function trackingPlanOf(completed: Completed, figures: TrackingFigures): TrackingPlan {
  const { trackingFirstMonths, trackingSecondMonths, trackingAnswerDays } = figures;
  const rounds = [trackingFirstMonths, trackingSecondMonths].map((months) => ({
    months,
    dueOn: addMonths(completed.completedOn, months),
  }));
  return {
    _id: completed._id,
    enrollmentId: completed.enrollmentId,
    classId: completed.classId,
    projectId: completed.projectId,
    teacherId: completed.teacherId,
    schoolId: completed.schoolId,
    ownerRegionCode: completed.ownerRegionCode,
    institutionId: completed.institutionId,
    completedOn: completed.completedOn,
    rounds,
    nextDueOn: rounds[0]?.dueOn ?? null,
    answerDays: trackingAnswerDays,
  };
}

/** The rounds that have come by that day, and the plan after them. */
export function roundsDue(plan: TrackingPlan, today: CivilDate) {
  const due = plan.rounds.filter(({ dueOn }) => dueOn <= today);
  const rounds = plan.rounds.filter(({ dueOn }) => dueOn > today);
  return { due, rest: { rounds, nextDueOn: rounds[0]?.dueOn ?? null } };
}

/** Who is asked: the institution only where there is one. */
export function partiesOf({ institutionId }: Pick<TrackingPlan, 'institutionId'>) {
  return trackingParties.filter((party) => party !== 'institution' || institutionId !== null);
}

/** The last day on which an answer is in time. */
export function answerBy(dueOn: CivilDate, answerDays: number): CivilDate {
  return addDays(dueOn, answerDays);
}

/** The same day so many months later, or the last day of that month where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const months0 = year * 12 + (month - 1) + months;
  const first = `${Math.floor(months0 / 12)}-${String((months0 % 12) + 1).padStart(2, '0')}-`;
  const next = months0 + 1;
  const following = `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`;
  const last = Number(addDays(following, -1).slice(8));
  return `${first}${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** Answers a tracking, once; late answers are taken and marked. */
export function answerTracking<Command>(
  command: Command,
  row: { readonly state: TrackingState; readonly answerBy: CivilDate },
  today: CivilDate,
): Decision<{ readonly command: Command; readonly late: boolean }> {
  const faults: Fault[] = [];
  if (row.state === 'answered') faults.push(fault(codes.TRACKING_ANSWERED, ['trackingId']));
  return decide(faults, () => ({ command, late: today > row.answerBy }));
}
