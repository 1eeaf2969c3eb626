/** The words of a needs survey 需求调研: what its decisions share. [PLN-01] */
import { type CivilDate, isWithin, regionLevel } from '@shixun/kernel';

/**
 * drawing: the frame is being listed and the sample drawn. open: whoever is invited answers until the last day.
 * counting: no answer is taken any more. closed: the result stands and never changes.
 */
export type NeedsSurveyState = 'drawing' | 'open' | 'counting' | 'closed';

export type OwnerKind = 'bureau' | 'school' | 'institution';

/** Whom a survey asks: everybody in the regions (or only these schools) whom the lists do not exclude. */
export type NeedsAudience = {
  readonly regionCodes: readonly string[];
  readonly schoolIds: readonly string[];
  readonly stages: readonly string[];
  readonly subjects: readonly string[];
  readonly careerStages: readonly string[];
};

/** A teacher, as far as a sampling frame looks. */
export type FramedTeacher = {
  readonly status: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  readonly careerStage: string;
};

/** What whoever answers says of themselves: coarse, and sealed with the answers. */
export type Respondent = {
  readonly regionCode: string;
  readonly stage: string;
  readonly subject: string;
  readonly careerStage: string;
};

/** True when an active teacher of the audience's places belongs to the sampling frame 抽样框. */
export function belongsToFrame(teacher: FramedTeacher, audience: NeedsAudience): boolean {
  return (
    teacher.status === 'active' &&
    allows(audience.stages, teacher.stage) &&
    allows(audience.careerStages, teacher.careerStage) &&
    (audience.subjects.length === 0 ||
      teacher.subjects.some((subject) => audience.subjects.includes(subject)))
  );
}

/** True when somebody of that description can have been asked. */
export function describesAudience(respondent: Respondent, audience: NeedsAudience): boolean {
  return (
    regionLevel(respondent.regionCode) === 'county' &&
    audience.regionCodes.some(
      (code) => isWithin(respondent.regionCode, code) || isWithin(code, respondent.regionCode),
    ) &&
    allows(audience.stages, respondent.stage) &&
    allows(audience.subjects, respondent.subject) &&
    allows(audience.careerStages, respondent.careerStage)
  );
}

function allows(list: readonly string[], value: string): boolean {
  return list.length === 0 || list.includes(value);
}

/** Career stage and stage of schooling: a sample has its share of each. */
export function stratumOf({ stage, careerStage }: FramedTeacher): string {
  return `${stage}/${careerStage}`;
}

/** How many of a stratum are invited: the share of it, rounded up, so that no stratum is left out. */
export function invitedOf(populationCount: number, sharePercent: number): number {
  return Math.ceil((populationCount * sharePercent) / 100);
}

/** The region by which answers are analysed: one level below the one that asks, so that cells stay large. */
export function analysedRegion(regionCode: string, ownerRegionCode: string): string {
  return regionLevel(ownerRegionCode) === 'province'
    ? `${regionCode.slice(0, 4)}00`
    : regionCode.slice(0, 6);
}

/** True while answers are taken. */
export function takesAnswers(
  { state, closesOn }: { readonly state: NeedsSurveyState; readonly closesOn: CivilDate },
  today: CivilDate,
): boolean {
  return state === 'open' && today <= closesOn;
}
