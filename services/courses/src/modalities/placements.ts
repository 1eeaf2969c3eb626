/** 跟岗: a trainee with a mentor at a host for some days, never more than the host takes. [CRS-34] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { Gate } from './template.ts';

type Days = { readonly startsOn: string; readonly endsOn: string };
export type PlacementState = 'placed' | 'assessed' | 'cancelled';
/** A school, or a teacher development centre 教师发展中心. [CRS-33] */
export type HostKind = 'school' | 'centre';

export type PlacementFacts = {
  readonly trainingClass: { readonly opensOn: string; readonly closesOn: string };
  /** Whether the enrollment has its place in the class. */
  readonly isTrainee: boolean;
  /** Null when the host has said nothing of its capacity. */
  readonly host: { readonly capacity: number } | null;
  /** Placements at the host that stand, whatever the class. */
  readonly atHost: readonly Days[];
  /** The trainee's other placements. */
  readonly own: readonly Days[];
};

export type Placing = Days & { readonly enrollmentId: string; readonly hostId: string };

export function placeTrainee(command: Placing, facts: PlacementFacts): Decision<Placing> {
  const { startsOn, endsOn, hostId, enrollmentId } = command;
  const { opensOn, closesOn } = facts.trainingClass;
  const faults: Fault[] = [];
  if (!facts.isTrainee) {
    faults.push(fault(codes.PLACEMENT_TRAINEE_UNKNOWN, ['enrollmentId'], { actual: enrollmentId }));
  }
  const inOrder = startsOn <= endsOn && opensOn <= startsOn && endsOn <= closesOn;
  if (!inOrder || facts.own.some((each) => meet(each, command))) {
    const figures = { required: `${opensOn} – ${closesOn}`, actual: `${startsOn} – ${endsOn}` };
    faults.push(fault(codes.PLACEMENT_DATES_WRONG, ['startsOn'], figures));
  }
  if (facts.host === null) {
    faults.push(fault(codes.PLACEMENT_HOST_UNKNOWN, ['hostId'], { actual: hostId }));
  } else if (inOrder) {
    const actual = busiest(facts.atHost, command) + 1;
    const required = facts.host.capacity;
    if (actual > required) {
      const figures = { host: hostId, required, actual };
      faults.push(fault(codes.PLACEMENT_HOST_FULL, ['hostId'], figures));
    }
  }
  return decide(faults, () => ({ enrollmentId, hostId, startsOn, endsOn }));
}

/** The most trainees at a time on the days asked for. The most is reached on a day on which somebody begins. */
export function busiest(placements: readonly Days[], asked: Days): number {
  const within = placements.filter((each) => meet(each, asked));
  const days = [asked.startsOn, ...within.map(({ startsOn }) => startsOn)].filter(
    (day) => asked.startsOn <= day && day <= asked.endsOn,
  );
  return days.reduce(
    (most, day) =>
      Math.max(most, within.filter((each) => each.startsOn <= day && day <= each.endsOn).length),
    0,
  );
}

/** What a host takes at a time never falls below what is arranged. */
export function capacityFaults(capacity: number, placements: readonly Days[]): Fault[] {
  const [first] = placements;
  if (first === undefined) return [];
  const starts = placements.map(({ startsOn }) => startsOn).sort();
  const ends = placements.map(({ endsOn }) => endsOn).sort();
  const all = { startsOn: starts[0] ?? first.startsOn, endsOn: ends.at(-1) ?? first.endsOn };
  const required = busiest(placements, all);
  if (capacity >= required) return [];
  return [fault(codes.PLACEMENT_CAPACITY_BELOW, ['capacity'], { required, actual: capacity })];
}

type Standing = Days & {
  readonly state: PlacementState;
  readonly diary: readonly { readonly date: string }[];
};

export function writeDiary(
  command: { readonly date: string; readonly text: string },
  placement: Standing,
): Decision<{ readonly date: string; readonly text: string }> {
  const faults = stateFaults(placement);
  const { startsOn, endsOn, diary } = placement;
  const inside = startsOn <= command.date && command.date <= endsOn;
  if (!inside || diary.some(({ date }) => date === command.date)) {
    const figures = { required: `${startsOn} – ${endsOn}`, actual: command.date };
    faults.push(fault(codes.PLACEMENT_DIARY_DAY_WRONG, ['date'], figures));
  }
  return decide(faults, () => command);
}

export type Assessment = { readonly passed: boolean; readonly comment: string };

export function assessPlacement(command: Assessment, placement: Standing): Decision<Assessment> {
  return decide(stateFaults(placement), () => command);
}

/** Of all trainees, those with an assessed placement at a host of that kind (any kind when null). */
export function placementFaults(
  enrollmentIds: readonly string[],
  placements: readonly {
    readonly enrollmentId: string;
    readonly hostKind: HostKind;
    readonly state: PlacementState;
  }[],
  kind: HostKind | null,
): Fault[] {
  const assessed = new Set(
    placements
      .filter(({ state, hostKind }) => state === 'assessed' && (kind ?? hostKind) === hostKind)
      .map(({ enrollmentId }) => enrollmentId),
  );
  const actual = enrollmentIds.filter((id) => assessed.has(id)).length;
  if (actual === enrollmentIds.length && actual > 0) return [];
  const figures = { required: enrollmentIds.length, actual, kind: kind ?? 'school / centre' };
  return [fault(codes.PLACEMENT_NOT_ASSESSED, ['placements'], figures)];
}

/** The kind of host that a gate looks at: null for any, undefined when it looks at no placement. */
export function placementKindOf(gate: Gate): HostKind | null | undefined {
  if (gate === 'placement') return null;
  if (gate === 'placement_school') return 'school';
  return gate === 'placement_centre' ? 'centre' : undefined;
}

export type AssessedPlacement = {
  readonly enrollmentId: string;
  readonly hostKind: HostKind;
  readonly assessment: { readonly passed: boolean } | null;
};

/** What a trainee owes: of each kind that the gates look at, a placement that the mentor passed. */
export function unpassedFaults(
  enrollmentId: string,
  placements: readonly AssessedPlacement[],
  gates: readonly Gate[],
): Fault[] {
  const passed = placements.filter(
    (each) => each.enrollmentId === enrollmentId && each.assessment?.passed === true,
  );
  return gates.flatMap((gate) => {
    const kind = placementKindOf(gate);
    if (kind === undefined) return [];
    if (passed.some(({ hostKind }) => (kind ?? hostKind) === hostKind)) return [];
    const figures = { actual: enrollmentId, kind: kind ?? 'school / centre' };
    return [fault(codes.PLACEMENT_NOT_PASSED, ['placements'], figures)];
  });
}

function stateFaults({ state: actual }: Standing): Fault[] {
  if (actual === 'placed') return [];
  return [fault(codes.PLACEMENT_OVER, ['placementId'], { required: 'placed', actual })];
}

function meet(a: Days, b: Days): boolean {
  return a.startsOn <= b.endsOn && b.startsOn <= a.endsOn;
}
