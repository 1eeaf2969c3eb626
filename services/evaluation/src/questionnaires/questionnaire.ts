/** The words of a questionnaire 问卷: what the other capabilities share of it. [EVL-13] */

/** What a question asks about. Trainees rate the project 项目 and its trainers 培训者. [EVL-01] */
export type Topic = 'project' | 'trainers' | 'needs';

/** What a questionnaire is for: trainees evaluate 评价, or teachers say what they need 需求调研. [EVL-01, PLN-01] */
export type Purpose = 'evaluation' | 'needs';

/** choice: one option; choices: several; rank: every option, the most wanted first. */
export type QuestionKind = 'scale' | 'choice' | 'choices' | 'rank' | 'text';

export type ChoiceOption = { readonly code: string; readonly zh: string; readonly en: string };

/** One question. `points` belongs to a scale, `options` to a choice or a rank, `lengthMax` to a text; otherwise null or empty. */
export type Question = {
  readonly code: string;
  readonly kind: QuestionKind;
  readonly about: Topic;
  readonly zh: string;
  readonly en: string;
  readonly required: boolean;
  /** A scale runs from 1 (worst) to this (best). */
  readonly points: number | null;
  readonly options: readonly ChoiceOption[];
  /** Of several choices: how many at most; all when not said. */
  readonly choicesMax?: number | null;
  /** Characters at most. */
  readonly lengthMax: number | null;
};
