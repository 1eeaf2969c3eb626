/** Who teaches what in a school year; grade 9 and grade 12 are graduating classes. [REG-07] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  schoolYearOf,
} from '@shixun/kernel';
import type { Stage, TeacherStatus } from '../teachers/teacher.ts';
import { codes } from './refusals.ts';

export type Assignment = {
  readonly subject: string;
  /** 1 to 6 primary, 7 to 9 junior, 10 to 12 senior; in vocational and higher education the year of study; 0 kindergarten. */
  readonly grade: number;
  /** Hours a week. */
  readonly weeklyHours: number;
};

export type AssignTeaching = {
  /** The calendar year in which the school year begins. */
  readonly schoolYear: number;
  /** All of the teacher's assignments of that year; an empty list takes them away. */
  readonly assignments: readonly Assignment[];
};

export type AssignTeachingFacts = {
  readonly teacher: {
    readonly status: TeacherStatus;
    readonly stage: Stage;
    readonly graduatingClass: boolean;
  };
  /** Stages that the teacher's school has. */
  readonly schoolStages: readonly Stage[];
};

export type TeachingAssigned = {
  readonly assignments: readonly (Assignment & { readonly graduatingClass: boolean })[];
  /** The teacher's flag after it; only the current school year decides it. */
  readonly graduatingClass: boolean;
};

const gradesOf: Readonly<Record<Stage, readonly [first: number, last: number]>> = {
  kindergarten: [0, 0],
  primary: [1, 6],
  junior: [7, 9],
  senior: [10, 12],
  vocational: [1, 3],
  higher: [1, 8],
};

/** The last grade before the examination for the next stage: the third of junior and of senior secondary school. */
export function isGraduating(grade: number, stages: readonly Stage[]): boolean {
  return (['junior', 'senior'] as const).some(
    (stage) => stages.includes(stage) && grade === gradesOf[stage][1],
  );
}

export function assignTeaching(
  { schoolYear, assignments }: AssignTeaching,
  { teacher, schoolStages }: AssignTeachingFacts,
  today: CivilDate,
): Decision<TeachingAssigned> {
  const current = schoolYearOf(today);
  const faults: Fault[] = [];
  if (teacher.status !== 'active') {
    const figures = { required: 'active', actual: teacher.status };
    faults.push(fault(codes.ASSIGNEE_NOT_ACTIVE, ['teacherId'], figures));
  }
  // The coming year is planned before it begins; what is further away is nobody's plan.
  if (schoolYear > current + 1) {
    const figures = { required: current + 1, actual: schoolYear };
    faults.push(fault(codes.SCHOOL_YEAR_TOO_FAR, ['schoolYear'], figures));
  }
  const seen = new Set<string>();
  for (const [index, { subject, grade }] of assignments.entries()) {
    const path = ['assignments', String(index)];
    const fits = schoolStages.some((stage) => {
      const [first, last] = gradesOf[stage];
      return grade >= first && grade <= last;
    });
    if (!fits) {
      const required = schoolStages.map((stage) => gradesOf[stage].join('–')).join(', ');
      faults.push(
        fault(codes.GRADE_NOT_AT_SCHOOL, [...path, 'grade'], { required, actual: grade }),
      );
    }
    const key = `${subject}/${grade}`;
    if (seen.has(key)) faults.push(fault(codes.ASSIGNMENT_TWICE, path, { actual: key }));
    seen.add(key);
  }
  const flagged = assignments.map((each) => ({
    ...each,
    graduatingClass: isGraduating(each.grade, schoolStages),
  }));
  return decide(faults, () => ({
    assignments: flagged,
    graduatingClass:
      schoolYear === current
        ? flagged.some((each) => each.graduatingClass)
        : teacher.graduatingClass,
  }));
}
