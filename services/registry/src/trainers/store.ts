import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';

type TrainerKind = 'university_expert' | 'teaching_researcher' | 'frontline_teacher' | 'other';

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
    registeredAt: { type: Date, required: true },
  },
  [
    { keys: { kind: 1, _id: 1 } },
    { keys: { subjects: 1, _id: 1 } },
    { keys: { inPool: 1, _id: 1 } },
    { keys: { homeProvinceCode: 1, _id: 1 } },
  ],
);

/** Adds a trainer and tells it, without the name. */
export function recordTrainer(unit: Unit, row: TrainerRow): void {
  unit.insert(trainers, row);
  unit.emit(registry.trainerRecorded, row._id, {
    trainerId: row._id,
    kind: row.kind,
    fullTime: row.fullTime,
    homeProvinceCode: row.homeProvinceCode,
    inPool: row.inPool,
    subjects: [...row.subjects],
  });
}
