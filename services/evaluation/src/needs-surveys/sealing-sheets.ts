/** A sheet: the answers, and what whoever gave them says of themselves; sealed and opened as one. [PLN-01] */
import type { Answer } from '../ballots/answers.ts';
import { openAnswers, sealAnswers } from '../ballots/sealing.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import type { Sheet } from './analysis.ts';
import type { Respondent } from './survey.ts';

/** Names that no question can have. */
const said = {
  regionCode: '@region',
  stage: '@stage',
  subject: '@subject',
  careerStage: '@career_stage',
} as const satisfies Record<keyof Respondent, string>;

const asked: readonly Question[] = Object.values(said).map((code) => ({
  code,
  kind: 'text',
  about: 'needs',
  zh: code,
  en: code,
  required: true,
  points: null,
  options: [],
  lengthMax: 64,
}));

type Place = { readonly surveyId: string; readonly id: string };

export function sealSheet(
  secret: Buffer,
  place: Place,
  { answers, respondent }: Sheet,
  questions: readonly Question[],
): string {
  const about = Object.entries(said).map(([field, question]) => ({
    question,
    points: null,
    option: null,
    text: respondent[field as keyof Respondent],
  }));
  return sealAnswers(secret, place, [...answers, ...about], [...questions, ...asked]);
}

/** The sheet, or null when the envelope does not open or is not one of this survey's kind. */
export function openSheet(secret: Buffer, place: Place, sealed: string): Sheet | null {
  try {
    const all = openAnswers(secret, place, sealed);
    const about = new Map(all.map(({ question, text }) => [question, text]));
    const word = (name: string): string => {
      const text = about.get(name);
      if (typeof text !== 'string') throw new Error(`${name} is missing`);
      return text;
    };
    const respondent = {
      regionCode: word(said.regionCode),
      stage: word(said.stage),
      subject: word(said.subject),
      careerStage: word(said.careerStage),
    };
    const answers: readonly Answer[] = all.filter(({ question }) => !question.startsWith('@'));
    return { answers, respondent };
  } catch {
    return null;
  }
}
