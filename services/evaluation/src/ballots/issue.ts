import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { type SurveyFacts, takesAnswers } from '../surveys/survey.ts';
import { codes } from './refusals.ts';

export type BallotFacts = {
  readonly survey: SurveyFacts;
  /** The classes of the project in which the person is or was a trainee; empty for anybody else. */
  readonly traineeOf: readonly string[];
  /** What the person had signed for this survey before; null when nothing. */
  readonly issuedFor: string | null;
  /** The blinded message as it will be compared with `issuedFor`; null when it is no number below the modulus. */
  readonly blindedMessage: string | null;
  readonly blindedMessageBytes: number;
};

export type BallotIssued = {
  readonly blindedMessage: string;
  /** False when the same blinded message was signed before: the same signature is given again. */
  readonly first: boolean;
};

/**
 * Issues one ballot per person: a signature on a message that the signer cannot read. The same blinded message
 * may be signed again (a lost reply), another one never. [EVL-02]
 */
export function issueBallot(facts: BallotFacts, today: CivilDate): Decision<BallotIssued> {
  const { survey, blindedMessage } = facts;
  const faults: Fault[] = [];
  if (!takesAnswers(survey, today)) {
    faults.push(fault(codes.SURVEY_CLOSED, ['surveyId'], { required: survey.closesOn }));
  }
  if (facts.traineeOf.length === 0) {
    faults.push(fault(codes.NOT_A_TRAINEE, ['surveyId']));
  } else if (!facts.traineeOf.some((classId) => survey.classIds.includes(classId))) {
    faults.push(fault(codes.CLASS_STILL_RUNNING, ['surveyId']));
  }
  if (blindedMessage === null) {
    const figures = { required: facts.blindedMessageBytes };
    faults.push(fault(codes.BLINDED_MESSAGE_INVALID, ['blindedMessage'], figures));
  } else if (facts.issuedFor !== null && facts.issuedFor !== blindedMessage) {
    faults.push(fault(codes.BALLOT_ALREADY_ISSUED, ['blindedMessage']));
  }
  return decide(faults, () => ({
    blindedMessage: blindedMessage ?? '',
    first: facts.issuedFor === null,
  }));
}
