import { registry } from '@shixun/contracts';
import type { Qualification, QualificationState } from '@shixun/kernel';
import { defineCollection, type EventHandler, on } from '@shixun/runtime';
import { newest } from './newest.ts';

/** 资质 as the registry last told it. Dates are civil, both days included. [REG-08] */
type InstitutionQualification = {
  readonly state: QualificationState;
  readonly levels: readonly string[];
  readonly stages: readonly string[];
  readonly subjects: readonly string[];
  readonly modalities: readonly string[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
};

/** What courses knows of a training institution 培训机构: the registry's latest word. */
export type InstitutionRow = {
  readonly _id: string;
  readonly name: string;
  readonly kind: string;
  readonly regionCode: string;
  /** The university of which this is a department or college; absent or null for an institution of its own. [REG-17] */
  readonly parentInstitutionId?: string | null;
  readonly qualification: InstitutionQualification;
};

export const institutions = defineCollection<InstitutionRow>(
  'institutions',
  {
    name: String,
    kind: String,
    regionCode: String,
    parentInstitutionId: { type: String, default: null },
    qualification: {
      state: String,
      levels: [String],
      stages: [String],
      subjects: [String],
      modalities: [String],
      validFrom: { type: String, default: null },
      validTo: { type: String, default: null },
    },
  },
  [],
);

/** The qualification as the rules ask for it; null for an institution that was never qualified. [REG-08] */
export function qualificationOf({ qualification }: InstitutionRow): Qualification | null {
  const { validFrom, validTo, ...scope } = qualification;
  return validFrom === null || validTo === null ? null : { ...scope, validFrom, validTo };
}

export const institutionRecordedHandler: EventHandler = on(
  registry.institutionRecorded,
  (events, unit) => {
    for (const { institutionId, ...row } of newest(events, 'institutionId')) {
      unit.upsert(institutions, { _id: institutionId }, { $set: row });
    }
  },
);
