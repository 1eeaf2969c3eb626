/** 工作坊主持人: appointed → evaluated → rewarded or replaced. A weak host is replaced, a strong one rewarded. [CRS-32] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type HostState = 'appointed' | 'evaluated' | 'rewarded' | 'replaced';
export type HostVerdict = 'strong' | 'adequate' | 'weak';

export type HostFacts = {
  readonly modality: string;
  /** Who hosts now, or null. */
  readonly standing: { readonly teacherId: string } | null;
  /** True when the teacher completed a demonstration workshop. */
  readonly demonstrated: boolean;
};

export function appointHost(
  { teacherId }: { readonly teacherId: string },
  facts: HostFacts,
): Decision<{ readonly teacherId: string }> {
  const faults = hostFaults(teacherId, facts);
  if (facts.standing !== null) {
    const figures = { actual: facts.standing.teacherId };
    faults.push(fault(codes.HOST_APPOINTED_ALREADY, ['classId'], figures));
  }
  return decide(faults, () => ({ teacherId }));
}

function hostFaults(actual: string, { modality, demonstrated }: HostFacts): Fault[] {
  const faults: Fault[] = [];
  if (modality !== 'workshop') {
    const figures = { required: 'workshop', actual: modality };
    faults.push(fault(codes.HOST_NOT_ASKED, ['classId'], figures));
  }
  if (!demonstrated) {
    faults.push(fault(codes.HOST_WITHOUT_DEMONSTRATION, ['teacherId'], { actual }));
  }
  return faults;
}

type StandingHost = { readonly state: HostState; readonly verdict: HostVerdict | null };

/** A host is evaluated as often as the bureau likes, while hosting. */
export function evaluateHost(
  { verdict }: { readonly verdict: HostVerdict },
  host: StandingHost,
): Decision<{ readonly state: HostState; readonly verdict: HostVerdict }> {
  const faults = stepFaults(host, ['appointed', 'evaluated', 'rewarded']);
  return decide(faults, () => ({ state: 'evaluated', verdict }));
}

/** Only one found strong is rewarded. */
export function rewardHost(host: StandingHost): Decision<{ readonly state: HostState }> {
  const faults = [...stepFaults(host, ['evaluated']), ...verdictFaults(host, 'strong')];
  return decide(faults, () => ({ state: 'rewarded' }));
}

/** One found weak is replaced by a host who meets the same conditions. */
export function replaceHost(
  { teacherId }: { readonly teacherId: string },
  host: StandingHost,
  facts: HostFacts,
): Decision<{ readonly teacherId: string }> {
  const faults = [
    ...stepFaults(host, ['evaluated']),
    ...verdictFaults(host, 'weak'),
    ...hostFaults(teacherId, facts),
  ];
  if (facts.standing?.teacherId === teacherId) {
    faults.push(fault(codes.HOST_APPOINTED_ALREADY, ['teacherId'], { actual: teacherId }));
  }
  return decide(faults, () => ({ teacherId }));
}

function stepFaults({ state: actual }: StandingHost, needed: readonly HostState[]): Fault[] {
  if (needed.includes(actual)) return [];
  return [fault(codes.HOST_STEP_NOT_NEXT, ['hostId'], { required: needed.join(' / '), actual })];
}

function verdictFaults({ state, verdict }: StandingHost, required: HostVerdict): Fault[] {
  if (state !== 'evaluated' || verdict === required) return [];
  return [fault(codes.HOST_STEP_NOT_NEXT, ['hostId'], { required, actual: verdict ?? '—' })];
}
