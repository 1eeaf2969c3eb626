/** Kinds of schools: the sector and stages each belongs to, and the class digits its code begins with. */
import type { Sector } from '../regions/sector-chain.ts';

export const schoolKinds = [
  'kindergarten',
  'primary',
  'junior',
  'nine_year',
  'senior',
  'complete_secondary',
  'vocational',
  'higher',
  'special',
  'central',
  'village',
  'teaching_point',
] as const;

export type SchoolKind = (typeof schoolKinds)[number];

type Stage = 'kindergarten' | 'primary' | 'junior' | 'senior' | 'vocational' | 'higher';

type KindFacts = {
  readonly sector: Sector;
  readonly stages: readonly Stage[];
  /** First two digits of the school code 学校标识码. */
  readonly classDigits: string;
};

/** The class digits are our own reading of codes in use; no document of the four gives them. */
export const schoolKindFacts: Readonly<Record<SchoolKind, KindFacts>> = {
  kindergarten: { sector: 'basic', stages: ['kindergarten'], classDigits: '11' },
  primary: { sector: 'basic', stages: ['primary'], classDigits: '21' },
  junior: { sector: 'basic', stages: ['junior'], classDigits: '31' },
  nine_year: { sector: 'basic', stages: ['primary', 'junior'], classDigits: '31' },
  senior: { sector: 'basic', stages: ['senior'], classDigits: '31' },
  complete_secondary: { sector: 'basic', stages: ['junior', 'senior'], classDigits: '31' },
  vocational: { sector: 'vocational', stages: ['vocational'], classDigits: '36' },
  higher: { sector: 'higher', stages: ['higher'], classDigits: '41' },
  special: { sector: 'basic', stages: ['primary', 'junior'], classDigits: '51' },
  central: { sector: 'basic', stages: ['primary'], classDigits: '21' },
  village: { sector: 'basic', stages: ['primary'], classDigits: '21' },
  teaching_point: { sector: 'basic', stages: ['primary'], classDigits: '21' },
};

/** Kinds that must belong to the central school of their township. [REG-04] */
export function needsCentralSchool(kind: SchoolKind): boolean {
  return kind === 'teaching_point' || kind === 'village';
}
