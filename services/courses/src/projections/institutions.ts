import { defineCollection } from '@shixun/runtime';

/** 资质 as the registry last told it. Dates are civil, both days included. [REG-08] */
export type InstitutionQualification = {
  readonly state: string;
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
  readonly qualification: InstitutionQualification;
};

export const institutions = defineCollection<InstitutionRow>(
  'institutions',
  {
    name: String,
    kind: String,
    regionCode: String,
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
