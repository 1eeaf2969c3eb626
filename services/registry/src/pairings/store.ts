import { defineCollection, type RowBase } from '@shixun/runtime';
import type { RecordPairing } from './pairing.ts';

/** A pairing; the school's region makes it findable by bureaus. */
export type PairingRow = RowBase & RecordPairing & { readonly regionCode: string };

export const pairings = defineCollection<PairingRow>(
  'pairings',
  {
    institutionId: { type: String, required: true },
    schoolId: { type: String, required: true },
    regionCode: { type: String, required: true },
    purpose: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
  },
  [
    { keys: { institutionId: 1, schoolId: 1 } },
    { keys: { institutionId: 1, regionCode: 1, _id: 1 } },
    { keys: { schoolId: 1, regionCode: 1, _id: 1 } },
    { keys: { regionCode: 1, _id: 1 } },
  ],
);
