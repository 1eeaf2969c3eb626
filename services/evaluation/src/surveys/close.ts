import {
  type CivilDate,
  compareRatio,
  type Decision,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
  percentText,
} from '@shixun/kernel';
import type { ClassFacts } from './open.ts';
import { codes } from './refusals.ts';
import type { SurveyFacts } from './survey.ts';

export type ClosingFacts = {
  readonly survey: SurveyFacts;
  readonly classes: readonly ClassFacts[];
  readonly traineesCount: number;
  readonly answersCount: number;
  readonly ballotsCount: number;
  /** Envelopes that do not open: not among the answers. */
  readonly spoiledCount: number;
  readonly figures: Pick<PolicyFigures, 'evaluationCoverageShareMin'>;
};

export type SurveyClosed = { readonly traineesCount: number; readonly answersCount: number };

/**
 * Ends the taking of answers and has them counted 计票: when the last day is over, or earlier once the coverage floor
 * is reached. More answers than ballots would mean forged ballots, and then nothing is counted; envelopes that do not
 * open are left out and become a finding. [EVL-01, EVL-02]
 */
export function closeSurvey(facts: ClosingFacts, today: CivilDate): Decision<SurveyClosed> {
  const { survey, traineesCount, answersCount, ballotsCount, spoiledCount } = facts;
  const spoiled = { required: 0, actual: spoiledCount };
  if (survey.state === 'counted') {
    return { accepted: false, faults: [fault(codes.SURVEY_COUNTED, ['surveyId'])] };
  }
  const faults: Fault[] = [];
  const running = facts.classes.filter(({ standing }) => standing === 'ahead').length;
  if (running > 0) {
    faults.push(fault(codes.CLASSES_RUNNING, ['surveyId'], { required: 0, actual: running }));
  }
  const { numerator, denominator } = facts.figures.evaluationCoverageShareMin;
  const covered = compareRatio(answersCount, traineesCount, numerator, denominator) >= 0;
  if (today <= survey.closesOn && !covered) {
    const required = percentText(numerator, denominator);
    const actual = percentText(answersCount, traineesCount);
    const figures = { required, actual, lastDay: survey.closesOn };
    faults.push(fault(codes.COVERAGE_BELOW_FLOOR, ['surveyId'], figures));
  }
  if (answersCount > ballotsCount) {
    const figures = { required: ballotsCount, actual: answersCount };
    faults.push(fault(codes.ANSWERS_EXCEED_BALLOTS, ['surveyId'], figures));
  }
  const flags = spoiledCount === 0 ? [] : [fault(codes.ENVELOPES_SPOILED, ['surveyId'], spoiled)];
  return decide(faults, () => ({ traineesCount, answersCount }), flags);
}
