/** Whether a change of a published plan is minor or major. It follows from the differences alone. [CRS-19] */
import { compareRatio, percentText, type Ratio } from '@shixun/kernel';
import type { Difference, DifferenceKind } from './difference-kinds.ts';

export type Severity = 'minor' | 'major';

/** The rule names what is minor; whatever it does not name needs the bureau's consent. */
const minorKinds: readonly DifferenceKind[] = [
  'session_room_moved',
  'session_shifted',
  'session_substituted',
];

export type WeighedDifference = Difference & { readonly severity: Severity };

export type Weighed = {
  readonly severity: Severity;
  readonly differences: readonly WeighedDifference[];
  /** Meetings of this change in which a substitute teaches, by their ids. */
  readonly substituted: readonly string[];
  /** Meetings in which substitutes teach since publication, this change included, and of how many. */
  readonly substitutedInAll: number;
  readonly sessions: number;
  /** "12.5 %" */
  readonly share: string;
};

export type SubstitutionFacts = {
  /** Id of each meeting of the old version, by class and place in its list. */
  readonly sessionIds: readonly (readonly string[])[];
  /** Meetings in which a substitute already teaches by minor changes: they add up over the life of the plan. */
  readonly substitutedBefore: ReadonlySet<string>;
  readonly substituteSessionsShareMax: Ratio;
};

/** Substitutes are minor as long as they teach, all minor changes together, at most the policy's share of meetings. */
export function weighDifferences(
  differences: readonly Difference[],
  { sessionIds, substitutedBefore, substituteSessionsShareMax: max }: SubstitutionFacts,
): Weighed {
  const substituted = differences.flatMap(({ kind, session }) => {
    if (kind !== 'session_substituted' || session === null || session.before === null) return [];
    const id = sessionIds[session.classBefore ?? -1]?.[session.before];
    return id === undefined ? [] : [id];
  });
  const sessions = sessionIds.reduce((sum, ids) => sum + ids.length, 0);
  const inAll = new Set([...substitutedBefore, ...substituted]).size;
  const tooMany = sessions > 0 && compareRatio(inAll, sessions, max.numerator, max.denominator) > 0;
  const weighed = differences.map((difference): WeighedDifference => {
    const minor =
      minorKinds.includes(difference.kind) &&
      !(difference.kind === 'session_substituted' && tooMany);
    return { ...difference, severity: minor ? 'minor' : 'major' };
  });
  return {
    severity: weighed.some(({ severity }) => severity === 'major') ? 'major' : 'minor',
    differences: weighed,
    substituted,
    substitutedInAll: inAll,
    sessions,
    share: percentText(inAll, Math.max(1, sessions), max),
  };
}
