/** One row of a file of trainers against what is on record: the same name, province and school are the same person. [REG-06] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { TrainerRow } from '../trainers/store.ts';
import { type Area, isInArea } from './area.ts';
import type { RowValues } from './read-row.ts';
import { codes } from './refusals.ts';
import { trainerKindWords } from './words.ts';

type Said = Pick<
  TrainerRow,
  'name' | 'kind' | 'fullTime' | 'homeProvinceCode' | 'subjects' | 'specialty' | 'schoolId'
>;

export type KnownTrainer = Said & { readonly trainerId: string };

export type TrainerFacts = {
  readonly area: Area;
  /** The school that the row names; null when it names none or there is none of that code. */
  readonly school: { readonly schoolId: string; readonly regionCode: string } | null;
  readonly provinceCode: string;
  readonly known: readonly KnownTrainer[];
  /** Whether it acts for the province itself. */
  readonly actsForProvince: boolean;
};

export type TrainerPlan =
  | { readonly verdict: 'added'; readonly trainer: Said }
  | { readonly verdict: 'changed'; readonly trainerId: string; readonly changes: Partial<Said> }
  | { readonly verdict: 'unchanged'; readonly trainerId: string };

export function planTrainer(row: RowValues, facts: TrainerFacts): Decision<TrainerPlan> {
  const { area, school, known, actsForProvince } = facts;
  const faults: Fault[] = [];
  if (row.text('schoolCode') === undefined) {
    if (!actsForProvince) faults.push(fault(codes.IMPORT_TRAINER_NEEDS_SCHOOL, ['schoolCode']));
  } else if (school === null || !isInArea(area, school)) {
    const figures = { required: area.schoolId ?? area.regionCode };
    faults.push(fault(codes.IMPORT_OUTSIDE_AREA, ['schoolCode'], figures));
  }
  if (known.length > 1) {
    faults.push(fault(codes.IMPORT_TRAINER_AMBIGUOUS, ['name'], { actual: known.length }));
  }
  const [same] = known;
  const said: Said = {
    name: row.text('name') ?? '',
    kind: row.word('kind', trainerKindWords) ?? 'other',
    fullTime: row.flag('fullTime') ?? same?.fullTime ?? false,
    homeProvinceCode: facts.provinceCode,
    subjects: row.list('subjects') ?? [],
    specialty: row.text('specialty') ?? same?.specialty ?? '',
    schoolId: school?.schoolId ?? null,
  };
  return decide(faults, () => {
    if (same === undefined) return { verdict: 'added', trainer: said };
    const { trainerId } = same;
    const fields = ['kind', 'fullTime', 'specialty'] as const;
    const changed = fields.filter((field) => same[field] !== said[field]);
    const sameSubjects = [...same.subjects].sort().join() === [...said.subjects].sort().join();
    const changes: Partial<Said> = {
      ...Object.fromEntries(changed.map((field) => [field, said[field]])),
      ...(sameSubjects ? {} : { subjects: said.subjects }),
    };
    return Object.keys(changes).length === 0
      ? { verdict: 'unchanged', trainerId }
      : { verdict: 'changed', trainerId, changes };
  });
}

/** Which trainer a row means: name, home province, school. */
export function trainerKey(row: RowValues, areaRegionCode: string): string {
  const province = row.text('homeProvinceCode') ?? `${areaRegionCode.slice(0, 2)}0000`;
  return `${row.text('name') ?? ''}/${province}/${row.text('schoolCode') ?? ''}`;
}
