import { isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { institutions } from '../institutions/store.ts';
import { schools } from '../schools/store.ts';
import { recordPairing } from './pairing.ts';
import { pairings } from './store.ts';

export type PairingAnswer = { readonly pairingId: string };

const date = z.string().refine(isCivilDate);

export const recordPairingCommand = defineCommand({
  name: 'recordPairing',
  input: z.strictObject({
    institutionId: z.string().max(64),
    schoolId: z.string().max(64),
    purpose: z.string().trim().min(1).max(500),
    from: date,
    to: date,
  }),
  gather: async ({ institutionId, schoolId }, unit) => {
    const institution = await unit.findById(institutions, institutionId);
    if (institution === null) return notFound('institution', institutionId, ['institutionId']);
    const school = await unit.findById(schools, schoolId);
    if (school === null) return notFound('school', schoolId, ['schoolId']);
    return {
      school,
      university: institution.parentInstitutionId ?? null,
      others: await unit.find(pairings, { institutionId, schoolId }),
    };
  },
  scope: ({ school: { regionCode } }) => ({ regionCode }),
  decide: (input, facts) => recordPairing(input, facts),
  record: (paired, { school: { regionCode } }, unit): PairingAnswer => {
    const pairingId = unit.newId('pairing');
    unit.insert(pairings, { _id: pairingId, ...paired, regionCode });
    return { pairingId };
  },
  stream: ({ school }) => school._id,
});
