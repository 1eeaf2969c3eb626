/** Moves a teacher to another school; where he or she was stays on record. [REG-05] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Sector } from '../regions/sector-chain.ts';
import { closedSchoolFaults } from './career.ts';
import { movedTo } from './postings.ts';
import { codes } from './refusals.ts';
import { type Posting, type Stage, sectorOf, type TeacherStatus } from './teacher.ts';

export type TransferTeacher = {
  readonly teacherId: string;
  readonly toSchoolId: string;
  /** First day at the new school. */
  readonly effectiveOn: CivilDate;
  /** The stage taught from then on; null keeps the present one. */
  readonly stage: Stage | null;
};

export type TransferTeacherFacts = {
  readonly teacher: {
    readonly status: TeacherStatus;
    readonly stage: Stage;
    readonly schoolId: string;
    readonly postings: readonly Posting[];
  };
  readonly school: {
    readonly sector: Sector;
    readonly regionCode: string;
    readonly rural: boolean;
    /** Open when not said. */
    readonly state?: string;
  };
  /** True when the caller is a bureau of the new school's region too. */
  readonly inArea: boolean;
};

export type TeacherTransferred = {
  readonly schoolId: string;
  readonly regionCode: string;
  readonly sector: Sector;
  readonly stage: Stage;
  readonly rural: boolean;
  readonly postings: readonly Posting[];
};

export function transferTeacher(
  command: TransferTeacher,
  { teacher, school, inArea }: TransferTeacherFacts,
  today: CivilDate,
): Decision<TeacherTransferred> {
  const { toSchoolId: schoolId, effectiveOn } = command;
  const stage = command.stage ?? teacher.stage;
  const faults: Fault[] = [];
  if (!inArea) {
    const figures = { actual: school.regionCode };
    faults.push(fault(codes.TRANSFER_OUT_OF_AREA, ['toSchoolId'], figures));
  }
  if (teacher.status !== 'active') {
    const figures = { required: 'active', actual: teacher.status };
    faults.push(fault(codes.TEACHER_NOT_ACTIVE, ['teacherId'], figures));
  }
  faults.push(...closedSchoolFaults(school, ['toSchoolId']));
  if (teacher.schoolId === schoolId) faults.push(fault(codes.ALREADY_AT_SCHOOL, ['toSchoolId']));
  const since = teacher.postings.at(-1)?.from ?? '';
  if (effectiveOn <= since) {
    const figures = { required: since, actual: effectiveOn };
    faults.push(fault(codes.TRANSFER_BEFORE_POSTING, ['effectiveOn'], figures));
  }
  if (effectiveOn > today) {
    const figures = { required: today, actual: effectiveOn };
    faults.push(fault(codes.TRANSFER_IN_FUTURE, ['effectiveOn'], figures));
  }
  if (sectorOf(stage) !== school.sector) {
    const figures = { required: school.sector, actual: stage };
    faults.push(fault(codes.STAGE_OUTSIDE_SECTOR, ['stage'], figures));
  }
  return decide(faults, () => {
    const { regionCode, sector, rural } = school;
    const postings = movedTo(teacher.postings, { schoolId, regionCode }, effectiveOn);
    return { schoolId, regionCode, sector, stage, rural, postings };
  });
}
