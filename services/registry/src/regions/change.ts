/**
 * Regions renamed, given another code, merged or split, in one change: every old code names its successors. A code
 * among its own successors stays; one that isn't is abolished. [REG-01]
 */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  regionLevel,
  regionPath,
} from '@shixun/kernel';
import type { RegionVersion } from './history.ts';
import { codes } from './refusals.ts';

export type ChangeRegions = {
  readonly provinceCode: string;
  /** First day on which it holds. */
  readonly effectiveOn: CivilDate;
  /** The document behind it, e.g. 国函〔2018〕22号. */
  readonly basis: string;
  readonly changes: readonly {
    readonly code: string;
    readonly successors: readonly { readonly code: string; readonly name: string }[];
  }[];
};

/** A region as it now stands in the table. */
export type KnownRegion = Omit<RegionVersion, 'to' | 'successors' | 'basis'> & {
  readonly abolishedOn: CivilDate | null;
};

export type ChangeRegionsFacts = {
  /** Every region that the change names, old or new, and those above them, as far as there are such. */
  readonly known: ReadonlyMap<string, KnownRegion>;
  /** Codes in force directly below those that the change names. */
  readonly childCodes: readonly string[];
};

export type RegionsChanged = {
  readonly past: readonly RegionVersion[];
  readonly renamed: readonly { readonly code: string; readonly name: string }[];
  readonly created: readonly { readonly code: string; readonly name: string }[];
  readonly abolished: readonly { readonly code: string; readonly successors: readonly string[] }[];
};

export function changeRegions(
  command: ChangeRegions,
  facts: ChangeRegionsFacts,
  today: CivilDate,
): Decision<RegionsChanged> {
  const { effectiveOn } = command;
  const plan = planOf(command, facts);
  const faults = [...oldFaults(command, facts, plan), ...newFaults(command, facts, plan)];
  if (effectiveOn > today) {
    const figures = { required: today, actual: effectiveOn };
    faults.push(fault(codes.REGION_CHANGE_IN_FUTURE, ['effectiveOn'], figures));
  }
  return decide(faults, () => outcomeOf(command, facts, plan));
}

type Plan = {
  readonly names: ReadonlyMap<string, string>;
  readonly kept: ReadonlySet<string>;
  readonly abolished: ReadonlySet<string>;
};

function planOf({ changes }: ChangeRegions, { known }: ChangeRegionsFacts): Plan {
  const names = new Map(
    changes.flatMap(({ successors }) => successors.map(({ code, name }) => [code, name] as const)),
  );
  const kept = new Set(
    changes
      .filter(({ code, successors }) => successors.some((each) => each.code === code))
      .map(({ code }) => code),
  );
  const gone = changes.map(({ code }) => code).filter((code) => !kept.has(code));
  return { names, kept, abolished: new Set(gone.filter((code) => known.has(code))) };
}

function oldFaults({ changes, effectiveOn }: ChangeRegions, facts: ChangeRegionsFacts, plan: Plan) {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const [index, { code, successors }] of changes.entries()) {
    const path = ['changes', String(index), 'code'];
    if (seen.has(code)) faults.push(fault(codes.REGION_NAMED_TWICE, path, { actual: code }));
    seen.add(code);
    const region = facts.known.get(code);
    if (region === undefined || region.abolishedOn !== null) {
      faults.push(fault(codes.REGION_NOT_IN_FORCE, path, { actual: code }));
      continue;
    }
    if (region.from !== null && effectiveOn <= region.from) {
      const figures = { required: region.from, actual: effectiveOn };
      faults.push(fault(codes.REGION_CHANGE_TOO_EARLY, ['effectiveOn'], figures));
    }
    const [only] = successors;
    const same = successors.length === 1 && only?.code === code && only.name === region.name;
    if (same) faults.push(fault(codes.REGION_NOTHING_CHANGES, path, { actual: code }));
  }
  const left = facts.childCodes.filter((child) => {
    const parent = regionPath(child).at(-2) ?? '';
    return plan.abolished.has(parent) && !seen.has(child);
  });
  if (left.length > 0) {
    faults.push(fault(codes.REGION_CHILDREN_LEFT, ['changes'], { actual: left.join(', ') }));
  }
  return faults;
}

function newFaults(command: ChangeRegions, facts: ChangeRegionsFacts, plan: Plan): Fault[] {
  return command.changes.flatMap(({ code: old, successors }, index) =>
    successors.flatMap((successor, place) =>
      successorFaults(successor, old, { command, facts, plan }).map((each) => ({
        ...each,
        path: ['changes', String(index), 'successors', String(place)],
      })),
    ),
  );
}

function successorFaults(
  { code, name }: { readonly code: string; readonly name: string },
  old: string,
  { command, facts, plan }: { command: ChangeRegions; facts: ChangeRegionsFacts; plan: Plan },
): Fault[] {
  const faults: Fault[] = [];
  const [province] = regionPath(code);
  if (province !== command.provinceCode) {
    const figures = { required: command.provinceCode, actual: code };
    faults.push(fault(codes.REGION_OTHER_PROVINCE, [], figures));
  }
  const level = regionLevel(code) ?? 'none';
  const required = regionLevel(old) ?? 'none';
  if (level !== required) {
    faults.push(fault(codes.REGION_LEVEL_DIFFERS, [], { required, actual: level }));
  }
  const present = facts.known.get(code);
  if (present !== undefined && present.abolishedOn !== null) {
    faults.push(fault(codes.REGION_CODE_USED, [], { actual: code }));
  }
  if (plan.abolished.has(code)) {
    faults.push(fault(codes.REGION_NOT_IN_FORCE, [], { actual: code }));
  }
  // What only takes area in keeps its name; who renames it says so by naming it among the changes.
  const takesIn = present?.abolishedOn === null && !plan.kept.has(code);
  const standing = takesIn ? present.name : undefined;
  const asked = standing ?? plan.names.get(code) ?? name;
  if (asked !== name) {
    faults.push(fault(codes.REGION_NAME_DIFFERS, [], { code, required: asked, actual: name }));
  }
  const parentCode = regionPath(code).at(-2);
  if (parentCode !== undefined && !standsAfter(parentCode, facts, plan)) {
    faults.push(fault(codes.REGION_PARENT_MISSING, [], { required: parentCode, actual: code }));
  }
  return faults;
}

function standsAfter(code: string, { known }: ChangeRegionsFacts, plan: Plan): boolean {
  if (plan.abolished.has(code)) return false;
  return plan.names.has(code) || known.get(code)?.abolishedOn === null;
}

function outcomeOf(
  { changes, effectiveOn, basis }: ChangeRegions,
  { known }: ChangeRegionsFacts,
  plan: Plan,
): RegionsChanged {
  const past = changes.flatMap(({ code, successors }) => {
    const region = known.get(code);
    if (region === undefined) return [];
    const { abolishedOn: _, ...version } = region;
    const codesAfter = successors.map((each) => each.code);
    return [{ ...version, to: effectiveOn, successors: codesAfter, basis }];
  });
  const named = [...plan.names].map(([code, name]) => ({ code, name }));
  return {
    past,
    renamed: named.filter(
      ({ code, name }) => plan.kept.has(code) && known.get(code)?.name !== name,
    ),
    created: named.filter(({ code }) => !known.has(code)),
    abolished: past
      .filter(({ code }) => plan.abolished.has(code))
      .map(({ code, successors }) => ({ code, successors })),
  };
}
