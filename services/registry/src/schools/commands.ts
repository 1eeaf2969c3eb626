import { defineCommand } from '@shixun/runtime';
import { z } from 'zod';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { regions } from '../regions/store.ts';
import { schoolKinds } from './kinds.ts';
import { registerSchool } from './register.ts';
import { recordSchool, type SchoolRow, schools } from './store.ts';

const registerSchoolInput = z.strictObject({
  code: z.string().trim().max(20),
  name: z.string().trim().min(2).max(100),
  kind: z.enum(schoolKinds),
  regionCode: z.string().regex(/^\d{6}(\d{3})?$/),
  rural: z.boolean(),
  centralSchoolId: z
    .string()
    .max(64)
    .nullish()
    .transform((id) => id ?? null),
});

export const registerSchoolCommand = defineCommand({
  name: 'registerSchool',
  input: registerSchoolInput,
  gather: async (input, unit, { caller }) => ({
    regionKnown: (await unit.findById(regions, input.regionCode)) !== null,
    codeTaken: (await unit.findOne(schools, { code: input.code })) !== null,
    centralSchool:
      input.centralSchoolId === null ? null : await unit.findById(schools, input.centralSchoolId),
    bureauLevels: bureauLevelsOf(caller, input.regionCode),
  }),
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: registerSchool,
  record: (school, _facts, unit): SchoolRow => {
    const row = { _id: unit.newId('school'), ...school, registeredAt: unit.now };
    recordSchool(unit, row);
    return row;
  },
  stream: (_facts, _outcome, school) => school._id,
});
