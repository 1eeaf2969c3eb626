/** Merges, splits and closes schools; who takes the people over is named, and they follow in batches. [REG-05, REG-04] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { type Asking, inUse, type SchoolFacts, schoolFaults } from './change.ts';
import { changedOn, type SchoolState, type SchoolVersion } from './history.ts';
import { codes } from './refusals.ts';

/** A school's end, or the part of it that goes elsewhere. */
export type SchoolReorganized = {
  readonly schoolId: string;
  readonly kind: 'merged' | 'split' | 'closed';
  readonly successors: readonly string[];
  /** What is written to the school; null when it goes on. */
  readonly written: {
    readonly state: SchoolState;
    readonly since: CivilDate;
    readonly past: readonly SchoolVersion[];
  } | null;
};

/** A school that ends, with what hangs on it. */
export type EndingSchool = SchoolFacts & {
  /** How many village schools and teaching points belong to it. */
  readonly teachingPoints: number;
  readonly hasTeachers: boolean;
};

export type MergeSchoolsFacts = {
  readonly schools: readonly EndingSchool[];
  readonly into: SchoolFacts;
};

/** Merges schools into one that stays. Teaching points of a central school need one of the same township. */
export function mergeSchools(
  { effectiveOn }: { readonly effectiveOn: CivilDate },
  { schools, into }: MergeSchoolsFacts,
  asking: Asking,
): Decision<readonly SchoolReorganized[]> {
  const faults = openFaults(into, ['intoSchoolId']);
  for (const [index, school] of schools.entries()) {
    faults.push(...schoolFaults(school, effectiveOn, asking));
    if (school.id === into.id) {
      faults.push(fault(codes.SCHOOL_INTO_ITSELF, ['schoolIds', String(index)]));
    }
    faults.push(...sectorFaults(school, into, ['intoSchoolId']));
    const heir = into.kind === 'central' && into.regionCode === school.regionCode;
    if (school.teachingPoints > 0 && !heir) faults.push(inUse(school.teachingPoints));
  }
  return decide(faults, () =>
    schools.map((school) => ended(school, 'merged', [into.id], effectiveOn)),
  );
}

export type SplitSchool = {
  readonly effectiveOn: CivilDate;
  /** True when the school itself goes on with whoever is not named. */
  readonly goesOn: boolean;
  readonly parts: readonly { readonly schoolId: string; readonly teacherIds: readonly string[] }[];
};

export type SplitSchoolFacts = {
  readonly school: EndingSchool;
  readonly parts: readonly SchoolFacts[];
  /** Of the teachers named: those who are at the school. */
  readonly staffIds: ReadonlySet<string>;
};

/** Splits a school: the teachers named go to their part; of a school that ends, the others go to the first part. */
export function splitSchool(
  { effectiveOn, goesOn, parts }: SplitSchool,
  facts: SplitSchoolFacts,
  asking: Asking,
): Decision<readonly SchoolReorganized[]> {
  const { school, staffIds } = facts;
  const faults = schoolFaults(school, effectiveOn, asking);
  const seen = new Set<string>();
  for (const [index, part] of facts.parts.entries()) {
    const path = ['parts', String(index), 'schoolId'];
    if (part.id === school.id) faults.push(fault(codes.SCHOOL_INTO_ITSELF, path));
    faults.push(...openFaults(part, path), ...sectorFaults(school, part, path));
  }
  for (const [index, { teacherIds }] of parts.entries()) {
    for (const teacherId of teacherIds) {
      const path = ['parts', String(index), 'teacherIds'];
      if (!staffIds.has(teacherId)) {
        faults.push(fault(codes.TEACHER_NOT_AT_SCHOOL, path, { actual: teacherId }));
      }
      if (seen.has(teacherId)) {
        faults.push(fault(codes.TEACHER_NAMED_TWICE, path, { actual: teacherId }));
      }
      seen.add(teacherId);
    }
  }
  if (!goesOn && school.teachingPoints > 0) faults.push(inUse(school.teachingPoints));
  const successors = facts.parts.map(({ id }) => id);
  return decide(faults, () => [
    goesOn
      ? { schoolId: school.id, kind: 'split', successors, written: null }
      : ended(school, 'split', successors, effectiveOn),
  ]);
}

/** Closes a school that nobody teaches at and no teaching point belongs to. */
export function closeSchool(
  { effectiveOn }: { readonly effectiveOn: CivilDate },
  school: EndingSchool,
  asking: Asking,
): Decision<readonly SchoolReorganized[]> {
  const faults = schoolFaults(school, effectiveOn, asking);
  if (school.hasTeachers) faults.push(fault(codes.SCHOOL_HAS_TEACHERS, ['schoolId']));
  if (school.teachingPoints > 0) faults.push(inUse(school.teachingPoints));
  return decide(faults, () => [ended(school, 'closed', [], effectiveOn)]);
}

function ended(
  school: SchoolFacts,
  state: 'merged' | 'split' | 'closed',
  successors: readonly string[],
  effectiveOn: CivilDate,
): SchoolReorganized {
  const written = changedOn(school, effectiveOn, { state });
  return { schoolId: school.id, kind: state, successors, written };
}

function openFaults(school: SchoolFacts, path: readonly string[]): Fault[] {
  const state = school.state ?? 'open';
  if (state === 'open') return [];
  return [fault(codes.SCHOOL_NOT_OPEN, path, { required: 'open', actual: state })];
}

function sectorFaults(from: SchoolFacts, to: SchoolFacts, path: readonly string[]): Fault[] {
  if (from.sector === to.sector) return [];
  const figures = { required: from.sector, actual: to.sector };
  return [fault(codes.SCHOOL_SECTOR_DIFFERS, path, figures)];
}
