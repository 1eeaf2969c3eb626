/** Leaving, retirement and return: the record and its credit account stay. [REG-05] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type RegionLevel,
} from '@shixun/kernel';
import { hasSay, type Sector, sectorChain } from '../regions/sector-chain.ts';
import { endedOn, movedTo } from './postings.ts';
import { codes } from './refusals.ts';
import { type Posting, type Stage, sectorOf, type TeacherStatus } from './teacher.ts';

export type EndedService = {
  readonly status: 'left' | 'retired';
  readonly postings: readonly Posting[];
};

export type EndServiceFacts = {
  readonly teacher: {
    readonly status: TeacherStatus;
    readonly sector: Sector;
    readonly postings: readonly Posting[];
  };
  /** True when the caller administers the teacher's school itself. */
  readonly actsForSchool: boolean;
  /** Levels on which the caller is the bureau of the teacher's region. */
  readonly bureauLevels: readonly RegionLevel[];
};

/** Ends the service of a teacher; `effectiveOn` is the first day no longer in service. */
export function endService(
  { status, effectiveOn }: { readonly status: 'left' | 'retired'; readonly effectiveOn: CivilDate },
  facts: EndServiceFacts,
  today: CivilDate,
): Decision<EndedService> {
  const { teacher } = facts;
  const faults = sayFaults(teacher.sector, facts, ['teacherId']);
  if (teacher.status !== 'active') {
    const figures = { required: 'active', actual: teacher.status };
    faults.push(fault(codes.TEACHER_NOT_IN_SERVICE, ['teacherId'], figures));
  }
  faults.push(...dayFaults(teacher.postings.at(-1)?.from, effectiveOn, today));
  return decide(faults, () => ({ status, postings: endedOn(teacher.postings, effectiveOn) }));
}

export type ReturnFacts = EndServiceFacts & {
  readonly teacher: { readonly stage: Stage };
  readonly school: {
    readonly id: string;
    readonly sector: Sector;
    readonly regionCode: string;
    readonly rural: boolean;
    readonly state?: string;
  };
};

export type TeacherReturned = {
  readonly status: 'active';
  readonly schoolId: string;
  readonly regionCode: string;
  readonly sector: Sector;
  readonly stage: Stage;
  readonly rural: boolean;
  readonly postings: readonly Posting[];
};

/** Takes a teacher who left or retired back into service. The levels are those of the school returned to. */
export function returnTeacher(
  { effectiveOn, stage: asked }: { readonly effectiveOn: CivilDate; readonly stage: Stage | null },
  facts: ReturnFacts,
  today: CivilDate,
): Decision<TeacherReturned> {
  const { teacher, school } = facts;
  const stage = asked ?? teacher.stage;
  const faults = sayFaults(school.sector, facts, ['toSchoolId']);
  if (teacher.status !== 'left' && teacher.status !== 'retired') {
    const figures = { required: 'left', actual: teacher.status };
    faults.push(fault(codes.TEACHER_NOT_AWAY, ['teacherId'], figures));
  }
  faults.push(...closedSchoolFaults(school, ['toSchoolId']));
  if (sectorOf(stage) !== school.sector) {
    const figures = { required: school.sector, actual: stage };
    faults.push(fault(codes.STAGE_OUTSIDE_SECTOR, ['stage'], figures));
  }
  // The day of leaving is the first day away, so a return on that very day is a return.
  const away = teacher.postings.at(-1)?.to ?? null;
  if (away !== null && effectiveOn < away) {
    const figures = { required: away, actual: effectiveOn };
    faults.push(fault(codes.RETURN_BEFORE_LEAVING, ['effectiveOn'], figures));
  }
  faults.push(...dayFaults(undefined, effectiveOn, today));
  const { id: schoolId, regionCode, sector, rural } = school;
  return decide(faults, () => ({
    status: 'active',
    schoolId,
    regionCode,
    sector,
    stage,
    rural,
    postings: movedTo(teacher.postings, { schoolId, regionCode }, effectiveOn),
  }));
}

/** A school that is merged, split or closed takes nobody. */
export function closedSchoolFaults(
  { state = 'open' }: { readonly state?: string },
  path: readonly string[],
): Fault[] {
  if (state === 'open') return [];
  return [fault(codes.SCHOOL_TAKES_NOBODY, path, { required: 'open', actual: state })];
}

function sayFaults(
  sector: Sector,
  { actsForSchool, bureauLevels }: Pick<EndServiceFacts, 'actsForSchool' | 'bureauLevels'>,
  path: readonly string[],
): Fault[] {
  if (actsForSchool || hasSay(sector, bureauLevels)) return [];
  const required = sectorChain[sector].join(' / ');
  const actual = bureauLevels.join(' / ') || '—';
  return [fault(codes.TEACHER_SECTOR_WITHOUT_LEVEL, path, { required, actual })];
}

function dayFaults(
  since: CivilDate | undefined,
  effectiveOn: CivilDate,
  today: CivilDate,
): Fault[] {
  const faults: Fault[] = [];
  if (since !== undefined && effectiveOn <= since) {
    const figures = { required: since, actual: effectiveOn };
    faults.push(fault(codes.TRANSFER_BEFORE_POSTING, ['effectiveOn'], figures));
  }
  if (effectiveOn > today) {
    const figures = { required: today, actual: effectiveOn };
    faults.push(fault(codes.TRANSFER_IN_FUTURE, ['effectiveOn'], figures));
  }
  return faults;
}
