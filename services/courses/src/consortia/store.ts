import { defineCollection } from '@shixun/runtime';
import type { ConsortiumMember } from './consortium.ts';

/** The consortium of one project; its id is the project's. */
export type ConsortiumRow = {
  readonly _id: string;
  readonly leaderId: string;
  readonly amountCents: number;
  readonly members: readonly ConsortiumMember[];
  /** Counts the changes; guards against a rival's. */
  readonly version: number;
  readonly recordedAt: Date;
};

export const consortia = defineCollection<ConsortiumRow>(
  'consortia',
  {
    leaderId: String,
    amountCents: Number,
    members: { type: [Object], required: true },
    version: Number,
    recordedAt: Date,
  },
  [{ keys: { 'members.institutionId': 1, _id: 1 } }],
);
