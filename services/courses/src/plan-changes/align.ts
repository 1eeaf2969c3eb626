/** Which meeting of the old version of a plan is which meeting of the new one. */
import type { PlanSession } from '../plans/plan.ts';

/** A meeting in both versions, by its place in the list of each. */
export type Pair = { readonly before: number; readonly after: number };

export type Alignment = {
  readonly pairs: readonly Pair[];
  /** Meetings of the old version that the new one has no more. */
  readonly dropped: readonly number[];
  /** Meetings that only the new version has. */
  readonly added: readonly number[];
};

type Place = { readonly session: PlanSession; readonly at: number };
type Likeness = (one: PlanSession, other: PlanSession) => boolean;

/** From the closest likeness to the widest: who finds a partner in one round is out of the next. */
const likenesses: readonly Likeness[] = [
  (one, other) => one.date === other.date && one.startMinute === other.startMinute,
  (one, other) => one.date === other.date,
  () => true,
];

/**
 * Pairs the meetings of one class within each module: first those at the same time, then those of the same day, then
 * the rest in order of time. A meeting that moves is one difference, not one that ends and another that begins.
 */
export function alignSessions(
  before: readonly PlanSession[],
  after: readonly PlanSession[],
): Alignment {
  let left = inTime(before);
  let right = inTime(after);
  const pairs: Pair[] = [];
  for (const alike of likenesses) {
    const free = [...right];
    left = left.filter(({ session, at }) => {
      const found = free.findIndex(
        (other) => other.session.moduleKey === session.moduleKey && alike(session, other.session),
      );
      const [partner] = found < 0 ? [] : free.splice(found, 1);
      if (partner !== undefined) pairs.push({ before: at, after: partner.at });
      return partner === undefined;
    });
    right = free;
  }
  return {
    pairs: pairs.toSorted((a, b) => a.before - b.before),
    dropped: left.map(({ at }) => at),
    added: right.map(({ at }) => at),
  };
}

function inTime(sessions: readonly PlanSession[]): Place[] {
  return sessions.map((session, at) => ({ session, at })).sort(byTime);
}

/** Order of time; it is the order in which a class keeps its meetings. */
export function byTime(a: Place, b: Place): number {
  return (
    a.session.date.localeCompare(b.session.date, 'en') ||
    a.session.startMinute - b.session.startMinute
  );
}
