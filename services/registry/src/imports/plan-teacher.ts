/** One row of a file of teachers against what is on record: added, changed, unchanged, or refused. [REG-06] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type RegionLevel,
} from '@shixun/kernel';
import type { Sector } from '../regions/sector-chain.ts';
import {
  type RegisterTeacher,
  registerTeacher,
  type TeacherRegistered,
} from '../teachers/register.ts';
import type { Profession, TeacherStatus } from '../teachers/teacher.ts';
import { type Area, isInArea } from './area.ts';
import type { RowValues } from './read-row.ts';
import { codes } from './refusals.ts';
import { careerStageWords, stageWords, titleWords } from './words.ts';

/** A teacher on record, as far as a file can say something about it. */
export type KnownTeacher = Profession & {
  readonly teacherId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly status: TeacherStatus;
  readonly schoolId: string;
  readonly regionCode: string;
  /** First day of the present posting. */
  readonly since: CivilDate;
};

export type TeacherFacts = {
  readonly area: Area;
  readonly school: {
    readonly schoolId: string;
    readonly sector: Sector;
    readonly regionCode: string;
    readonly rural: boolean;
  } | null;
  readonly known: KnownTeacher | null;
  readonly actsForSchool: boolean;
  readonly bureauLevels: readonly RegionLevel[];
};

type Changeable = Profession & { readonly name: string; readonly phone: string | null };

export type TeacherPlan =
  | {
      readonly verdict: 'added';
      readonly teacher: TeacherRegistered & { readonly regionCode: string };
    }
  | {
      readonly verdict: 'changed';
      readonly teacherId: string;
      readonly changes: Partial<Changeable>;
    }
  | { readonly verdict: 'unchanged'; readonly teacherId: string };

export function planTeacher(
  row: RowValues,
  facts: TeacherFacts,
  today: CivilDate,
): Decision<TeacherPlan> {
  const { area, school, known } = facts;
  if (school === null || !isInArea(area, school)) {
    const figures = { required: area.schoolId ?? area.regionCode };
    return { accepted: false, faults: [fault(codes.IMPORT_OUTSIDE_AREA, ['schoolCode'], figures)] };
  }
  const command = commandOf(row, school, known);
  const identityNumberTaken = known !== null && !isInArea(area, known);
  const { actsForSchool, bureauLevels } = facts;
  const decision = registerTeacher(
    command,
    { school, identityNumberTaken, actsForSchool, bureauLevels },
    today,
  );
  const faults = [
    ...(decision.accepted ? [] : decision.faults),
    ...(known === null || identityNumberTaken ? [] : recordFaults(command, known)),
  ];
  if (faults.length > 0 || !decision.accepted) return { accepted: false, faults };
  const registered = decision.outcome;
  return decide(faults, () => {
    if (known === null) {
      return { verdict: 'added', teacher: { ...registered, regionCode: school.regionCode } };
    }
    const { teacherId } = known;
    const changes = changesOf(known, registered);
    return Object.keys(changes).length === 0
      ? { verdict: 'unchanged', teacherId }
      : { verdict: 'changed', teacherId, changes };
  });
}

/** What the row says, with what is on record, or what is usual, where it says nothing. */
function commandOf(
  row: RowValues,
  school: NonNullable<TeacherFacts['school']>,
  known: KnownTeacher | null,
): RegisterTeacher {
  return {
    name: row.text('name') ?? '',
    identityNumber: row.text('identityNumber') ?? '',
    phone: row.text('phone') ?? known?.phone ?? null,
    schoolId: school.schoolId,
    since: row.text('since') ?? '',
    stage: row.word('stage', stageWords) ?? 'primary',
    subjects: row.list('subjects') ?? [],
    title: row.word('title', titleWords) ?? known?.title ?? 'none',
    careerStage: row.word('careerStage', careerStageWords) ?? known?.careerStage ?? 'in_service',
    rural: row.flag('rural') ?? known?.rural ?? school.rural,
    minorityBilingual: row.flag('minorityBilingual') ?? known?.minorityBilingual ?? false,
    dualQualified: row.flag('dualQualified') ?? known?.dualQualified ?? false,
    principal: row.flag('principal') ?? known?.principal ?? false,
    graduatingClass: row.flag('graduatingClass') ?? known?.graduatingClass ?? false,
  };
}

/** A file changes what a teacher is now; where he or she was and is has commands of its own. */
function recordFaults(command: RegisterTeacher, known: KnownTeacher): readonly Fault[] {
  if (known.status !== 'active') {
    const figures = { required: 'active', actual: known.status };
    return [fault(codes.IMPORT_TEACHER_NOT_ACTIVE, ['identityNumber'], figures)];
  }
  if (known.schoolId !== command.schoolId) {
    return [fault(codes.IMPORT_TEACHER_AT_OTHER_SCHOOL, ['schoolCode'])];
  }
  if (known.since === command.since) return [];
  const figures = { required: known.since, actual: command.since };
  return [fault(codes.IMPORT_SINCE_DIFFERS, ['since'], figures)];
}

function changesOf(known: KnownTeacher, wanted: TeacherRegistered): Partial<Changeable> {
  const fields = [
    'name',
    'phone',
    'stage',
    'title',
    'careerStage',
    'rural',
    'minorityBilingual',
    'dualQualified',
    'principal',
    'graduatingClass',
  ] as const;
  const changed = fields.filter((field) => known[field] !== wanted[field]);
  const sameSubjects = [...known.subjects].sort().join() === [...wanted.subjects].sort().join();
  return {
    ...Object.fromEntries(changed.map((field) => [field, wanted[field]])),
    ...(sameSubjects ? {} : { subjects: wanted.subjects }),
  };
}

/** In which column of the file a fault of the decision lies. */
export const teacherColumnOf: Readonly<Record<string, string>> = { schoolId: 'schoolCode' };
