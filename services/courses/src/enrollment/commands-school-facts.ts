/** What the school's word depends on: its staff, and who of it is away when. Read once for a whole batch. [PLN-09] */
import type { PolicyFigures } from '@shixun/kernel';
import type { Unit } from '@shixun/runtime';
import type { SchoolClass } from '../forecast/forecast.ts';
import { meetingsOf, schoolClassesFrom, schoolClassOf } from '../forecast/readers.ts';
import { schoolClasses } from '../forecast/store.ts';
import type { TeacherRow } from '../projections/teachers.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { staffRows } from '../supply/store.ts';
import { notices } from './notices.ts';
import type { SchoolWordFacts } from './school-word.ts';
import type { EnrollmentRow } from './store.ts';

type ClassDates = Pick<
  TrainingClassRow,
  '_id' | 'modality' | 'state' | 'opensOn' | 'closesOn' | 'ownerRegionCode'
>;
type Teacher = Pick<TeacherRow, '_id' | 'schoolId' | 'regionCode' | 'graduatingClass'>;

export type SchoolsAhead = {
  /** Teachers in post of the schools whose staff is known. */
  readonly staff: ReadonlyMap<string, number>;
  /** The classes of each school that are not over; those that the batch adds stand behind them. */
  readonly classes: ReadonlyMap<string, (SchoolClass & { readonly classId: string })[]>;
};

/** Two indexed reads for a batch, the second only where a school's staff is known. */
export async function readSchoolsAhead(
  asked: { readonly teachers: readonly Teacher[]; readonly classes: readonly ClassDates[] },
  unit: Unit,
): Promise<SchoolsAhead> {
  const ids = [...new Set(asked.teachers.map(({ schoolId }) => schoolId))];
  const known = ids.length === 0 ? [] : await unit.find(staffRows, { _id: { $in: ids } });
  const staff = new Map(known.filter(({ staff }) => staff > 0).map((row) => [row._id, row.staff]));
  const from = asked.classes.map(({ opensOn }) => opensOn ?? '').toSorted()[0] ?? '';
  const rows =
    staff.size === 0
      ? []
      : await unit.findFields(schoolClasses, schoolClassesFrom([...staff.keys()], from), [
          'schoolId',
          'classId',
          'away',
          'days',
          'trainees',
        ]);
  const classes = new Map([...staff.keys()].map((id): [string, SchoolAway[]] => [id, []]));
  for (const row of rows) {
    const { schoolId, classId } = row;
    if (row.away) classes.get(schoolId)?.push({ ...schoolClassOf(row), classId });
  }
  return { staff, classes };
}

type SchoolAway = SchoolClass & { readonly classId: string };

/** What decides whether the school of one teacher is asked about one class. */
export function schoolWordFacts(
  {
    teacher,
    row,
    sessions,
    figures,
  }: {
    readonly teacher: Teacher;
    readonly row: ClassDates;
    readonly sessions: TrainingClassRow['sessions'];
    readonly figures: PolicyFigures;
  },
  { schools }: { readonly schools: SchoolsAhead },
): SchoolWordFacts {
  const { graduatingClass, schoolId } = teacher;
  const { opensOn, closesOn } = row;
  const staff = schools.staff.get(schoolId);
  const absence =
    staff === undefined
      ? null
      : {
          teacherId: teacher._id,
          trainingClass: meetingsOf({ ...row, sessions }),
          classes: schools.classes.get(schoolId) ?? [],
          staff,
          awayShareMax: figures.schoolAwayShareMax,
        };
  return { graduatingClass, opensOn, closesOn, figures, absence };
}

/** A place taken in this batch counts for the next of the same school; the forecast hears of it later. */
export function countAway(
  { schoolId, teacherId, classId }: EnrollmentRow,
  {
    school,
    batch,
  }: { readonly school: SchoolWordFacts; readonly batch: { readonly schools: SchoolsAhead } },
): void {
  if (school.absence === null) return;
  const { away, days } = school.absence.trainingClass;
  batch.schools.classes.get(schoolId)?.push({ classId, away, days, teacherIds: [teacherId] });
}

const reasons = {
  graduating_class: {
    reasonZh: '毕业班教师学期中离校参训',
    reasonEn: 'a teacher of a graduating class would be away in term time',
  },
  staff_away: {
    reasonZh: '当日外出培训教师将超过学校上限',
    reasonEn: 'more of the staff would be away on one day than the school’s ceiling',
  },
} as const;

/** Asks the school for its word on an enrollment whose place is held. */
export function askSchool(enrollment: EnrollmentRow, unit: Unit): void {
  const { _id, schoolId, teacherId, classId, question, respondBy } = enrollment;
  if (!question || respondBy === null) return;
  unit.notify({
    notice: notices.SCHOOL_ASKED,
    to: { schoolId },
    subject: _id,
    figures: { teacherId, classId, respondBy: respondBy.toISOString(), ...reasons[question] },
  });
}
