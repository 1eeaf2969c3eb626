import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase } from '@shixun/runtime';
import type { Cell } from './analysis.ts';
import type { NeedsAudience, NeedsSurveyState, OwnerKind } from './survey.ts';

/** Teachers of one stratum: how many there are, how many shall be and how many are invited. */
export type StratumRow = {
  readonly stratum: string;
  readonly populationCount: number;
  readonly invitedCount: number;
};

/** What stands when a survey is closed. */
export type NeedsResult = {
  readonly answersCount: number;
  readonly ballotsCount: number;
  /** Envelopes that did not open; not among the answers. */
  readonly spoiledCount: number;
  /** The fewest answers that a figure may stand on, by the policy of that day. */
  readonly answersMin: number;
  readonly policyVersion: string;
  readonly closedAt: Date;
};

/** A needs survey 需求调研. */
export type NeedsSurveyRow = RowBase & {
  readonly title: string;
  readonly ownerKind: OwnerKind;
  readonly regionCode: string;
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  readonly questionnaireId: string;
  readonly audience: NeedsAudience;
  readonly samplePercent: number;
  /** Random, made at the opening, published: whoever has the frame can draw the sample again. */
  readonly seed: string;
  readonly state: NeedsSurveyState;
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
  readonly openedAt: Date;
  readonly ballotKey: string;
  readonly ballotKeySealed: string;
  /** How far the frame is listed: place of the audience, and the last teacher there. Null: all of it. */
  readonly listed: { readonly place: number; readonly at: string; readonly id: string } | null;
  readonly strata: readonly StratumRow[];
  readonly spoiledCount: number;
  readonly result: NeedsResult | null;
};

const text = { type: String, required: true };
const optional = { type: String, default: null };

export const needsSurveys = defineCollection<NeedsSurveyRow>(
  'needsSurveys',
  {
    title: text,
    ownerKind: text,
    regionCode: text,
    schoolId: optional,
    institutionId: optional,
    questionnaireId: text,
    audience: { type: Object, required: true },
    samplePercent: { type: Number, required: true },
    seed: text,
    state: text,
    opensOn: text,
    closesOn: text,
    openedAt: { type: Date, required: true },
    ballotKey: text,
    ballotKeySealed: text,
    listed: { type: Object, default: null },
    strata: { type: [Object], default: [] },
    spoiledCount: { type: Number, default: 0 },
    result: { type: Object, default: null },
  },
  [
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { schoolId: 1, _id: 1 } },
    { keys: { institutionId: 1, _id: 1 } },
    { keys: { state: 1, _id: 1 } },
  ],
);

/** A teacher in a survey's sampling frame 抽样框, with the lot that decides. */
export type FrameRow = RowBase & {
  readonly surveyId: string;
  readonly teacherId: string;
  readonly stratum: string;
  /** SHA-256 of seed, newline and teacher id: within a stratum the smallest are invited. */
  readonly lot: string;
  readonly invited: boolean;
};

export const frameId = (surveyId: string, teacherId: string) => `${surveyId}:${teacherId}`;

export const needsFrame = defineCollection<FrameRow>(
  'needsFrame',
  { surveyId: text, teacherId: text, stratum: text, lot: text, invited: Boolean },
  [
    { keys: { surveyId: 1, stratum: 1, lot: 1, _id: 1 } },
    { keys: { teacherId: 1, invited: 1, _id: -1 } },
  ],
);

/** One cell of a survey's analysis; sums, and nothing of whom they come from. */
export type TallyRow = RowBase & Cell & { readonly surveyId: string };

export const tallyId = (surveyId: string, { dimension, value, question }: Cell) =>
  `${surveyId}|${dimension}|${value}|${question}`;

export const needsTallies = defineCollection<TallyRow>(
  'needsTallies',
  {
    surveyId: text,
    dimension: text,
    value: { type: String, default: '' },
    question: { type: String, default: '' },
    answersCount: Number,
    counts: { type: Object, default: {} },
    borda: { type: Object, default: {} },
  },
  [{ keys: { surveyId: 1, question: 1, dimension: 1, value: 1 } }],
);

/** One text, apart from everything else that the same person answered; its id is a hash and has no order. */
export type NeedsTextRow = RowBase & {
  readonly surveyId: string;
  readonly question: string;
  readonly text: string;
};

export const needsTexts = defineCollection<NeedsTextRow>(
  'needsTexts',
  { surveyId: text, question: text, text },
  [{ keys: { surveyId: 1, question: 1, _id: 1 } }],
);
