/** Renames a school, moves it to another region, gives it another central school; what it was stays on record. [REG-05] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type RegionLevel,
} from '@shixun/kernel';
import { hasSay, type Sector, sectorChain } from '../regions/sector-chain.ts';
import { changedOn, type SchoolRecord, type SchoolVersion } from './history.ts';
import type { SchoolKind } from './kinds.ts';
import { codes } from './refusals.ts';
import { centralSchoolFaults } from './register.ts';

/** The school that a command is about. */
export type SchoolFacts = SchoolRecord & {
  readonly id: string;
  readonly sector: Sector;
};

/** Who asks, and when. */
export type Asking = {
  /** Levels on which the caller is the bureau of every region that the command touches. */
  readonly bureauLevels: readonly RegionLevel[];
  readonly today: CivilDate;
};

export type SchoolChanged = Partial<Pick<SchoolVersion, 'name' | 'regionCode'>> & {
  readonly centralSchoolId?: string | null;
  readonly since: CivilDate;
  readonly past: readonly SchoolVersion[];
};

export type RenameSchool = { readonly name: string; readonly effectiveOn: CivilDate };

export function renameSchool(
  { name, effectiveOn }: RenameSchool,
  school: SchoolFacts,
  asking: Asking,
): Decision<SchoolChanged> {
  const faults = schoolFaults(school, effectiveOn, asking);
  if (name === school.name) {
    faults.push(fault(codes.SCHOOL_NAME_SAME, ['name'], { actual: name }));
  }
  return decide(faults, () => changedOn(school, effectiveOn, { name }));
}

/** A place for the school: its region and, where the kind asks for one, its central school there. */
export type RelocateSchool = {
  readonly regionCode: string;
  readonly centralSchoolId: string | null;
  readonly effectiveOn: CivilDate;
};

export type RelocateSchoolFacts = {
  readonly school: SchoolFacts;
  readonly regionKnown: boolean;
  readonly centralSchool: CentralSchool | null;
  /** How many village schools and teaching points belong to it. */
  readonly teachingPoints: number;
};

export type CentralSchool = {
  readonly kind: SchoolKind;
  readonly regionCode: string;
  readonly state?: string;
};

/** Moves a school to another region, or to another central school of its township. [REG-04] */
export function relocateSchool(
  { regionCode, centralSchoolId, effectiveOn }: RelocateSchool,
  { school, regionKnown, centralSchool, teachingPoints }: RelocateSchoolFacts,
  asking: Asking,
): Decision<SchoolChanged> {
  const faults = schoolFaults(school, effectiveOn, asking);
  if (!regionKnown) {
    faults.push(fault(codes.SCHOOL_REGION_UNKNOWN, ['regionCode'], { actual: regionCode }));
  }
  const moves = regionCode !== school.regionCode;
  if (!moves && centralSchoolId === school.centralSchoolId) {
    faults.push(fault(codes.SCHOOL_PLACE_SAME, ['regionCode'], { actual: regionCode }));
  }
  // Its teaching points would be left with a centre in another township.
  if (moves && teachingPoints > 0) faults.push(inUse(teachingPoints));
  faults.push(
    ...centralSchoolFaults({ kind: school.kind, regionCode, centralSchoolId }, { centralSchool }),
  );
  return decide(faults, () => changedOn(school, effectiveOn, { regionCode, centralSchoolId }));
}

/** A central school that schools still belong to. [REG-04] */
export function inUse(teachingPoints: number): Fault {
  return fault(codes.CENTRAL_SCHOOL_IN_USE, ['schoolId'], { required: 0, actual: teachingPoints });
}

/** What speaks against any change of the school: the level has no say, it isn't open, the day doesn't fit. */
export function schoolFaults(
  school: SchoolFacts,
  effectiveOn: CivilDate,
  { bureauLevels, today }: Asking,
): Fault[] {
  const faults: Fault[] = [];
  if (!hasSay(school.sector, bureauLevels)) {
    const figures = {
      required: sectorChain[school.sector].join(' / '),
      actual: bureauLevels.join(' / ') || '—',
    };
    faults.push(fault(codes.SCHOOL_SECTOR_WITHOUT_LEVEL, ['schoolId'], figures));
  }
  const state = school.state ?? 'open';
  if (state !== 'open') {
    faults.push(fault(codes.SCHOOL_NOT_OPEN, ['schoolId'], { required: 'open', actual: state }));
  }
  const since = school.since ?? null;
  if (since !== null && effectiveOn <= since) {
    const figures = { required: since, actual: effectiveOn };
    faults.push(fault(codes.SCHOOL_CHANGE_TOO_EARLY, ['effectiveOn'], figures));
  }
  if (effectiveOn > today) {
    const figures = { required: today, actual: effectiveOn };
    faults.push(fault(codes.SCHOOL_CHANGE_IN_FUTURE, ['effectiveOn'], figures));
  }
  return faults;
}
