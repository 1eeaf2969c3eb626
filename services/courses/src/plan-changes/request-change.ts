/** Asking for a change of a published plan: what it amounts to, and everything that speaks against it. [CRS-19] */
import {
  addDays,
  type CivilDate,
  civilDateOf,
  type Fault,
  fault,
  type Instant,
  minuteOfDay,
  startOfDay,
} from '@shixun/kernel';
import type { PlanContent, PlanFacts, PlanSession } from '../plans/plan.ts';
import { hoursOf } from '../plans/plan.ts';
import { reviewPlan } from '../plans/review.ts';
import { planDifferences, timeOf } from './difference.ts';
import { codes } from './refusals.ts';
import {
  type Severity,
  type SubstitutionFacts,
  type Weighed,
  type WeighedDifference,
  weighDifferences,
} from './weigh.ts';

/** The stations of a change: a minor one is applied at once, a major one goes through all of them. */
export const changeStates = [
  'requested',
  'consented',
  'announced',
  'applied',
  'refused',
  'withdrawn',
  'lapsed',
] as const;
export type ChangeState = (typeof changeStates)[number];

/** A change in one of these keeps others from being asked for. */
export const pendingStates: readonly ChangeState[] = ['requested', 'consented', 'announced'];

export type ChangeFacts = {
  readonly published: PlanContent;
  /** What a plan of this project is reviewed against: the policy under which it was accepted. */
  readonly review: PlanFacts;
  readonly substitution: SubstitutionFacts;
  readonly windowDays: number;
  /** State of a change that is not done yet; null when there is none. */
  readonly pending: ChangeState | null;
};

export type Change = Weighed & {
  readonly faults: readonly Fault[];
  /** What opens a finding when the change takes effect. [CRS-17] */
  readonly flags: readonly Fault[];
};

/** Holds the new version against the published one and against every rule of a plan. */
export function weighChange(after: PlanContent, facts: ChangeFacts, now: Instant): Change {
  const { published, review, substitution, pending } = facts;
  const aligned = classFaults(published, after);
  const weighed = weighDifferences(
    planDifferences(published, after, review.trainers),
    substitution,
  );
  const faults: Fault[] = [];
  if (pending !== null) {
    faults.push(fault(codes.PLAN_CHANGE_PENDING, ['projectId'], { actual: pending }));
  }
  if (weighed.differences.length === 0 && aligned.length === 0) {
    faults.push(fault(codes.PLAN_CHANGE_EMPTY, ['plan']));
  }
  const findings = reviewPlan(after, withHours(after, review));
  return {
    ...weighed,
    faults: [
      ...faults,
      ...aligned,
      ...heldFaults(weighed.differences, [published, after], {
        from: effectFrom(weighed.severity, facts.windowDays, now),
      }),
      ...broughtFaults(weighed.differences, findings.faults, published, review),
    ],
    flags: findings.flags,
  };
}

/** Hours are cut or added by the change itself: the modules say how many the project has from then on. */
function withHours(plan: PlanContent, review: PlanFacts): PlanFacts {
  return { ...review, project: { ...review.project, hoursCenti: hoursOf(plan.modules) } };
}

/**
 * Shares are reckoned anew with every substitution, so all faults count. A change of rooms and hours of the day alone
 * answers for no more than it brings: a trainer who left the pool meanwhile keeps nobody from a dry room.
 */
function broughtFaults(
  differences: readonly WeighedDifference[],
  found: readonly Fault[],
  published: PlanContent,
  review: PlanFacts,
): readonly Fault[] {
  const small = differences.every(
    ({ kind }) => kind === 'session_room_moved' || kind === 'session_shifted',
  );
  if (!small || found.length === 0) return found;
  const text = ({ code, figures }: Fault) => `${code.name} ${JSON.stringify(figures)}`;
  const had = new Set(reviewPlan(published, withHours(published, review)).faults.map(text));
  return found.filter((each) => !had.has(text(each)));
}

function classFaults(published: PlanContent, after: PlanContent): readonly Fault[] {
  const names = ({ classes }: PlanContent) => classes.map(({ name }) => name).join('、');
  if (names(published) !== names(after)) {
    const figures = { required: names(published), actual: names(after) || '—' };
    return [fault(codes.PLAN_CHANGE_CLASSES_DIFFER, ['plan', 'classes'], figures)];
  }
  return published.classes.flatMap(({ name, capacity, quotas }, index) => {
    const now = after.classes[index];
    const same =
      now?.capacity === capacity && JSON.stringify(now.quotas) === JSON.stringify(quotas);
    if (same) return [];
    const path = ['plan', 'classes', String(index), 'capacity'];
    return [fault(codes.PLAN_CHANGE_PLACES_DIFFER, path, { class: name })];
  });
}

/**
 * The first instant that a change can touch. A minor one: now. A major one: the day after its free-withdrawal window
 * would end at the earliest, since trainees are told before it takes effect 提前告知.
 */
export function effectFrom(severity: Severity, windowDays: number, now: Instant): Instant {
  if (severity === 'minor') return now;
  return startOfDay(addDays(civilDateOf(now), windowDays + 1));
}

/** Meetings that lie before that instant stay as they are: what was held was held, and attendance stands. */
export function heldFaults(
  differences: readonly WeighedDifference[],
  [published, after]: readonly [PlanContent, PlanContent],
  { from }: { readonly from: Instant },
): readonly Fault[] {
  return differences.flatMap(({ session }) => {
    if (session === null) return [];
    const { classAt } = session;
    const required = from.toISOString();
    const name = published.classes[classAt]?.name ?? '';
    const old = at(published, classAt, session.before);
    const now = at(after, classAt, session.after);
    const path = ['plan', 'classes', String(classAt), 'sessions', String(session.after ?? '')];
    if (old !== undefined && startOf(old) < from) {
      const figures = { class: name, required, actual: timeOf(old) };
      return [fault(codes.PLAN_CHANGE_SESSION_HELD, path, figures)];
    }
    if (now !== undefined && startOf(now) < from) {
      const figures = { class: name, required, actual: timeOf(now) };
      return [fault(codes.PLAN_CHANGE_SESSION_TOO_EARLY, path, figures)];
    }
    return [];
  });
}

function at(plan: PlanContent, classAt: number, index: number | null): PlanSession | undefined {
  return index === null ? undefined : plan.classes[classAt]?.sessions[index];
}

function startOf({ date, startMinute }: { date: CivilDate; startMinute: number }): Instant {
  return minuteOfDay(date, startMinute);
}
