/** Dispatch 选派: the bureau gives quotas, the school nominates, the bureau confirms, the teacher may object. [CRS-43] */
import { type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import { type EligibilityFacts, eligibilityFaults } from '../enrollment/eligibility.ts';
import { noPlace } from '../enrollment/enroll.ts';
import { hasPlace, type Seats } from '../enrollment/seating.ts';
import type { ClassState, Quota } from '../projects/project.ts';
import { codes } from './refusals.ts';

/** `released`: an objection was upheld; `declined`: the bureau did not confirm; `withdrawn`: taken back. */
export type DispatchState =
  | 'nominated'
  | 'confirmed'
  | 'objected'
  | 'released'
  | 'declined'
  | 'withdrawn';

export type QuotaFacts = {
  readonly classState: ClassState;
  /** Places of the project that are dispatched. [PLN-07] */
  readonly mandated: number;
  /** Nominations and dispatches that hold a place under the quotas given until now. */
  readonly held: readonly { readonly schoolId: string; readonly regionCode: string }[];
};

/** Gives the regions and schools their places of a class; never fewer than are nominated already, never more than there are. */
export function setDispatchQuotas(
  command: { readonly quotas: readonly Quota[] },
  { classState, mandated, held }: QuotaFacts,
): Decision<Seats> {
  const faults = beforeRunning(classState);
  const given = command.quotas.reduce((sum, { places }) => sum + places, 0);
  if (given > mandated) {
    const figures = { required: mandated, actual: given };
    faults.push(fault(codes.MORE_THAN_DISPATCHED_PLACES, ['quotas'], figures));
  }
  for (const [at, { regionCode, schoolId }] of command.quotas.entries()) {
    if ((regionCode === null) === (schoolId === null)) {
      faults.push(fault(codes.QUOTA_FOR_WHOM, ['quotas', String(at)]));
    }
  }
  const seats = quotaSeats(command.quotas, mandated, held);
  for (const [at, { places }] of command.quotas.entries()) {
    const taken = seats.takenByQuota[at] ?? 0;
    if (taken <= places) continue;
    const figures = { required: taken, actual: places };
    faults.push(fault(codes.QUOTA_BELOW_NOMINATED, ['quotas', String(at)], figures));
  }
  return decide(faults, () => seats);
}

/** The quotas as seats: a school's own quota counts its teachers before the region's does. */
export function quotaSeats(
  quotas: readonly Quota[],
  capacity: number,
  held: QuotaFacts['held'],
): Seats {
  const takenByQuota = quotas.map(
    (_quota, at) => held.filter((who) => quotaFor(quotas, who) === at).length,
  );
  return { capacity, quotas, taken: held.length, takenByQuota };
}

/** The quota that a teacher of that origin is dispatched under: the school's own, otherwise the closest region's. */
export function quotaFor(
  quotas: readonly Quota[],
  { schoolId, regionCode }: { readonly schoolId: string; readonly regionCode: string },
): number {
  const ofSchool = quotas.findIndex((quota) => quota.schoolId === schoolId);
  if (ofSchool >= 0) return ofSchool;
  const regions = [regionCode, regionCode.slice(0, 6), `${regionCode.slice(0, 4)}00`];
  regions.push(`${regionCode.slice(0, 2)}0000`);
  for (const code of regions) {
    const at = quotas.findIndex((quota) => quota.regionCode === code);
    if (at >= 0) return at;
  }
  return -1;
}

export type NominateFacts = EligibilityFacts & {
  readonly quotas: Seats | null;
  readonly nominated: boolean;
  /** The dispatch that this one would take the place of; null without. */
  readonly replaces: { readonly state: DispatchState; readonly schoolId: string } | null;
};

/** A school nominates a teacher of its own. A substitute waits for the objection's decision and takes no further place. */
export function nominateForDispatch(facts: NominateFacts, now: Instant): Decision<null> {
  const { quotas, teacher, nominated, replaces } = facts;
  const faults: Fault[] = eligibilityFaults(facts, now).map((each) => ({
    ...each,
    path: ['teacherId'],
  }));
  if (nominated) faults.push(fault(codes.NOMINATED_ALREADY, ['teacherId']));
  const at = quotas === null ? -1 : quotaFor(quotas.quotas, teacher);
  const quota = quotas?.quotas[at];
  if (quota === undefined) {
    faults.push(fault(codes.NO_QUOTA, ['classId'], { actual: teacher.schoolId }));
  } else if (replaces === null && (quotas?.takenByQuota[at] ?? 0) >= quota.places) {
    const figures = { required: quota.places, actual: quotas?.takenByQuota[at] ?? 0 };
    faults.push(fault(codes.QUOTA_NOMINATED, ['classId'], figures));
  }
  if (replaces !== null) {
    if (replaces.state !== 'objected') {
      const figures = { required: 'objected', actual: replaces.state };
      faults.push(fault(codes.NOTHING_TO_REPLACE, ['replacesId'], figures));
    }
    if (replaces.schoolId !== teacher.schoolId) {
      const figures = { required: replaces.schoolId, actual: teacher.schoolId };
      faults.push(fault(codes.OTHER_SCHOOL, ['replacesId'], figures));
    }
  }
  return decide(faults, () => null);
}

export type ConfirmFacts = EligibilityFacts & {
  readonly state: DispatchState;
  readonly isSubstitute: boolean;
  readonly seats: Seats;
};

/** The bureau confirms: the teacher has a place, out of the same counters as everybody else's. [CRS-42, CRS-43] */
export function confirmDispatch(facts: ConfirmFacts, now: Instant): Decision<null> {
  const faults = stateFaults(facts.state, ['nominated']);
  if (facts.isSubstitute) faults.push(fault(codes.WAITS_FOR_OBJECTION, ['dispatchId']));
  return decide([...faults, ...placeFaults(facts, now)], () => null);
}

/** What speaks against a place for a nominated teacher now. */
export function placeFaults(
  facts: EligibilityFacts & { readonly seats: Seats },
  now: Instant,
): Fault[] {
  const faults = eligibilityFaults(facts, now);
  if (!hasPlace(facts.seats, facts.teacher)) faults.push(noPlace(facts));
  return faults.map((each) => ({ ...each, path: ['dispatchId'] }));
}

/** The teacher objects with a reason, until the class runs. */
export function objectToDispatch(
  command: { readonly reason: string },
  facts: { readonly state: DispatchState; readonly classState: ClassState },
): Decision<null> {
  const faults = [...stateFaults(facts.state, ['confirmed']), ...beforeRunning(facts.classState)];
  if (command.reason.trim() === '') faults.push(fault(codes.REASON_NEEDED, ['reason']));
  return decide(faults, () => null);
}

export type ObjectionFacts = {
  readonly state: DispatchState;
  /** What speaks against the substitute that the school has nominated; null without one. */
  readonly substituteFaults: readonly Fault[] | null;
};

/** The bureau decides on an objection; upheld, the nominated substitute takes the place in the same moment. */
export function decideDispatchObjection(
  command: { readonly upheld: boolean },
  { state, substituteFaults }: ObjectionFacts,
): Decision<null> {
  const faults = stateFaults(state, ['objected']);
  if (command.upheld) faults.push(...(substituteFaults ?? []));
  return decide(faults, () => null);
}

/** Taken back: by the school while it is only nominated, by the bureau until the class runs. */
export function withdrawDispatch(
  command: { readonly reason: string },
  facts: {
    readonly state: DispatchState;
    readonly classState: ClassState;
    readonly byBureau: boolean;
  },
): Decision<null> {
  const { state, classState, byBureau } = facts;
  const states = byBureau
    ? (['nominated', 'confirmed', 'objected'] as const)
    : (['nominated'] as const);
  const faults = [...stateFaults(state, states), ...beforeRunning(classState)];
  if (command.reason.trim() === '') faults.push(fault(codes.REASON_NEEDED, ['reason']));
  return decide(faults, () => null);
}

/** The bureau does not confirm a nomination. */
export function declineDispatch(
  command: { readonly reason: string },
  facts: { readonly state: DispatchState },
): Decision<null> {
  const faults = stateFaults(facts.state, ['nominated']);
  if (command.reason.trim() === '') faults.push(fault(codes.REASON_NEEDED, ['reason']));
  return decide(faults, () => null);
}

function stateFaults(state: DispatchState, wanted: readonly DispatchState[]): Fault[] {
  if (wanted.includes(state)) return [];
  return [
    fault(codes.WRONG_DISPATCH_STATE, ['dispatchId'], {
      required: wanted.join(', '),
      actual: state,
    }),
  ];
}

function beforeRunning(state: ClassState): Fault[] {
  if (state === 'published' || state === 'open') return [];
  return [fault(codes.CLASS_TOO_LATE, ['classId'], { required: 'published, open', actual: state })];
}
