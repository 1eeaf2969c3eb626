/** The trainers of the demo province, one in seven from another province. */
import type { TrainerRow } from '@shixun/registry/bulk';
import { nameOf } from './people.ts';
import type { PlannedSchool } from './schools.ts';
import { chance, idOf, mixed, pick } from './seeded.ts';
import type { ProvinceSize } from './size.ts';

export const trainersOf: Readonly<Record<ProvinceSize, number>> = {
  small: 120,
  city: 600,
  province: 3_000,
};

const kinds = [
  'university_expert',
  'teaching_researcher',
  'frontline_teacher',
  'frontline_teacher',
  'frontline_teacher',
  'other',
] as const;
const otherProvinces = ['110000', '310000', '320000', '330000', '610000'] as const;
const subjects = [
  'chinese',
  'mathematics',
  'english',
  'science',
  'preschool',
  'it',
  'pe',
  'art',
] as const;
const specialties = [
  '单元整体教学设计',
  '课堂观察与诊断',
  '师德与教师职业规范',
  '信息技术与学科融合',
  '校本研修的组织与指导',
  '学业质量评价',
] as const;
/** Trainers are numbered apart from teachers, so that they have names of their own. */
const nameOffset = 5_000_000;

export function trainerAt(n: number, schools: readonly PlannedSchool[], now: Date): TrainerRow {
  const kind = pick(kinds, n, 20);
  const outside = n >= 12 && chance(14, n, 21);
  const school = schools[mixed(n, 22) % schools.length];
  const first = pick(subjects, n, 23);
  return {
    _id: idOf('trainer', n),
    name: nameOf(nameOffset + n),
    kind,
    fullTime: kind === 'teaching_researcher',
    homeProvinceCode: outside ? pick(otherProvinces, n, 24) : '140000',
    inPool: n < 12 || chance(80, n, 25),
    subjects: [...new Set([first, pick(subjects, n, 26)])],
    specialty: pick(specialties, n, 27),
    schoolId: kind === 'frontline_teacher' && !outside ? (school?._id ?? null) : null,
    institutionId: null,
    registeredAt: now,
  };
}
