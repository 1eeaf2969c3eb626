import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { schools } from '../schools/store.ts';
import type { TrainerKind } from './register.ts';

export type TrainerRow = RowBase & {
  readonly name: string;
  readonly kind: TrainerKind;
  readonly fullTime: boolean;
  readonly homeProvinceCode: string;
  /** Member of the expert pool 专家库 now. */
  readonly inPool: boolean;
  readonly subjects: readonly string[];
  /** What he or she is good at, as plans introduce it. */
  readonly specialty: string;
  /** Where he or she works: a school or an institution of the province; null for outsiders. */
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  /** Region whose bureau registered somebody of no school and no institution here. */
  readonly regionCode?: string;
  /** The last calendar year for which a full-time trainer was judged. [REG-11] */
  readonly judgedYear?: number;
  readonly registeredAt: Date;
};

export const trainers = defineCollection<TrainerRow>(
  'trainers',
  {
    name: { type: String, required: true },
    kind: { type: String, required: true },
    fullTime: { type: Boolean, required: true },
    homeProvinceCode: { type: String, required: true },
    inPool: { type: Boolean, required: true },
    subjects: { type: [String], required: true },
    specialty: { type: String, required: true },
    schoolId: { type: String, default: null },
    institutionId: { type: String, default: null },
    regionCode: String,
    judgedYear: Number,
    registeredAt: { type: Date, required: true },
  },
  [
    { keys: { schoolId: 1, _id: 1 } },
    { keys: { fullTime: 1, judgedYear: 1, _id: 1 } },
    { keys: { kind: 1, _id: 1 } },
    { keys: { subjects: 1, _id: 1 } },
    { keys: { inPool: 1, _id: 1 } },
    { keys: { homeProvinceCode: 1, _id: 1 } },
    { keys: { name: 1, _id: 1 } },
    {
      keys: { regionCode: 1, _id: 1 },
      partialFilterExpression: { regionCode: { $type: 'string' } },
    },
  ],
);

/** Adds a trainer and tells it, without the name. */
export function recordTrainer(unit: Unit, row: TrainerRow): void {
  unit.insert(trainers, row);
  tellTrainer(unit, row);
}

/** Changes a trainer and tells it; guarded by what others may change too. */
export function changeTrainer(unit: Unit, before: TrainerRow, changes: Partial<TrainerRow>): void {
  const { _id, inPool, fullTime } = before;
  unit.update(trainers, { _id, inPool, fullTime }, { $set: changes });
  tellTrainer(unit, { ...before, ...changes });
}

/** The region to which somebody belongs: that of the school, of the institution, or where he or she was registered. */
export async function regionOfTrainer(unit: Unit, trainer: TrainerRow): Promise<string> {
  const school = trainer.schoolId === null ? null : await unit.findById(schools, trainer.schoolId);
  if (school !== null) return school.regionCode;
  const { institutionId } = trainer;
  const works = institutionId === null ? null : await unit.findById(institutions, institutionId);
  return works?.regionCode ?? trainer.regionCode ?? trainer.homeProvinceCode;
}

/** The compacted state event, without the name. */
export function tellTrainer(unit: Unit, row: TrainerRow): void {
  unit.emit(registry.trainerRecorded, row._id, {
    trainerId: row._id,
    kind: row.kind,
    fullTime: row.fullTime,
    homeProvinceCode: row.homeProvinceCode,
    inPool: row.inPool,
    subjects: [...row.subjects],
    institutionId: row.institutionId,
  });
}
