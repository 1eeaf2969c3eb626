/** The teachers of the demo province, each following from his or her number. */
import {
  type PersonToRecord,
  type SealedPerson,
  schoolKindFacts,
  sealingWith,
  sealPerson,
  type TeacherRow,
} from '@shixun/registry/bulk';
import { bornOn, identityNumberOf, nameOf, phoneOf } from './people.ts';
import type { PlannedSchool } from './schools.ts';
import { chance, idOf, mixed, pick } from './seeded.ts';

type Words = readonly [string, ...string[]];
const secondary: Words = [
  'chinese',
  'mathematics',
  'english',
  'physics',
  'chemistry',
  'biology',
  'politics',
  'history',
  'geography',
  'pe',
  'music',
  'art',
  'it',
];

const subjectsOf: Readonly<Record<TeacherRow['stage'], Words>> = {
  kindergarten: ['preschool'],
  primary: ['chinese', 'mathematics', 'english', 'science', 'pe', 'music', 'art', 'labour', 'it'],
  junior: secondary,
  senior: secondary,
  vocational: ['it', 'mathematics', 'english', 'chinese', 'labour', 'art'],
  higher: ['preschool', 'mental_health', 'chinese', 'mathematics', 'english', 'it'],
};

/** What of a teacher follows from number and school alone, before anything is sealed. */
export type TeacherProfile = Omit<TeacherRow, keyof SealedPerson | 'postings' | 'registeredAt'>;

/** The i-th teacher of the school; the first is its principal. `year` is the one in which the province is loaded. */
export function profileAt(school: PlannedSchool, index: number, year: number): TeacherProfile {
  const n = school.firstTeacher + index;
  const stages = schoolKindFacts[school.kind].stages;
  const stage = stages[mixed(n, 10) % stages.length] ?? 'primary';
  const age = year - Number(bornOn(n).slice(0, 4));
  return {
    _id: idOf('teacher', n),
    name: nameOf(n),
    status: 'active',
    mergedInto: null,
    sector: school.sector,
    stage,
    subjects: [pick(subjectsOf[stage], n, 11)],
    title: titleOf(stage, age, n),
    careerStage: careerStageOf(age, n),
    rural: school.rural,
    minorityBilingual: false,
    dualQualified: stage === 'vocational' && chance(45, n, 12),
    principal: index === 0,
    graduatingClass: (stage === 'junior' || stage === 'senior') && chance(30, n, 13),
    schoolId: school._id,
    regionCode: school.regionCode,
  };
}

/** The row of the registry: the profile, the sealed person, the one posting. */
export function teacherAt(
  school: PlannedSchool,
  index: number,
  { personalDataKey, now }: { readonly personalDataKey: Buffer; readonly now: Date },
): TeacherRow & PersonToRecord {
  const n = school.firstTeacher + index;
  const year = now.getUTCFullYear();
  const profile = profileAt(school, index, year);
  const began = Math.min(year - 1, Number(bornOn(n).slice(0, 4)) + 24);
  const { schoolId, regionCode } = profile;
  const person = { identityNumber: identityNumberOf(n), phone: phoneOf(n), name: profile.name };
  return {
    ...profile,
    ...sealPerson(sealingWith(personalDataKey), profile._id, person),
    postings: [{ schoolId, regionCode, from: `${began}-09-01`, to: null }],
    registeredAt: now,
  };
}

function careerStageOf(age: number, n: number): TeacherRow['careerStage'] {
  if (age < 27) return 'new';
  if (age < 36) return 'young';
  if (age >= 42 && chance(2, n, 14)) return 'master';
  return chance(18, n, 15) ? 'backbone' : 'in_service';
}

function titleOf(stage: TeacherRow['stage'], age: number, n: number): TeacherRow['title'] {
  const rank = Math.min(3, Math.max(0, Math.floor((age - 24) / 8) - (mixed(n, 16) % 2)));
  return stage === 'higher'
    ? ((['assistant', 'lecturer', 'associate_professor', 'professor'] as const)[rank] ??
        'assistant')
    : ((['third_grade', 'second_grade', 'first_grade', 'senior'] as const)[rank] ?? 'none');
}
