import { evaluation } from '@shixun/contracts';
import { defineCollection, type EventHandler, on, type RowBase } from '@shixun/runtime';
import { newest } from './newest.ts';

/** A need that a group named, and how often. [PLN-08] */
export type NeedRow = {
  readonly stage: string | null;
  readonly subject: string | null;
  readonly answersCount: number;
  readonly question: string;
  readonly option: string;
  readonly zh: string;
  readonly en: string;
  readonly score: number;
  readonly place: number;
};

/** What courses knows of a closed needs survey 需求调研: projects may answer it. [PLN-02] */
export type NeedsSurveyRow = RowBase & {
  readonly title: string;
  readonly year: number;
  readonly ownerKind: string;
  readonly ownerRegionCode: string;
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  readonly audience: {
    readonly regionCodes: readonly string[];
    readonly schoolIds: readonly string[];
    readonly stages: readonly string[];
    readonly subjects: readonly string[];
    readonly careerStages: readonly string[];
  };
  readonly populationCount: number;
  readonly invitedCount: number;
  readonly answersCount: number;
  readonly responsePercent: string;
  readonly topNeeds: readonly NeedRow[];
  readonly closedOn: string;
};

export const needsSurveys = defineCollection<NeedsSurveyRow>(
  'needsSurveys',
  {
    title: String,
    year: Number,
    ownerKind: String,
    ownerRegionCode: String,
    schoolId: { type: String, default: null },
    institutionId: { type: String, default: null },
    audience: Object,
    populationCount: Number,
    invitedCount: Number,
    answersCount: Number,
    responsePercent: String,
    topNeeds: [Object],
    closedOn: String,
  },
  [{ keys: { ownerRegionCode: 1, year: 1, _id: 1 } }],
);

export const needsSurveyClosedHandler: EventHandler = on(
  evaluation.needsSurveyClosed,
  (events, unit) => {
    for (const { surveyId, policyVersion: _, ...row } of newest(events, 'surveyId')) {
      unit.upsert(needsSurveys, { _id: surveyId }, { $set: row });
    }
  },
);
