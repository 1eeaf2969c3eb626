import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Question } from '../questionnaires/questionnaire.ts';
import { type SurveyFacts, takesAnswers } from '../surveys/survey.ts';
import { type Answer, answerFaults } from './answers.ts';
import { codes } from './refusals.ts';

export type SubmissionFacts = {
  readonly survey: SurveyFacts;
  readonly questions: readonly Question[];
  /** The signature verifies, with this survey's key, for a ballot that names this survey. */
  readonly genuine: boolean;
  /** What the ballot was used for: nothing yet, these very answers (a retry), or others. */
  readonly spentOn: 'nothing' | 'the same answers' | 'other answers';
};

/** `fresh` is false when these very answers lie in the box already: a retry changes nothing. */
export type AnswersSubmitted = { readonly fresh: boolean };

/** Takes the answers of whoever holds an unspent ballot. Nothing here knows who that is. [EVL-02] */
export function submitAnswers(
  answers: readonly Answer[],
  facts: SubmissionFacts,
  today: CivilDate,
): Decision<AnswersSubmitted> {
  if (facts.genuine && facts.spentOn === 'the same answers') {
    return decide([], () => ({ fresh: false }));
  }
  const faults: Fault[] = [];
  if (!takesAnswers(facts.survey, today)) {
    faults.push(fault(codes.SURVEY_CLOSED, ['surveyId'], { required: facts.survey.closesOn }));
  }
  if (!facts.genuine) faults.push(fault(codes.BALLOT_INVALID, ['ballot']));
  else if (facts.spentOn === 'other answers') faults.push(fault(codes.BALLOT_SPENT, ['ballot']));
  return decide([...faults, ...answerFaults(answers, facts.questions)], () => ({ fresh: true }));
}
