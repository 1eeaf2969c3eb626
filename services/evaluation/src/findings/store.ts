import { defineCollection, type RowBase } from '@shixun/runtime';
import type { FindingState } from './close.ts';

type FindingFigure = { readonly name: string; readonly value: string };

/** A finding 问题 of any service, at the bureau that has to see to it. */
export type FindingRow = RowBase & {
  /** The service that found it. */
  readonly service: string;
  readonly rule: string;
  readonly regionCode: string;
  /** Id of what it is about. */
  readonly subject: string;
  readonly figures: readonly FindingFigure[];
  readonly raisedAt: Date;
  readonly state: FindingState;
  readonly reason: string | null;
  readonly closedAt: Date | null;
};

const text = { type: String, required: true };

export const findings = defineCollection<FindingRow>(
  'findings',
  {
    service: text,
    rule: text,
    regionCode: text,
    subject: text,
    figures: { type: [Object], required: true },
    raisedAt: { type: Date, required: true },
    state: text,
    reason: { type: String, default: null },
    closedAt: { type: Date, default: null },
  },
  [
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { state: 1, regionCode: 1, _id: 1 } },
    { keys: { rule: 1, regionCode: 1, _id: 1 } },
    { keys: { subject: 1, regionCode: 1, _id: 1 } },
  ],
);
