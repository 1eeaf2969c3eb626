/** The trainers of the demo province, one in seven from another province. */
import { type CivilDate, civilDateOf, national } from '@shixun/kernel';
import { recordExpert, recordTrainer, type TrainerRow } from '@shixun/registry/bulk';
import type { Unit } from '@shixun/runtime';
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
const { poolTermYears: termYears } = national.figures;
const poolStages = ['kindergarten', 'primary', 'junior', 'senior'] as const;
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
/** The first ones are the people of the story: at home in the province and in the pool. */
export const storyTrainers = 12;
/** Who reviews bids; after the trainers of the story, since nobody reviews a bid with whose team he or she teaches. */
export const reviewingTrainer = 12;

/** Trainers are numbered apart from teachers, so that they have names of their own. */
export const trainerNameOffset = 5_000_000;

export function trainerAt(n: number, schools: readonly PlannedSchool[], now: Date): TrainerRow {
  const kind = pick(kinds, n, 20);
  const outside = n > reviewingTrainer && chance(14, n, 21);
  const school = schools[mixed(n, 22) % schools.length];
  const first = pick(subjects, n, 23);
  return {
    _id: idOf('trainer', n),
    name: nameOf(trainerNameOffset + n),
    kind,
    fullTime: kind === 'teaching_researcher',
    homeProvinceCode: outside ? pick(otherProvinces, n, 24) : '140000',
    inPool: n <= reviewingTrainer || chance(80, n, 25),
    subjects: [...new Set([first, pick(subjects, n, 26)])],
    specialty: pick(specialties, n, 27),
    schoolId: kind === 'frontline_teacher' && !outside ? (school?._id ?? null) : null,
    institutionId: null,
    registeredAt: now,
  };
}

/** Writes a trainer; who is in the pool is a member of the province's for a term that has just begun. [REG-10] */
export function writeTrainer(unit: Unit, n: number, schools: readonly PlannedSchool[]): void {
  const trainer = trainerAt(n, schools, unit.now);
  recordTrainer(unit, trainer);
  if (!trainer.inPool) return;
  const { _id: trainerId, kind, subjects, homeProvinceCode } = trainer;
  const admittedOn: CivilDate = civilDateOf(unit.now);
  recordExpert(
    unit,
    {
      _id: idOf('poolMembership', n),
      trainerId,
      regionCode: '140000',
      kind,
      subjects,
      stages: [pick(poolStages, n, 28), pick(poolStages, n, 29)].filter(
        (stage, at, all) => all.indexOf(stage) === at,
      ),
      outOfProvince: homeProvinceCode !== '140000',
    },
    { admittedOn, termYears },
  );
}
