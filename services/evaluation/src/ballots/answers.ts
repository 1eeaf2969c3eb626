import { type Fault, fault } from '@shixun/kernel';
import type { Question } from '../questionnaires/questionnaire.ts';
import { codes } from './refusals.ts';

/**
 * One answer: `points` to a scale, `option` to a choice, `options` to several choices or to a rank (the most wanted
 * first), `text` to a text; the others null.
 */
export type Answer = {
  readonly question: string;
  readonly points: number | null;
  readonly option: string | null;
  readonly text: string | null;
  readonly options?: readonly string[] | null;
};

/** All that speaks against the answers, question by question. [EVL-13] */
export function answerFaults(answers: readonly Answer[], questions: readonly Question[]): Fault[] {
  const known = new Map(questions.map((question) => [question.code, question]));
  const given = new Set(answers.map(({ question }) => question));
  const missing = questions
    .filter(({ code, required }) => required && !given.has(code))
    .map(({ code }) => fault(codes.ANSWER_MISSING, ['answers'], { question: code }));
  const wrong = answers.flatMap((answer, index) => {
    const path = ['answers', String(index)];
    const figures = { question: answer.question };
    const question = known.get(answer.question);
    if (question === undefined) return [fault(codes.QUESTION_UNKNOWN, path, figures)];
    const twice = answers.findIndex((other) => other.question === answer.question) < index;
    if (twice) return [fault(codes.QUESTION_ANSWERED_TWICE, path, figures)];
    if (fits(answer, question)) return [];
    const required = expected(question);
    return [fault(codes.ANSWER_OUT_OF_RANGE, path, { ...figures, required })];
  });
  return [...missing, ...wrong];
}

function fits(answer: Answer, question: Question): boolean {
  const { points, option, text } = answer;
  if (question.kind === 'choices' || question.kind === 'rank') return listFits(answer, question);
  if (answer.options) return false;
  switch (question.kind) {
    case 'scale':
      return (
        option === null &&
        text === null &&
        Number.isInteger(points) &&
        points !== null &&
        points >= 1 &&
        points <= (question.points ?? 0)
      );
    case 'choice':
      return (
        points === null && text === null && question.options.some(({ code }) => code === option)
      );
    case 'text':
      return (
        points === null &&
        option === null &&
        text !== null &&
        text.trim() !== '' &&
        text.length <= (question.lengthMax ?? 0)
      );
  }
}

function listFits({ points, option, text, options }: Answer, question: Question): boolean {
  if (points !== null || option !== null || text !== null || !options) return false;
  const known = new Set(question.options.map(({ code }) => code));
  if (new Set(options).size !== options.length) return false;
  if (!options.every((code) => known.has(code))) return false;
  if (question.kind === 'rank') return options.length === known.size;
  return options.length >= 1 && options.length <= (question.choicesMax ?? known.size);
}

function expected(question: Question): string {
  if (question.kind === 'scale') return `1–${question.points}`;
  if (question.kind === 'text') return `1–${question.lengthMax} 字 / characters`;
  const options = question.options.map(({ code }) => code);
  if (question.kind === 'rank') return options.join(' > ');
  const most = question.kind === 'choices' ? `1–${question.choicesMax ?? options.length}: ` : '';
  return `${most}${options.join(' | ')}`;
}
