/** Areas 领域 of training: a stage with a subject, or with a facet that is no subject of its own. [PLN-08] */
import { regionPath } from '@shixun/kernel';
import type { Audience, Stage } from '../projects/project.ts';
import type { Counts } from './counting.ts';

/** Areas that the documents name as scarce: music, PE, art, minority-bilingual, rural. */
export const specialSubjects: readonly string[] = [
  'music',
  'pe',
  'art',
  'minority_bilingual',
  'rural',
];

export type CountedTeacher = {
  readonly status: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  readonly rural: boolean;
  readonly minorityBilingual: boolean;
  readonly regionCode: string;
  readonly schoolId: string;
};

/** Province, city and county of a place; a township counts as its county. */
export function regionsAbove(regionCode: string): readonly string[] {
  return regionPath(regionCode.slice(0, 6));
}

export function areaKey(regionCode: string, stage: string, subject: string): string {
  return `${regionCode}/${stage}/${subject}`;
}

/** What a teacher adds to the counters of areas: one in each area, in each region above. */
export function teacherCounts(teacher: CountedTeacher | null): Counts {
  if (teacher === null || teacher.status !== 'active') return {};
  const { stage, subjects, rural, minorityBilingual } = teacher;
  const areas = areasOf(subjects, { rural, minorityBilingual });
  return Object.fromEntries(
    regionsAbove(teacher.regionCode).flatMap((region) =>
      areas.map((area) => [areaKey(region, stage, area), 1]),
    ),
  );
}

/** What a teacher adds to the staff of schools. [PLN-09] */
export function staffCounts(teacher: CountedTeacher | null): Counts {
  return teacher?.status === 'active' ? { [teacher.schoolId]: 1 } : {};
}

/** The areas that a project serves, under its one stage. */
export function areasOfProject(project: {
  readonly subject: string;
  readonly audience: Audience;
}): readonly string[] {
  const { ruralOnly: rural, minorityBilingualOnly: minorityBilingual } = project.audience;
  return areasOf([project.subject], { rural, minorityBilingual });
}

function areasOf(
  subjects: readonly string[],
  facets: { readonly rural: boolean; readonly minorityBilingual: boolean },
): readonly string[] {
  const named = [
    ...subjects,
    ...(facets.rural ? ['rural'] : []),
    ...(facets.minorityBilingual ? ['minority_bilingual'] : []),
  ];
  return [...new Set(named)];
}

type Tally = { readonly stage: Stage; readonly subject: string };
export type TeacherTally = Tally & { readonly teachers: number };
export type YearTally = Tally & { readonly places: number; readonly asked: number };

/** Demand against supply in one area of one region and year. */
export type ScarceArea = Tally & {
  readonly special: boolean;
  readonly teachers: number;
  /** Teachers who asked for it in needs surveys closed in the year. */
  readonly asked: number;
  readonly demand: number;
  readonly demandFrom: 'survey' | 'registry';
  readonly places: number;
  /** Places that are missing; below 0 when there are more than are needed. */
  readonly gap: number;
};

/**
 * Every area, the widest gap first. Demand is what needs surveys asked for, at most all teachers; where nobody was
 * asked, every teacher of the area, since each is trained every year. [PLN-08, CRD-06]
 */
export function areasByGap(
  teachers: readonly TeacherTally[],
  years: readonly YearTally[],
): readonly ScarceArea[] {
  const keyOf = ({ stage, subject }: Tally) => `${stage}/${subject}`;
  const teachersBy = new Map(teachers.map((row) => [keyOf(row), row]));
  const yearsBy = new Map(years.map((row) => [keyOf(row), row]));
  const all = new Map([...teachers, ...years].map((row) => [keyOf(row), row]));
  return [...all.entries()]
    .map(([key, { stage, subject }]) =>
      areaOf({ stage, subject }, teachersBy.get(key)?.teachers ?? 0, yearsBy.get(key)),
    )
    .filter(({ teachers: known, asked, places }) => known + asked + places > 0)
    .sort((a, b) => b.gap - a.gap || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function areaOf(tally: Tally, teachers: number, year: YearTally | undefined): ScarceArea {
  const asked = year?.asked ?? 0;
  const places = year?.places ?? 0;
  const surveyed = asked > 0;
  const demand = surveyed ? (teachers > 0 ? Math.min(asked, teachers) : asked) : teachers;
  return {
    ...tally,
    special: specialSubjects.includes(tally.subject),
    teachers,
    asked,
    demand,
    demandFrom: surveyed ? 'survey' : 'registry',
    places,
    gap: demand - places,
  };
}
