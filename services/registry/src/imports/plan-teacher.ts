/** One row of a file of teachers against what is on record: added, changed, moved, unchanged, or refused. [REG-05, REG-06] */
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
import type { Posting, Profession, TeacherStatus } from '../teachers/teacher.ts';
import { type TeacherTransferred, transferTeacher } from '../teachers/transfer.ts';
import { type Area, isInArea } from './area.ts';
import type { RowValues } from './read-row.ts';
import { codes } from './refusals.ts';
import { careerStageWords, stageWords, titleWords } from './words.ts';

/** A teacher on record, as far as a file can say something about it. */
export type KnownTeacher = Profession & {
  readonly teacherId: string;
  readonly name: string;
  /** Null too when the row says no number: then nobody asks which one is on record. */
  readonly phone: string | null;
  readonly status: TeacherStatus;
  readonly schoolId: string;
  readonly regionCode: string;
  /** Earliest first; the last is the present one. */
  readonly postings: readonly Posting[];
};

export type TeacherFacts = {
  readonly area: Area;
  readonly school: {
    readonly schoolId: string;
    readonly sector: Sector;
    readonly regionCode: string;
    readonly rural: boolean;
    /** Open when not said. */
    readonly state?: string;
  } | null;
  readonly known: KnownTeacher | null;
  /** Whether who is on record at another school of the area may be moved: always in the dry run, which only offers it. */
  readonly transfers: boolean;
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
  | {
      readonly verdict: 'transferred';
      readonly teacherId: string;
      readonly changes: Partial<Changeable> & Moved;
      readonly fromSchoolId: string;
      /** First day at the new school. */
      readonly on: CivilDate;
    }
  | { readonly verdict: 'unchanged'; readonly teacherId: string };

type Moved = Pick<TeacherTransferred, 'schoolId' | 'regionCode' | 'sector' | 'postings'>;

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
  const registered = decision.accepted ? decision.outcome : null;
  const faults = [...(decision.accepted ? [] : decision.faults)];
  const onRecord = known !== null && !identityNumberTaken ? known : null;
  const move =
    onRecord !== null && onRecord.schoolId !== command.schoolId
      ? planMove(command, { ...facts, known: onRecord, school }, today)
      : null;
  if (move !== null && !move.accepted) faults.push(...move.faults.filter(isNew(faults)));
  if (move === null && onRecord !== null) faults.push(...recordFaults(command, onRecord));
  if (faults.length > 0 || registered === null) return { accepted: false, faults };
  return decide(faults, () => {
    if (known === null) {
      return { verdict: 'added', teacher: { ...registered, regionCode: school.regionCode } };
    }
    const { teacherId } = known;
    const changes = changesOf(known, registered);
    if (move?.accepted) {
      const { schoolId, regionCode, sector, postings } = move.outcome;
      const moved = { schoolId, regionCode, sector, postings };
      const from = { fromSchoolId: known.schoolId, on: command.since };
      return { verdict: 'transferred', teacherId, changes: { ...changes, ...moved }, ...from };
    }
    return Object.keys(changes).length === 0
      ? { verdict: 'unchanged', teacherId }
      : { verdict: 'changed', teacherId, changes };
  });
}

/** By the very decision of the command; the day is the one that the row gives as the first at the school. [REG-05] */
function planMove(
  command: RegisterTeacher,
  facts: Pick<TeacherFacts, 'transfers' | 'bureauLevels'> & {
    readonly known: KnownTeacher;
    readonly school: NonNullable<TeacherFacts['school']>;
  },
  today: CivilDate,
): Decision<TeacherTransferred> {
  const { known: teacher, school, transfers, bureauLevels } = facts;
  if (!transfers) {
    const faults = [fault(codes.IMPORT_TEACHER_AT_OTHER_SCHOOL, ['schoolCode'])];
    return { accepted: false, faults };
  }
  const { schoolId: toSchoolId, since: effectiveOn, stage } = command;
  return transferTeacher(
    { teacherId: teacher.teacherId, toSchoolId, effectiveOn, stage },
    { teacher, school, inArea: bureauLevels.length > 0 },
    today,
  );
}

/** The new school is looked at by both decisions. */
function isNew(faults: readonly Fault[]): (each: Fault) => boolean {
  const said = new Set(faults.map(({ code }) => code.name));
  return ({ code }) => !said.has(code.name);
}

/** What the row says, with what is on record, or what is usual, where it says nothing. */
function commandOf(
  row: RowValues,
  school: NonNullable<TeacherFacts['school']>,
  known: KnownTeacher | null,
): RegisterTeacher {
  const stays = known !== null && known.schoolId === school.schoolId;
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
    rural: row.flag('rural') ?? (stays ? known.rural : school.rural),
    minorityBilingual: row.flag('minorityBilingual') ?? known?.minorityBilingual ?? false,
    dualQualified: row.flag('dualQualified') ?? known?.dualQualified ?? false,
    principal: row.flag('principal') ?? known?.principal ?? false,
    graduatingClass: row.flag('graduatingClass') ?? known?.graduatingClass ?? false,
  };
}

/** A file says what a teacher is now, and from which day on where; it doesn't write history anew. */
function recordFaults(command: RegisterTeacher, known: KnownTeacher): readonly Fault[] {
  if (known.status !== 'active') {
    const figures = { required: 'active', actual: known.status };
    return [fault(codes.IMPORT_TEACHER_NOT_ACTIVE, ['identityNumber'], figures)];
  }
  const since = known.postings.at(-1)?.from ?? '';
  if (since === command.since) return [];
  const figures = { required: since, actual: command.since };
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
export const teacherColumnOf: Readonly<Record<string, string>> = {
  schoolId: 'schoolCode',
  toSchoolId: 'schoolCode',
  effectiveOn: 'since',
  teacherId: 'identityNumber',
};
