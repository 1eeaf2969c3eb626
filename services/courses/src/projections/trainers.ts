import { registry } from '@shixun/contracts';
import { defineCollection, type EventHandler, on } from '@shixun/runtime';
import { newest } from './newest.ts';

/** What courses knows of a trainer 培训者: the registry's latest word. */
export type TrainerRow = {
  readonly _id: string;
  readonly kind: string;
  readonly fullTime: boolean;
  readonly homeProvinceCode: string;
  /** True while a member of the expert pool 专家库. [CRS-13] */
  readonly inPool: boolean;
  readonly subjects: readonly string[];
  /** Where he or she works; a tie in that institution's tenders. [CRS-02] */
  readonly institutionId?: string | null;
};

export const trainers = defineCollection<TrainerRow>(
  'trainers',
  {
    kind: String,
    fullTime: Boolean,
    homeProvinceCode: String,
    inPool: Boolean,
    subjects: [String],
    institutionId: { type: String, default: null },
  },
  [],
);

export const trainerRecordedHandler: EventHandler = on(registry.trainerRecorded, (events, unit) => {
  for (const { trainerId, ...row } of newest(events, 'trainerId')) {
    unit.upsert(trainers, { _id: trainerId }, { $set: row });
  }
});
