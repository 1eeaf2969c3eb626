/** 顶岗: a student teacher or a town teacher stands in for each trainee for the whole release. [CRS-33] */
import { daysBetween, type Fault, fault, isWithin, regionPath } from '@shixun/kernel';
import { codes } from './refusals.ts';

type Days = { readonly startsOn: string; readonly endsOn: string };

export type Booking = Days & { readonly classId: string; readonly teacherId: string };

/** Someone of the pool of substitutes, known by a number only. */
export type Substitute = Days & {
  readonly _id: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  /** The region in which the substitute serves, with all below it. */
  readonly regionCode: string;
  readonly bookings: readonly Booking[];
};

export type Released = {
  readonly teacherId: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  readonly regionCode: string;
};

export type Match = { readonly teacherId: string; readonly substituteId: string };

/** Serves where the trainee's school lies, and teaches the trainee's stage and one of the subjects. */
function standsInFor({ regionCode, stage, subjects }: Substitute, trainee: Released): boolean {
  return (
    isWithin(trainee.regionCode, regionCode) &&
    stage === trainee.stage &&
    subjects.some((subject) => trainee.subjects.includes(subject))
  );
}

/** Whoever serves in a smaller region comes first: those who serve everywhere are kept for where nobody else is. */
function nearestFirst(a: Substitute, b: Substitute): number {
  const size = ({ regionCode }: Substitute) => regionPath(regionCode).length;
  return size(b) - size(a) || (a._id < b._id ? -1 : 1);
}

/** There for every day of the release. */
function thereFor({ startsOn, endsOn }: Days, release: Days): boolean {
  return startsOn <= release.startsOn && release.endsOn <= endsOn;
}

function freeFor({ bookings }: Substitute, release: Days, classId: string): boolean {
  return bookings.every(
    (each) =>
      each.classId === classId || each.endsOn < release.startsOn || release.endsOn < each.startsOn,
  );
}

/**
 * As many trainees as can be have a substitute: augmenting paths in a fixed order, so the same pool always gives the
 * same proposal. What is matched already stays.
 */
export function matchSubstitutes(
  trainees: readonly Released[],
  pool: readonly Substitute[],
  release: Days & { readonly classId: string },
  standing: readonly Match[] = [],
): readonly Match[] {
  const fits = (substitute: Substitute, trainee: Released) =>
    standsInFor(substitute, trainee) &&
    thereFor(substitute, release) &&
    freeFor(substitute, release, release.classId);
  const sorted = [...trainees].sort((a, b) => (a.teacherId < b.teacherId ? -1 : 1));
  const candidates = new Map(
    sorted.map((trainee) => [
      trainee.teacherId,
      pool
        .filter((substitute) => fits(substitute, trainee))
        .sort(nearestFirst)
        .map(({ _id }) => _id),
    ]),
  );
  const taken = new Map<string, string>();
  for (const { teacherId, substituteId } of standing) {
    if (candidates.get(teacherId)?.includes(substituteId)) taken.set(substituteId, teacherId);
  }
  const place = (teacherId: string, seen: Set<string>): boolean => {
    const own = candidates.get(teacherId) ?? [];
    // Nobody's substitute is changed while another one is free.
    const free = own.find((substituteId) => !taken.has(substituteId));
    if (free !== undefined) {
      taken.set(free, teacherId);
      return true;
    }
    for (const substituteId of own) {
      if (seen.has(substituteId)) continue;
      seen.add(substituteId);
      const holder = taken.get(substituteId);
      if (holder !== undefined && place(holder, seen)) {
        taken.set(substituteId, teacherId);
        return true;
      }
    }
    return false;
  };
  const matched = new Set(taken.values());
  for (const { teacherId } of sorted) if (!matched.has(teacherId)) place(teacherId, new Set());
  return [...taken]
    .map(([substituteId, teacherId]) => ({ teacherId, substituteId }))
    .sort((a, b) => (a.teacherId < b.teacherId ? -1 : 1));
}

/** What speaks against matches that somebody chose: each substitute fits, is there and is free. */
export function matchFaults(
  matches: readonly Match[],
  trainees: readonly Released[],
  pool: readonly Substitute[],
  release: Days & { readonly classId: string },
): Fault[] {
  const required = `${release.startsOn} – ${release.endsOn}`;
  return matches.flatMap(({ teacherId, substituteId: actual }, at) => {
    const path = ['matches', String(at)];
    const trainee = trainees.find((each) => each.teacherId === teacherId);
    const substitute = pool.find(({ _id }) => _id === actual);
    const fits =
      trainee && substitute && standsInFor(substitute, trainee) && thereFor(substitute, release);
    if (!fits) {
      return [fault(codes.SUBSTITUTE_UNFIT, path, { actual, trainee: teacherId, required })];
    }
    const twice = matches.findIndex(({ substituteId }) => substituteId === actual) !== at;
    if (!twice && freeFor(substitute, release, release.classId)) return [];
    return [fault(codes.SUBSTITUTE_TAKEN, path, { actual, required })];
  });
}

/** Those without a substitute, and the gate that they keep shut. */
export function substituteFaults(
  trainees: readonly Released[],
  matches: readonly Match[],
): Fault[] {
  const without = unmatched(trainees, matches);
  if (without.length === 0 && trainees.length > 0) return [];
  const figures = {
    required: trainees.length,
    actual: trainees.length - without.length,
    missing: without.join(', ') || '—',
  };
  return [fault(codes.SUBSTITUTES_MISSING, ['substitutes'], figures)];
}

export function unmatched(
  trainees: readonly Released[],
  matches: readonly Match[],
): readonly string[] {
  const matched = new Set(matches.map(({ teacherId }) => teacherId));
  return trainees.map(({ teacherId }) => teacherId).filter((id) => !matched.has(id));
}

export function periodFaults({ startsOn, endsOn }: Days): Fault[] {
  if (daysBetween(startsOn, endsOn) >= 0) return [];
  const actual = `${startsOn} – ${endsOn}`;
  return [fault(codes.SUBSTITUTE_PERIOD_INVALID, ['endsOn'], { actual })];
}
