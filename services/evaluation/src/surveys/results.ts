import type { PolicyFigures } from '@shixun/kernel';
import type { Question } from '../questionnaires/questionnaire.ts';
import type { SurveyState } from './survey.ts';
import { anonymousScoreCenti, type QuestionTally } from './tally.ts';

/** Why a figure is not shown. */
type Withheld =
  /** Not counted yet: a figure that moves with each answer would tell whose it was. */
  | 'not_counted'
  /** Fewer answers than the policy asks for. */
  | 'too_few_answers';

type QuestionResult = {
  readonly question: Question;
  readonly withheld: Withheld | null;
  readonly answersCount: number | null;
  readonly counts: readonly number[];
  readonly texts: readonly string[];
};

export type SurveyResults = {
  readonly withheld: Withheld | null;
  readonly scoreCenti: number | null;
  readonly questions: readonly QuestionResult[];
};

/**
 * What may be shown of a survey: nothing before it is counted, then every figure that stands on at least five°
 * answers, question by question. [EVL-02]
 */
export function shownResults(
  survey: { readonly state: SurveyState; readonly tallies: readonly QuestionTally[] },
  answersCount: number,
  questions: readonly Question[],
  { anonymousAnswersMin }: Pick<PolicyFigures, 'anonymousAnswersMin'>,
): SurveyResults {
  const withheld = withheldOf(survey.state, answersCount, anonymousAnswersMin);
  return {
    withheld,
    scoreCenti: withheld === null ? anonymousScoreCenti(questions, survey.tallies) : null,
    questions: questions.map((question) => {
      const tally = survey.tallies.find((each) => each.question === question.code);
      const count = tally?.answersCount ?? 0;
      const reason = withheldOf(survey.state, count, anonymousAnswersMin);
      if (tally === undefined || reason !== null) {
        return { question, withheld: reason, answersCount: null, counts: [], texts: [] };
      }
      const { counts, texts } = tally;
      return { question, withheld: null, answersCount: count, counts, texts };
    }),
  };
}

function withheldOf(state: SurveyState, answers: number, min: number): Withheld | null {
  if (state !== 'counted') return 'not_counted';
  return answers < min ? 'too_few_answers' : null;
}
