/** One person, one record: a merge leaves the old id as a redirect for ever; an unmerge takes it back. [REG-16] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { TeacherStatus } from '../teachers/teacher.ts';
import { codes } from './refusals.ts';

export type MergeTeacher = {
  readonly id: string;
  readonly status: TeacherStatus;
  readonly sector: string;
};

export type MergeFacts = {
  readonly teacher: MergeTeacher;
  readonly survivor: MergeTeacher;
  /** True when the caller is a bureau of both. */
  readonly inArea: boolean;
};

export type TeachersMerged = {
  readonly status: 'merged';
  readonly mergedInto: string;
  /** What an unmerge gives back. */
  readonly beforeMerge: TeacherStatus;
};

/** Merges `teacher` into `survivor`. Nothing is taken from either record, so that an unmerge loses nothing. */
export function mergeTeachers({ teacher, survivor, inArea }: MergeFacts): Decision<TeachersMerged> {
  const faults: Fault[] = [];
  if (!inArea) faults.push(fault(codes.MERGE_OUT_OF_AREA, ['survivorId']));
  if (teacher.id === survivor.id) faults.push(fault(codes.MERGE_INTO_ITSELF, ['survivorId']));
  if (teacher.status === 'merged') faults.push(fault(codes.MERGED_ALREADY, ['teacherId']));
  if (survivor.status === 'merged') faults.push(fault(codes.MERGED_ALREADY, ['survivorId']));
  // The record that people work with stays; the other way round the person would be out of service.
  if (teacher.status === 'active' && survivor.status !== 'active' && survivor.status !== 'merged') {
    const figures = { required: 'active', actual: survivor.status };
    faults.push(fault(codes.SURVIVOR_NOT_ACTIVE, ['survivorId'], figures));
  }
  if (teacher.sector !== survivor.sector) {
    const figures = { required: survivor.sector, actual: teacher.sector };
    faults.push(fault(codes.MERGE_SECTORS_DIFFER, ['teacherId'], figures));
  }
  const { status: beforeMerge } = teacher;
  return decide(faults, () => ({ status: 'merged', mergedInto: survivor.id, beforeMerge }));
}

export type UnmergeFacts = {
  readonly teacher: { readonly status: TeacherStatus; readonly beforeMerge?: TeacherStatus };
};

/** Undoes a merge: the record stands by itself again, as it was. */
export function unmergeTeacher({
  teacher,
}: UnmergeFacts): Decision<{ readonly status: TeacherStatus; readonly mergedInto: null }> {
  const faults: Fault[] = [];
  if (teacher.status !== 'merged') {
    const figures = { required: 'merged', actual: teacher.status };
    faults.push(fault(codes.NOT_MERGED, ['teacherId'], figures));
  }
  return decide(faults, () => ({ status: teacher.beforeMerge ?? 'active', mergedInto: null }));
}
