/** What makes a version of a region's policy: known figures, tighter than what it inherits, from a future day on. */
import {
  addDays,
  type CivilDate,
  type Decision,
  decide,
  effectivePolicy,
  type Fault,
  fault,
  incoherenceFaults,
  inherit,
  looseningFaults,
  type PolicyFigures,
  type PolicyVersion,
  readFigures,
  regionPath,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type PublishPolicy = {
  readonly profile: string;
  readonly regionCode: string;
  readonly effectiveFrom: CivilDate;
  readonly figures: Readonly<Record<string, unknown>>;
};

export type PublishPolicyFacts = {
  /** Province, city or county of the official table. */
  readonly regionKnown: boolean;
  /** Every version of the region and of those above it, and of the profile wherever. */
  readonly versions: readonly PolicyVersion[];
};

export function publishPolicy(
  command: PublishPolicy,
  { regionKnown, versions }: PublishPolicyFacts,
  today: CivilDate,
): Decision<PolicyVersion> {
  const { profile, regionCode, effectiveFrom } = command;
  const ofProfile = versions.filter((version) => version.profile === profile);
  const above = inForceAbove(versions, regionCode, effectiveFrom);
  const { figures, faults: malformed } = readFigures(command.figures);
  const version: PolicyVersion = {
    id: `${profile}@${ofProfile.length + 1}`,
    profile,
    regionCode,
    effectiveFrom,
    base: above.versionId,
    figures,
  };
  const faults: Fault[] = [];
  if (!regionKnown) {
    faults.push(fault(codes.POLICY_REGION_UNKNOWN, ['regionCode'], { actual: regionCode }));
  }
  const owner = ofProfile.find((other) => other.regionCode !== regionCode)?.regionCode;
  if (owner !== undefined) {
    const figuresOf = { required: owner, actual: profile };
    faults.push(fault(codes.POLICY_PROFILE_TAKEN, ['profile'], figuresOf));
  }
  const earliest = earliestStart(versions, regionCode, today);
  if (effectiveFrom < earliest) {
    const figuresOf = { required: earliest, actual: effectiveFrom };
    faults.push(fault(codes.POLICY_RETROACTIVE, ['effectiveFrom'], figuresOf));
  }
  if (Object.keys(command.figures).length === 0) {
    faults.push(fault(codes.POLICY_WITHOUT_FIGURES, ['figures']));
  }
  faults.push(...malformed, ...figureFaults(above.figures, version));
  return decide(faults, () => version);
}

function figureFaults(above: PolicyFigures, version: PolicyVersion): readonly Fault[] {
  const loosened = looseningFaults(above, version);
  return loosened.length > 0 ? loosened : incoherenceFaults(inherit(above, version));
}

/** What the region inherits on that day: the policies of everyone above it. */
function inForceAbove(versions: readonly PolicyVersion[], regionCode: string, date: CivilDate) {
  const others = versions.filter((version) => version.regionCode !== regionCode);
  const parent = regionPath(regionCode).at(-2) ?? regionCode;
  return effectivePolicy(others, parent, date);
}

/** From tomorrow on, and not before what the region has published already: what was decided stays decided. */
function earliestStart(
  versions: readonly PolicyVersion[],
  regionCode: string,
  today: CivilDate,
): CivilDate {
  const own = versions.filter((version) => version.regionCode === regionCode);
  const tomorrow = addDays(today, 1);
  return [tomorrow, ...own.map(({ effectiveFrom }) => effectiveFrom)].sort().at(-1) ?? tomorrow;
}
