/** The words of a teacher's record, and which sector a stage belongs to. */
import type { Sector } from '../regions/sector-chain.ts';

export const stages = [
  'kindergarten',
  'primary',
  'junior',
  'senior',
  'vocational',
  'higher',
] as const;
export type Stage = (typeof stages)[number];

export const careerStages = ['new', 'in_service', 'young', 'backbone', 'master'] as const;
type CareerStage = (typeof careerStages)[number];

/** Professional titles 职称, of schools and of higher education. */
export const titles = [
  'none',
  'third_grade',
  'second_grade',
  'first_grade',
  'senior',
  'professor_grade_senior',
  'assistant',
  'lecturer',
  'associate_professor',
  'professor',
] as const;
type Title = (typeof titles)[number];

export type TeacherStatus = 'active' | 'left' | 'retired' | 'merged';

/** One stay at one school; `to` is the first day no longer there, null for the present one. */
export type Posting = {
  readonly schoolId: string;
  readonly regionCode: string;
  readonly from: string;
  readonly to: string | null;
};

/** What a record says about the teaching, without anything that names the person. */
export type Profession = {
  readonly stage: Stage;
  readonly subjects: readonly string[];
  readonly title: Title;
  readonly careerStage: CareerStage;
  readonly rural: boolean;
  readonly minorityBilingual: boolean;
  readonly dualQualified: boolean;
  readonly principal: boolean;
  /** Teaches grade 9 or 12 this school year. [REG-07] */
  readonly graduatingClass: boolean;
};

export function sectorOf(stage: Stage): Sector {
  return stage === 'vocational' || stage === 'higher' ? stage : 'basic';
}
