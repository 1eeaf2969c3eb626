/** Who may run spot checks in a region: its quality-monitoring body and those above it. [REG-03] */
import { type CivilDate, type Fault, fault, isWithin, regionPath } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type Designation = {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** First day of the one before, which stood until this one began. */
  readonly previousFrom: CivilDate | null;
};

export type AuthorityFacts = {
  /** The region in which spot checks are to run. */
  readonly regionCode: string;
  /** What the caller is, and where. */
  readonly grants: readonly { readonly role: string; readonly regionCode?: string | undefined }[];
  /** The last designation of each region that has one, by code. */
  readonly designations: ReadonlyMap<string, Designation>;
};

const bureauRoles = ['ProvinceAdmin', 'CityAdmin', 'CountyAdmin'];

/**
 * A monitor acts where its own bureau has named it on that day, and below. A bureau stands above its body: it acts by
 * itself once a body is named in the region or above it, so that there is someone to answer for quality.
 */
export function authorityFaults(facts: AuthorityFacts, today: CivilDate): Fault[] {
  const { regionCode, grants, designations } = facts;
  const above = grants.filter(
    (grant) => grant.regionCode && isWithin(regionCode, grant.regionCode),
  );
  const isNamed = (code: string | undefined) => stands(designations.get(code ?? ''), today);
  const asMonitor = above.some(
    (grant) => grant.role === 'QualityMonitor' && isNamed(grant.regionCode),
  );
  const asBureau =
    above.some(({ role }) => bureauRoles.includes(role)) && regionPath(regionCode).some(isNamed);
  if (asMonitor || asBureau) return [];
  const actual = regionPath(regionCode).filter(isNamed).join(', ') || '—';
  return [fault(codes.NOT_THE_MONITOR, ['regionCode'], { required: regionCode, actual })];
}

/** True when a body was named for that day. */
function stands(designation: Designation | undefined, today: CivilDate): boolean {
  if (designation === undefined) return false;
  const { from, to, previousFrom } = designation;
  if (today < from) return previousFrom !== null && previousFrom <= today;
  return to === null || today < to;
}
