/** Which class and which meeting of the old version of a plan is which of the new one. */
import type { PlanClass, PlanSession } from '../plans/plan.ts';

/** A meeting or a class in both versions, by its place in the list of each. */
export type Pair = { readonly before: number; readonly after: number };

export type Alignment = {
  readonly pairs: readonly Pair[];
  /** Those of the old version that the new one has no more. */
  readonly dropped: readonly number[];
  /** Those that only the new version has. */
  readonly added: readonly number[];
};

/** Pairs classes by their names: a plan uses each but once, and it is what trainees know a class by. */
export function alignClasses(
  before: readonly Pick<PlanClass, 'name'>[],
  after: readonly Pick<PlanClass, 'name'>[],
): Alignment {
  const pairs = before.flatMap(({ name }, at): Pair[] => {
    const found = after.findIndex((other) => other.name === name);
    return found < 0 ? [] : [{ before: at, after: found }];
  });
  const kept = { before: new Set<number>(), after: new Set<number>() };
  for (const pair of pairs) {
    kept.before.add(pair.before);
    kept.after.add(pair.after);
  }
  return {
    pairs,
    dropped: [...before.keys()].filter((at) => !kept.before.has(at)),
    added: [...after.keys()].filter((at) => !kept.after.has(at)),
  };
}

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
