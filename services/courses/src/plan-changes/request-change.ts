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
import type { PlanClass, PlanContent, PlanFacts, PlanSession } from '../plans/plan.ts';
import { hoursOf } from '../plans/plan.ts';
import { reviewPlan } from '../plans/review.ts';
import { alignClasses } from './align.ts';
import { planDifferences, timeOf } from './difference.ts';
import { codes } from './refusals.ts';
import { republishingFaults } from './republish.ts';
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
  /** Full days before a class opens by which its schedule is public. [CRS-18] */
  readonly scheduleDays: number;
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
      ...republishingFaults(weighed.differences, [published, after], {
        ...{ publishedAt: now, now, fullDays: facts.scheduleDays },
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

/** Classes come and go; one that stays keeps its name and its places, which enrollment counts. */
function classFaults(published: PlanContent, after: PlanContent): readonly Fault[] {
  const { pairs, dropped, added } = alignClasses(published.classes, after.classes);
  const path = (at: number, field: string) => ['plan', 'classes', String(at), field];
  const renamed = added.flatMap((at) => {
    const now = after.classes[at];
    const old = dropped
      .map((place) => published.classes[place])
      .find((each) => each && timetableOf(each) === timetableOf(now));
    if (old === undefined || now === undefined || now.sessions.length === 0) return [];
    const figures = { required: old.name, actual: now.name };
    return [fault(codes.PLAN_CHANGE_CLASS_RENAMED, path(at, 'name'), figures)];
  });
  const moved = pairs.flatMap(({ before, after: at }) => {
    const old = published.classes[before];
    const now = after.classes[at];
    const places = (each = old) => JSON.stringify([each?.capacity, each?.quotas]);
    if (places(old) === places(now)) return [];
    const figures = { class: old?.name ?? '' };
    return [fault(codes.PLAN_CHANGE_PLACES_DIFFER, path(at, 'capacity'), figures)];
  });
  return [...renamed, ...moved];
}

/** What is taught when. */
function timetableOf(planned: PlanClass | undefined): string {
  return JSON.stringify(
    planned?.sessions.map(({ moduleKey, date, startMinute }) => [moduleKey, date, startMinute]),
  );
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
    const { classBefore, classAfter } = session;
    const required = from.toISOString();
    const old = at(published, classBefore, session.before);
    const now = at(after, classAfter, session.after);
    const planned = published.classes[classBefore ?? -1] ?? after.classes[classAfter ?? -1];
    const name = planned?.name ?? '';
    const path = [
      ...['plan', 'classes'],
      ...(classAfter === null ? [] : [String(classAfter), 'sessions', String(session.after ?? '')]),
    ];
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

function at(
  plan: PlanContent,
  classAt: number | null,
  index: number | null,
): PlanSession | undefined {
  if (classAt === null || index === null) return undefined;
  return plan.classes[classAt]?.sessions[index];
}

function startOf({ date, startMinute }: { date: CivilDate; startMinute: number }): Instant {
  return minuteOfDay(date, startMinute);
}
