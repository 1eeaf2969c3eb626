/** Who makes a yearly plan, and with whom it is filed: the chain of responsibility of each sector. [REG-02, PLN-03] */
import { regionLevel } from '@shixun/kernel';
import type { Actor } from '../projects/owner.ts';
import type { Sector } from '../projects/project.ts';

/** A bureau (no school) or a school. */
export type PlanningBody = {
  readonly regionCode: string;
  readonly schoolId: string | null;
  /** Of a school. A bureau's plan holds for all sectors it is responsible for. */
  readonly sector: Sector | null;
};

/** The sectors whose chain of responsibility a bureau of that level is part of. [REG-02] */
const sectorsOf = {
  province: ['basic', 'vocational', 'higher'],
  city: ['basic', 'vocational'],
  county: ['basic'],
  township: ['basic'],
} as const satisfies Record<string, readonly Sector[]>;

/** What a body may plan for: a school for its own sector, a bureau for those that have its level. [REG-02] */
export function sectorsOfBody({ regionCode, schoolId, sector }: PlanningBody): readonly Sector[] {
  if (schoolId !== null) return sector === null ? [] : [sector];
  return sectorsOf[regionLevel(regionCode) ?? 'township'];
}

/** Every stage belongs to one sector. */
export function sectorOfStage(stage: string): Sector {
  return stage === 'vocational' || stage === 'higher' ? stage : 'basic';
}

/** One plan per body and year: its id says so. */
export function annualPlanId(body: Pick<PlanningBody, 'regionCode' | 'schoolId'>, year: number) {
  return `apl_${year}_${bodyId(body)}`;
}

export function bodyId({ regionCode, schoolId }: Pick<PlanningBody, 'regionCode' | 'schoolId'>) {
  return schoolId ?? regionCode;
}

/** Region of the bureau that accepts the plan; null for a province, whose superior is outside of the platform. */
export function superiorOf({ regionCode, schoolId, sector }: PlanningBody): string | null {
  const county = regionCode.slice(0, 6);
  const city = `${county.slice(0, 4)}00`;
  const province = `${county.slice(0, 2)}0000`;
  if (schoolId !== null) {
    if (sector === 'higher') return province;
    return sector === 'vocational' ? city : county;
  }
  const level = regionLevel(regionCode);
  if (level === 'province') return null;
  return level === 'city' ? province : city;
}

const roles = { province: 'ProvinceAdmin', city: 'CityAdmin', county: 'CountyAdmin' } as const;

/** The role that speaks for a region's bureau. */
export function bureauRole(regionCode: string): string {
  const level = regionLevel(regionCode);
  return level === undefined || level === 'township' ? 'CountyAdmin' : roles[level];
}

/** True when the actor is the very bureau of the region, not merely one above it. */
export function isBureau({ grants }: Actor, regionCode: string | null): boolean {
  return (
    regionCode !== null &&
    grants.some((grant) => grant.role === bureauRole(regionCode) && grant.regionCode === regionCode)
  );
}

/** True when the actor is the body itself. */
export function isBody(actor: Actor, { regionCode, schoolId }: PlanningBody): boolean {
  if (schoolId === null) return isBureau(actor, regionCode);
  return actor.grants.some((grant) => grant.role === 'SchoolAdmin' && grant.schoolId === schoolId);
}
