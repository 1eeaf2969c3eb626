import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { type Answer, answerFaults } from '../ballots/answers.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { codes } from './refusals.ts';
import {
  describesAudience,
  type NeedsAudience,
  type NeedsSurveyState,
  type Respondent,
  takesAnswers,
} from './survey.ts';

export type AskedSurvey = {
  readonly state: NeedsSurveyState;
  readonly closesOn: CivilDate;
  readonly audience: NeedsAudience;
};

export type NeedsBallotFacts = {
  readonly survey: AskedSurvey;
  /** The lot fell on the person, or everybody is asked. */
  readonly invited: boolean;
  /** What the person had signed for this survey before; null when nothing. */
  readonly issuedFor: string | null;
  /** The blinded message in canonical form; null when it is no number below the modulus. */
  readonly blindedMessage: string | null;
  readonly blindedMessageBytes: number;
};

export type NeedsBallotIssued = {
  readonly blindedMessage: string;
  /** False when the same blinded message was signed before. */
  readonly first: boolean;
};

/** One ballot per invited person; the same blinded message may be signed again, another one never. [PLN-01] */
export function issueNeedsBallot(
  { survey, invited, issuedFor, blindedMessage, blindedMessageBytes }: NeedsBallotFacts,
  today: CivilDate,
): Decision<NeedsBallotIssued> {
  const faults = windowFaults(survey, today);
  if (!invited) faults.push(fault(codes.NOT_INVITED, ['surveyId']));
  if (blindedMessage === null) {
    const figures = { required: blindedMessageBytes };
    faults.push(fault(codes.NEEDS_BLINDED_MESSAGE_INVALID, ['blindedMessage'], figures));
  } else if (issuedFor !== null && issuedFor !== blindedMessage) {
    faults.push(fault(codes.NEEDS_BALLOT_ISSUED, ['blindedMessage']));
  }
  return decide(faults, () => ({
    blindedMessage: blindedMessage ?? '',
    first: issuedFor === null,
  }));
}

export type NeedsSubmissionFacts = {
  readonly survey: AskedSurvey;
  readonly questions: readonly Question[];
  /** The signature verifies, with this survey's key, for a ballot that names this survey. */
  readonly genuine: boolean;
  readonly spentOn: 'nothing' | 'the same answers' | 'other answers';
};

/** Takes the answers of whoever holds an unspent ballot. Nothing here knows who that is. [PLN-01] */
export function submitNeedsAnswers(
  { answers, respondent }: { answers: readonly Answer[]; respondent: Respondent },
  { survey, questions, genuine, spentOn }: NeedsSubmissionFacts,
  today: CivilDate,
): Decision<{ readonly fresh: boolean }> {
  if (genuine && spentOn === 'the same answers') return decide([], () => ({ fresh: false }));
  const faults = windowFaults(survey, today);
  if (!genuine) faults.push(fault(codes.NEEDS_BALLOT_INVALID, ['ballot']));
  else if (spentOn === 'other answers') faults.push(fault(codes.NEEDS_BALLOT_SPENT, ['ballot']));
  if (!describesAudience(respondent, survey.audience)) {
    faults.push(fault(codes.RESPONDENT_NOT_OF_AUDIENCE, ['respondent']));
  }
  return decide([...faults, ...answerFaults(answers, questions)], () => ({ fresh: true }));
}

function windowFaults(survey: AskedSurvey, today: CivilDate): Fault[] {
  if (takesAnswers(survey, today)) return [];
  return [fault(codes.NEEDS_SURVEY_OVER, ['surveyId'], { required: survey.closesOn })];
}
