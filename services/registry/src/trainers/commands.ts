import { defineCommand } from '@shixun/runtime';
import { z } from 'zod';
import { institutions } from '../institutions/store.ts';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { registerTrainer, trainerKinds } from './register.ts';
import { recordTrainer } from './store.ts';

/** What the payload shows again from the record. */
export type TrainerAnswer = { readonly trainerId: string };

const optionalId = z
  .string()
  .max(64)
  .nullish()
  .transform((id) => id ?? null);
const subject = z.string().regex(/^[a-z][a-z_]{1,40}$/);

export const registerTrainerCommand = defineCommand({
  name: 'registerTrainer',
  input: z.strictObject({
    name: z.string().trim().min(1).max(50),
    kind: z.enum(trainerKinds),
    fullTime: z.boolean(),
    homeProvinceCode: z.string().regex(/^\d{2}0000$/),
    subjects: z.array(subject).min(1).max(20),
    specialty: z.string().trim().max(200),
    schoolId: optionalId,
    institutionId: optionalId,
    regionCode: z.string().regex(/^\d{6}(\d{3})?$/),
  }),
  gather: async ({ regionCode, schoolId, institutionId }, unit) => ({
    regionKnown: (await unit.findById(regions, regionCode)) !== null,
    schoolKnown: schoolId !== null && (await unit.findById(schools, schoolId)) !== null,
    institutionKnown:
      institutionId !== null && (await unit.findById(institutions, institutionId)) !== null,
  }),
  scope: (_facts, { regionCode, institutionId }) => ({ regionCode, institutionId }),
  decide: (input, facts) => registerTrainer(input, facts),
  record: (registered, _facts, unit): TrainerAnswer => {
    const trainerId = unit.newId('trainer');
    recordTrainer(unit, { _id: trainerId, ...registered, inPool: false, registeredAt: unit.now });
    return { trainerId };
  },
  stream: (_facts, _outcome, { trainerId }) => trainerId,
  // The name is personal data and stays out of the audit.
  audited: ({ kind, fullTime, regionCode, schoolId, institutionId }, { trainerId }) => ({
    trainerId,
    kind,
    fullTime,
    regionCode,
    schoolId,
    institutionId,
  }),
});
