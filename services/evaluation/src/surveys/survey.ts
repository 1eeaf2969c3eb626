/** The words of a survey 调查 that the other capabilities share. [EVL-02] */
import type { CivilDate } from '@shixun/kernel';

/** open: answers are taken until `closesOn`. counted: the tally stands and never moves again. */
export type SurveyState = 'open' | 'counted';

/** What decisions look at; `classIds` are the classes whose training has ended, so that their trainees may answer. */
export type SurveyFacts = {
  readonly id: string;
  readonly projectId: string;
  readonly state: SurveyState;
  /** The last civil day on which answers are taken. */
  readonly closesOn: CivilDate;
  readonly classIds: readonly string[];
};

/** True while answers are taken. */
export function takesAnswers(survey: SurveyFacts, today: CivilDate): boolean {
  return survey.state === 'open' && today <= survey.closesOn;
}
