import { isWithin, regionLevel } from '@shixun/kernel';
import type { Level, Sector, Stage } from './project.ts';

/** Who asks, as far as a decision looks: the subject of the token and its roles with their scopes. */
export type Actor = {
  readonly subject: string;
  readonly grants: readonly {
    readonly role: string;
    readonly regionCode?: string | undefined;
    readonly schoolId?: string | undefined;
    readonly institutionId?: string | undefined;
  }[];
};

/** To whom a project belongs and who carries it out. */
export type Ownership = {
  readonly level: Level;
  readonly ownerRegionCode: string;
  readonly schoolId: string | null;
  readonly institutionId: string | null;
};

/**
 * The levels of each sector's chain. National projects are carried out by the province; higher education knows
 * only the province and the school itself. [REG-02]
 */
export const chains: Readonly<Record<Sector, readonly Level[]>> = {
  basic: ['national', 'provincial', 'city', 'county', 'school'],
  vocational: ['national', 'provincial', 'city', 'school'],
  higher: ['provincial', 'school'],
};

/** The sector whose teachers teach at that stage. */
export function sectorOf(stage: Stage): Sector {
  return stage === 'vocational' || stage === 'higher' ? stage : 'basic';
}

const owners = {
  national: { role: 'ProvinceAdmin', region: 'province' },
  provincial: { role: 'ProvinceAdmin', region: 'province' },
  city: { role: 'CityAdmin', region: 'city' },
  county: { role: 'CountyAdmin', region: 'county' },
  school: { role: 'SchoolAdmin', region: null },
} as const satisfies Record<Level, { role: string; region: string | null }>;

/** The one role that takes a project's steps on behalf of its owner. [CRS-01] */
export function ownerRole(level: Level): string {
  return owners[level].role;
}

/** True when a project of the level can belong to the region: a county project to a county, and so on. */
export function ownsLevel(level: Level, regionCode: string): boolean {
  const wanted = owners[level].region;
  const actual = regionLevel(regionCode);
  return wanted === null ? actual !== undefined : actual === wanted;
}

/** True when the actor stands for the very bureau or school that owns the project, not merely for one above it. */
export function actsForOwner(
  actor: Actor,
  { level, ownerRegionCode, schoolId }: Ownership,
): boolean {
  const role = ownerRole(level);
  return actor.grants.some(
    (grant) =>
      grant.role === role &&
      (level === 'school'
        ? schoolId !== null && grant.schoolId === schoolId
        : grant.regionCode === ownerRegionCode),
  );
}

/** The level whose bureau answers for a project: its owner's; for a school's own project the one above the school. */
function bureauLevel(level: Level, sector: Sector): Level {
  return level === 'school' ? (chains[sector].at(-2) ?? level) : level;
}

/** The role of the bureau that answers for a project 相应的教育行政部门. [CRS-19] */
export function bureauRole(level: Level, sector: Sector): string {
  return ownerRole(bureauLevel(level, sector));
}

/** True when the actor stands for that bureau: a school does not consent to its own changes. [CRS-19] */
export function actsForBureau(actor: Actor, project: Ownership & { readonly sector: Sector }) {
  if (project.level !== 'school') return actsForOwner(actor, project);
  const role = bureauRole(project.level, project.sector);
  return actor.grants.some(
    (grant) =>
      grant.role === role &&
      grant.regionCode !== undefined &&
      isWithin(project.ownerRegionCode, grant.regionCode),
  );
}

/** The role that carries the project out: the institution, or the school of a school-based project. */
export function executorRole(level: Level): string {
  return level === 'school' ? 'SchoolAdmin' : 'InstitutionAdmin';
}

/** True when the actor stands for whoever carries the project out. */
export function actsForExecutor(actor: Actor, ownership: Ownership): boolean {
  if (ownership.level === 'school') return actsForOwner(actor, ownership);
  const { institutionId } = ownership;
  return (
    institutionId !== null &&
    actor.grants.some(
      (grant) => grant.role === 'InstitutionAdmin' && grant.institutionId === institutionId,
    )
  );
}
