/**
 * Counting: what is left of the answers is sums. The answers of one person are not even joined to each other any
 * more, and texts stand in the order of the dictionary, not in that of their arrival. [EVL-02]
 */
import type { Answer } from '../ballots/answers.ts';
import type { Question } from '../questionnaires/questionnaire.ts';

/** The count of one question. */
export type QuestionTally = {
  readonly question: string;
  /** How many answered it. */
  readonly answersCount: number;
  /** Of a scale: how many gave 1, 2 … points. Of a choice: how many took each option, in the question's order. */
  readonly counts: readonly number[];
  readonly texts: readonly string[];
};

/** Counts answer sheets by question. */
export function tally(
  questions: readonly Question[],
  sheets: readonly (readonly Answer[])[],
): readonly QuestionTally[] {
  const byQuestion = Map.groupBy(sheets.flat(), ({ question }) => question);
  return questions.map((question) => {
    const answers = byQuestion.get(question.code) ?? [];
    return {
      question: question.code,
      answersCount: answers.length,
      counts: countsOf(question, answers),
      texts: answers.flatMap(({ text }) => (text === null ? [] : [text])).toSorted(byCodePoints),
    };
  });
}

function countsOf(question: Question, answers: readonly Answer[]): readonly number[] {
  if (question.kind === 'text') return [];
  const places =
    question.kind === 'scale'
      ? Array.from({ length: question.points ?? 0 }, (_, index) => index + 1)
      : question.options.map(({ code }) => code);
  return places.map(
    (place) =>
      answers.filter(
        ({ points, option, options }) =>
          points === place || option === place || (options ?? []).includes(String(place)),
      ).length,
  );
}

/** The same order on every machine, whatever its language. */
function byCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The anonymous score in hundredths of a point, 0 to 10000: points reached of points possible over all required
 * scale questions, each question weighing the same. Cut, not rounded, so that no score is shown that was not
 * reached. Null when nobody answered.
 */
export function anonymousScoreCenti(
  questions: readonly Question[],
  tallies: readonly QuestionTally[],
): number | null {
  const shares = questions
    .filter(({ kind, required }) => kind === 'scale' && required)
    .map(({ code, points }) => {
      const counts = tallies.find(({ question }) => question === code)?.counts ?? [];
      const reached = counts.reduce((sum, count, index) => sum + BigInt(count * (index + 1)), 0n);
      const answers = counts.reduce((sum, count) => sum + count, 0);
      return { reached, possible: BigInt(answers * (points ?? 0)) };
    });
  if (shares.length === 0 || shares.some(({ possible }) => possible === 0n)) return null;
  const sum = shares.reduce(
    (total, { reached, possible }) => ({
      upper: total.upper * possible + reached * total.lower,
      lower: total.lower * possible,
    }),
    { upper: 0n, lower: 1n },
  );
  return Number((sum.upper * 10_000n) / (sum.lower * BigInt(shares.length)));
}
